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

class GradientsCommandTest {
    @TempDir
    private Path folder;

    private Path pictures;
    private Path out;

    @BeforeEach
    void drawPictures() {
        pictures = DrawnPictures.drawInto(folder.resolve("pictures"));
        out = folder.resolve("out");
    }

    private Call gradients(Object... more) {
        return Call.of(
                List.of(
                        "gradients",
                        "--model",
                        "resnet20",
                        "--data",
                        pictures,
                        "--image-size",
                        "16x16",
                        "--batch-size",
                        5,
                        "--out",
                        out),
                more);
    }

    @Test
    void recordsThePlainAndTheResidualNetwork() throws IOException {
        Call call = gradients("--steps", 4, "--json");

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out()).contains("Plainresnet20: ", "resnet20: ", "4 steps of 5 pictures", "Without batch");
        List<String> lines = Files.readAllLines(out.resolve("gradients.csv"));
        assertThat(lines.get(0)).isEqualTo("network,step,layer,depth,gradient_norm,weight_norm");
        assertThat(lines).hasSize(1 + 2 * 4 * 20);
        assertThat(lines.get(1)).matches("Plainresnet20,1,conv1,1,[0-9.E-]+,[0-9.E-]+");
        assertThat(lines.get(20)).startsWith("Plainresnet20,1,linear,20,");
        assertThat(lines.get(160)).startsWith("resnet20,4,linear,20,");
        JsonNode networks = call.json().get("networks");
        assertThat(networks.at("/0/network").asText()).isEqualTo("Plainresnet20");
        assertThat(networks.at("/0/depths").toString()).isEqualTo("[1,5,9,12,16,20]");
        assertThat(networks.at("/1/end")).hasSize(6);
    }

    @Test
    void drawsThem() throws IOException {
        gradients("--steps", 2);

        BufferedImage figure = ImageIO.read(out.resolve("gradients.png").toFile());
        assertThat(figure.getWidth()).isEqualTo(1280);
        assertThat(pixels(figure, 0x440154)).as("the first layer").isPositive();
        assertThat(pixels(figure, 0xf5b700)).as("the last layer").isPositive();
        assertThat(pixels(figure, 0xd95f02)).as("the plain network by depth").isPositive();
        assertThat(pixels(figure, 0x1f77b4)).as("the residual network by depth").isPositive();
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
    void leavesBatchNormalizationInWhereItIsAskedFor() throws IOException {
        JsonNode without = gradients("--steps", 1, "--json").json();
        Call call = gradients("--steps", 1, "--batch-normalization", "--json");

        assertThat(call.out()).contains("With batch normalisation").contains("resnet20: 270,578 parameters");
        assertThat(call.json().at("/networks/1/start/0").asDouble())
                .isNotEqualTo(without.at("/networks/1/start/0").asDouble());
    }

    @Test
    void drawsTheStepsBeforeTheLossIsNoLongerANumber() throws IOException {
        Call call = gradients("--steps", 6, "--learning-rate", 1e30);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.err()).contains("the loss became", "the figure shows the steps before");
        assertThat(ImageIO.read(out.resolve("gradients.png").toFile())).isNotNull();
    }

    @Test
    void refusesALearningRateThatIsNone() {
        Call call = gradients("--learning-rate", -1);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains("--learning-rate", "-1.0");
        assertThat(out).doesNotExist();
    }
}
