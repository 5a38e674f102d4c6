package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageFiles;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.onednn.OneDnn;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictCommandTest {
    private static final Path BRIGHT = TrainedRun.PICTURES.resolve("bright").resolve("0.png");
    private static final Path BROKEN = TrainedRun.PICTURES.resolve("dark").resolve("broken.png");

    @Test
    void saysClassAndProbabilityOfEachPicture() {
        Path other = TrainedRun.PICTURES.resolve("dark").resolve("1.png");

        Call call = Call.of("predict", TrainedRun.FOLDER.model(), BRIGHT, other);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out().lines())
                .hasSize(2)
                .allMatch(line -> line.matches(".+\\.png: (bright|dark) \\([01]\\.\\d{4}\\)"));
        assertThat(call.out()).startsWith(BRIGHT + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bf16", "int8"})
    void predictsInOtherNumbers(String precision) {
        assumeTrue(OneDnn.convolvesBytes(), "this processor has no fast convolutions of bytes");
        List<Object> words =
                new ArrayList<>(List.of("predict", TrainedRun.FOLDER.model(), BRIGHT, "--precision", precision));
        if (precision.equals("int8")) {
            words.addAll(List.of("--calibrate", TrainedRun.PICTURES));
        }

        Call call = Call.of(words.toArray());

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.out()).matches(".+\\.png: (bright|dark) \\([01]\\.\\d{4}\\)\n");
    }

    @Test
    void judgesThePicturesBesideOneThatCannotBeRead() throws IOException {
        Call call = Call.of("predict", TrainedRun.FOLDER.model(), BROKEN, BRIGHT, "--json");

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains(BROKEN.toString());
        assertThat(call.out()).startsWith(BRIGHT + ": ");
        assertThat(call.json().get("predictions")).hasSize(1);
        assertThat(call.json().get("unreadable").get(0).get("image").asText()).isEqualTo(BROKEN.toString());
    }

    @Test
    void printsTheMostProbableClassesFirst() throws IOException {
        Call call = Call.of("predict", TrainedRun.FOLDER.model(), BRIGHT, "--top", 5, "--json");

        JsonNode classes = call.json().get("predictions").get(0).get("classes");
        assertThat(classes).hasSize(2);
        double first = classes.get(0).get("probability").asDouble();
        double second = classes.get(1).get("probability").asDouble();
        assertThat(first).isGreaterThanOrEqualTo(second);
        assertThat(first + second).isBetween(0.999, 1.001);
    }

    @Test
    void resizesPicturesOfAnySize(@TempDir Path folder) {
        Path large = folder.resolve("large.png");
        ImageFiles.writePng(new Image(50, 70, 3, new byte[50 * 70 * 3]), large);

        assertThat(Call.of("predict", TrainedRun.FOLDER.model(), large).exitStatus())
                .isZero();
    }

    @Test
    void namesTheClassesFromAFile(@TempDir Path folder) throws IOException {
        Path names = Files.writeString(folder.resolve("names.txt"), "day\nnight\n");
        Path index = Files.writeString(
                folder.resolve("index.json"), "{\"0\": [\"n1\", \"sun\"], \"1\": [\"n2\", \"moon\"]}");

        assertThat(Call.of("predict", TrainedRun.FOLDER.model(), BRIGHT, "--class-names", names, "--top", 2)
                        .out())
                .contains("day (", "night (");
        JsonNode classes = Call.of(
                        "predict", TrainedRun.FOLDER.model(), BRIGHT, "--class-names", index, "--top", 2, "--json")
                .json()
                .at("/predictions/0/classes");
        assertThat(classes)
                .allMatch(each -> each.get("name")
                        .asText()
                        .equals(List.of("sun", "moon").get(each.get("index").asInt())));
    }

    @Test
    void refusesClassNamesThatAreNotAsManyAsOutputs(@TempDir Path folder) throws IOException {
        Path names = Files.writeString(folder.resolve("names.txt"), "one\ntwo\nthree\n");

        Call call = Call.of("predict", TrainedRun.FOLDER.model(), BRIGHT, "--class-names", names);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains("3 class names", "(2,)");
        assertThat(call.out()).isEmpty();
    }

    @Test
    void givesAModelOfOneChannelGreyPictures(@TempDir Path folder) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(4, 5, 1));
        SymbolicTensor grey = new GlobalMaxPooling2D().apply(input);
        Path model = saved(Network.of("grey", input, grey), folder);
        byte[] red = new byte[3 * 6 * 6];
        for (int index = 0; index < red.length; index += 3) {
            red[index] = (byte) 255;
        }
        Path picture = folder.resolve("red.png");
        ImageFiles.writePng(new Image(6, 6, 3, red), picture);

        // Pillow's grey of red is 76; the network gives the largest pixel, divided by 255.
        assertThat(Call.of("predict", model, picture).out()).isEqualTo(picture + ": 0 (0.2980)\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void refusesAModelThatTakesNoPictures(int channels, @TempDir Path folder) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(4, 5, channels));
        Path model = saved(Network.of("channels", input, new GlobalMaxPooling2D().apply(input)), folder);

        assertRefused(Call.of("predict", model, BRIGHT), "(4, 5, " + channels + ")");
    }

    @Test
    void refusesAModelThatGivesNoClasses(@TempDir Path folder) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(4, 5, 3));
        Path model = saved(Network.of("padding", input, new ZeroPadding2D(1).apply(input)), folder);

        assertRefused(Call.of("predict", model, BRIGHT), "(6, 7, 3)");
    }

    private static void assertRefused(Call call, String shape) {
        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines()).singleElement().asString().contains("no classifier of pictures", shape);
        assertThat(call.out()).isEmpty();
    }

    private static Path saved(Network network, Path folder) {
        Path file = folder.resolve("model.keras");
        try (Model model = Model.of(network)) {
            model.save(file);
        }
        return file;
    }
}
