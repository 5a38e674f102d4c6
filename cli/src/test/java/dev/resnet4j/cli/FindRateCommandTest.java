package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindRateCommandTest {
    @TempDir
    private Path folder;

    private Path pictures;
    private Path out;

    @BeforeEach
    void drawPictures() {
        pictures = DrawnPictures.drawInto(folder.resolve("pictures"));
        out = folder.resolve("out");
    }

    private List<Object> findRate() {
        return List.of(
                "find-rate",
                "--model",
                "resnet20",
                "--data",
                pictures,
                "--test",
                pictures,
                "--image-size",
                "16x16",
                "--batch-size",
                6,
                "--seed",
                1,
                "--out",
                out);
    }

    @Test
    void suggestsARateAndLeavesFigureAndNumbers() throws IOException {
        Call call = Call.of(findRate(), "--from-rate", "1e-5", "--steps", 30, "--json");

        assertThat(call.exitStatus()).as(call.err()).isZero();
        JsonNode json = call.json();
        double suggestion = json.get("suggestion").asDouble();
        assertThat(suggestion).isBetween(1e-5, json.get("rate_of_lowest_loss").asDouble());
        assertThat(call.out())
                .contains("resnet20 (", "seed 1", "30 steps from rate 1.0E-5 to 1.0")
                .contains("--learning-rate " + RateText.rounded(suggestion));
        List<String> lines = Files.readAllLines(out.resolve("learning-rate.csv"));
        assertThat(lines.get(0)).isEqualTo("step,learning_rate,loss,smoothed_loss");
        assertThat(lines.get(1)).matches("1,1\\.0E-5,[0-9.]+,[0-9.]+");
        assertThat(lines).hasSize(1 + json.get("steps").asInt());
        BufferedImage figure = ImageIO.read(out.resolve("learning-rate.png").toFile());
        assertThat(pixels(figure, 0x1f77b4)).as("the smoothed loss").isPositive();
        assertThat(pixels(figure, 0xd95f02)).as("the suggestion").isPositive();
    }

    private static long pixels(BufferedImage picture, int color) {
        long count = 0;
        for (int row = 0; row < picture.getHeight(); row++) {
            for (int column = 0; column < picture.getWidth(); column++) {
                count += (picture.getRGB(column, row) & 0xffffff) == color ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void saysWhereNoRateLetsTheLossFall() throws IOException {
        Call call = Call.of(findRate(), "--from-rate", "1e-12", "--to-rate", "1e-11", "--steps", 10, "--json");

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.err()).contains("did not fall", "--to-rate");
        assertThat(call.json().has("suggestion")).isFalse();
        assertThat(out.resolve("learning-rate.png")).isNotEmptyFile();
    }

    @Test
    void saysWhereHigherRatesWouldTellMore() {
        Call call = Call.of(findRate(), "--from-rate", "1e-7", "--to-rate", "2e-3", "--steps", 12);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.err()).contains("still fell at the last rate", "--to-rate");
    }

    @Test
    void takesTheOptionsOfARunThatStartsFromATrainedModel() {
        Path run = folder.resolve("run");
        Call trained = Call.of(
                "train",
                "--model",
                "resnet20",
                "--data",
                pictures,
                "--test",
                pictures,
                "--image-size",
                "16x16",
                "--epochs",
                1,
                "--out",
                run);
        assertThat(trained.exitStatus()).as(trained.err()).isZero();

        Call call = Call.of(
                "find-rate",
                "--from",
                run.resolve("model.keras"),
                "--classes",
                "--freeze",
                "all-but-head",
                "--data",
                pictures,
                "--steps",
                10,
                "--out",
                out);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out()).contains("weights are taken over", "recipe finetune");
    }

    @Test
    void refusesARangeThatIsNone() {
        Call downwards = Call.of(findRate(), "--from-rate", 1, "--to-rate", 0.1);
        Call tooFew = Call.of(findRate(), "--steps", 3);

        assertThat(downwards.exitStatus()).isEqualTo(2);
        assertThat(downwards.err()).contains("1.0 and 0.1", "--from-rate");
        assertThat(tooFew.exitStatus()).isEqualTo(2);
        assertThat(tooFew.err()).contains("were 3", "--steps");
        assertThat(out).doesNotExist();
    }
}
