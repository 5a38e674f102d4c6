package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    private static final Path BRIGHT = TrainedRun.PICTURES.resolve("bright").resolve("0.png");
    private static final Path DARK = TrainedRun.PICTURES.resolve("dark").resolve("1.png");
    private static final Path BROKEN = TrainedRun.PICTURES.resolve("dark").resolve("broken.png");

    @TempDir
    private Path folder;

    private Call explain(Object... arguments) {
        Object[] all = new Object[arguments.length + 4];
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        all[0] = "explain";
        all[1] = TrainedRun.FOLDER.model();
        all[all.length - 2] = "--out";
        all[all.length - 1] = folder.resolve("map.png");
        return Call.of(all);
    }

    @Test
    void drawsAPictureBesideItselfWithTheMap() throws IOException {
        Call call = explain(BRIGHT);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out()).contains(BRIGHT + ": ").containsPattern("(bright|dark) \\([01]\\.\\d{4}\\)");
        assertThat(ImageIO.read(folder.resolve("map.png").toFile()).getWidth()).isGreaterThan(2 * 448);
    }

    @Test
    void explainsTheLayerAndClassThatAreAskedFor() throws IOException {
        Call byName = explain(BRIGHT, DARK, "--layer", "activation_9", "--class", "dark", "--json");
        Call byNumber = explain(BRIGHT, DARK, "--layer", "activation_9", "--class", "1", "--json");

        assertThat(byName.exitStatus()).as(byName.err()).isZero();
        JsonNode result = byName.json();
        assertThat(result.get("layer").asText()).isEqualTo("activation_9");
        assertThat(result.get("explanations")).hasSize(2).allSatisfy(each -> {
            assertThat(each.at("/explained/name").asText()).isEqualTo("dark");
            assertThat(each.get("map")).hasSize(7).allMatch(row -> row.size() == 7);
        });
        assertThat(byNumber.json()).isEqualTo(result);
    }

    @Test
    void takesTheLastLayerWithRowsAndColumns() throws IOException {
        JsonNode result = explain(BRIGHT, "--layer", "activation_40", "--json").json();

        assertThat(result.at("/explanations/0/map")).hasSize(1);
        // Of pictures of 32x32 the last stage leaves one pixel, the one before it 2x2.
        assertThat(explain(BRIGHT, "--json").json().at("/explanations/0/map")).hasSize(2);
    }

    @Test
    void explainsThePicturesBesideOneThatCannotBeRead() throws IOException {
        Call call = explain(BROKEN, BRIGHT, "--json");

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains(BROKEN.toString());
        assertThat(call.json().get("explanations")).hasSize(1);
        assertThat(call.json().get("unreadable")).hasSize(1);
        assertThat(folder.resolve("map.png")).exists();
    }

    @Test
    void drawsNothingWhereNoPictureCanBeRead() {
        assertThat(explain(BROKEN).exitStatus()).isEqualTo(1);
        assertThat(folder.resolve("map.png")).doesNotExist();
    }

    @Test
    void refusesLayersAndClassesThatAreNotThere() {
        assertRefused(explain(BRIGHT, "--layer", "conv9"), "no layer named 'conv9'");
        assertRefused(explain(BRIGHT, "--layer", "fc2"), "without rows and columns");
        assertRefused(explain(BRIGHT, "--class", "grey"), "no class 'grey': give one of bright, dark, or a number");
        assertRefused(explain(BRIGHT, "--class", "2"), "a number from 0 to 1");
    }

    private void assertRefused(Call call, String reason) {
        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains(reason);
        assertThat(folder.resolve("map.png")).doesNotExist();
    }

    @Test
    void refusesAPlaceWhereItCannotDraw() {
        Path missing = folder.resolve("missing").resolve("map.png");
        Path jpeg = folder.resolve("map.jpg");
        Call intoNoFolder = Call.of("explain", TrainedRun.FOLDER.model(), BRIGHT, "--out", missing);
        Call asJpeg = Call.of("explain", TrainedRun.FOLDER.model(), BRIGHT, "--out", jpeg);

        assertThat(intoNoFolder.exitStatus()).isEqualTo(1);
        assertThat(intoNoFolder.err()).contains(missing + ": ", "there is no folder");
        assertThat(asJpeg.exitStatus()).isEqualTo(1);
        assertThat(asJpeg.err()).contains("ends in .png", jpeg.toString());
        assertThat(jpeg).doesNotExist();
    }
}
