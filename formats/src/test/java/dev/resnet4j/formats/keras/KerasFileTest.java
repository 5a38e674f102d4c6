package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.data.DataException;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.formats.Zips;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.CosineDecay;
import dev.resnet4j.model.training.History;
import dev.resnet4j.model.training.History.Epoch;
import dev.resnet4j.model.training.History.Scores;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.OptimizerState;
import dev.resnet4j.model.training.Sgd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasFileTest {
    private static final Network EVERY_LAYER = SmallModel.everyLayer();

    @TempDir
    private Path folder;

    static Stream<Optimizer> optimizers() {
        return Stream.of(
                new Adam(),
                new Adam(new CosineDecay(0.1, 1000, 0.01, 0.1, 0), 0.8, 0.99, 1e-8),
                new Adam(new CosineDecay(0, 1000, 0, 0.3, 50)),
                new Sgd(),
                new Sgd(1.0 / 3).withMomentum(0.9).withNesterov(true));
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void readsBackEveryBitOfWhatItWrote(Optimizer optimizer) {
        SavedModel model = SmallModel.trained(EVERY_LAYER, optimizer);

        SavedModel read = writeAndRead(model);

        assertThat(read).isEqualTo(model);
        model.weights()
                .arrays()
                .forEach((name, array) ->
                        assertThat(bits(read.weights().arrays().get(name))).isEqualTo(bits(array)));
        assertThat(read.weights().arrays().keySet())
                .containsExactlyElementsOf(model.weights().arrays().keySet());
        assertThat(read.optimizerState().orElseThrow().slots().keySet())
                .containsExactlyElementsOf(
                        model.optimizerState().orElseThrow().slots().keySet());
    }

    private static int[] bits(NdArray array) {
        int[] bits = new int[array.values().length];
        for (int index = 0; index < bits.length; index++) {
            bits[index] = Float.floatToRawIntBits(array.values()[index]);
        }
        return bits;
    }

    @Test
    void readsBackWhichWeightsBeganToBeTrainedLater() {
        SavedModel model = unfrozenAt(3);
        Path legacy = folder.resolve("unfrozen.h5");
        KerasHdf5File.write(model, legacy);

        assertThat(writeAndRead(model)).isEqualTo(model);
        assertThat(KerasHdf5File.read(legacy)).isEqualTo(model);
    }

    private static SavedModel unfrozenAt(long step) {
        SavedModel model = SmallModel.trained(EVERY_LAYER, new Adam());
        Map<WeightName, Long> lateStarts =
                Map.of(new WeightName("stem", "kernel"), step, new WeightName("stem", "bias"), step);
        return model.withOptimizerState(model.optimizerState().map(state -> state.withLateStarts(lateStarts)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "9000000000", "\"late\""})
    void refusesABeginningThatIsNoneOfTheSteps(String start) throws IOException {
        Path file = folder.resolve("damaged.keras");
        KerasFile.write(unfrozenAt(3), file);
        String facts = "{\"version\":1,\"optimizer\":{\"late_starts\":{\"stem/kernel\":" + start + "}}}";
        Zips.replace(file, "resnet4j.json", facts.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("resnet4j.json", "stem/kernel");
    }

    @Test
    void readsBackANetworkThatWasNeverCompiled() {
        SavedModel model = new SavedModel(EVERY_LAYER, SmallModel.weights(EVERY_LAYER, 3));

        assertThat(writeAndRead(model)).isEqualTo(model);
    }

    @Test
    void readsBackACompilationWithoutState() {
        SavedModel model = new SavedModel(
                EVERY_LAYER,
                SmallModel.weights(EVERY_LAYER, 3),
                Optional.of(new Compilation(new Adam(), Loss.CATEGORICAL_CROSSENTROPY)),
                Optional.empty(),
                TrainingFacts.NONE);

        assertThat(writeAndRead(model)).isEqualTo(model);
    }

    @Test
    void readsBackTheTutorialsResNet50() {
        Network network = ResNet50.build(Shape.of(32, 32, 3), 6, 0);
        SavedModel model = new SavedModel(network, SmallModel.weights(network, 0));

        assertThat(writeAndRead(model)).isEqualTo(model);
    }

    @Test
    void readsBackANetworkWithoutWeights() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(2));
        Network network =
                Network.of("nothing to learn", input, new Activation(ActivationFunction.SOFTMAX).apply(input));
        SavedModel model = new SavedModel(network, SmallModel.weights(network, 0));

        assertThat(writeAndRead(model)).isEqualTo(model);
    }

    @Test
    void refusesClassNamesThatAreNotTheOutputs() {
        for (List<String> names :
                List.of(List.of("a", "b"), List.of("a", "b", "clear\u001b[2J"), List.of("a", "b", " "))) {
            TrainingFacts facts = new TrainingFacts("unit", names, History.EMPTY, Map.of());
            SavedModel model = new SavedModel(
                    EVERY_LAYER, SmallModel.weights(EVERY_LAYER, 1), Optional.empty(), Optional.empty(), facts);

            assertThatThrownBy(() -> writeAndRead(model))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContainingAll("resnet4j.json", "class names");
        }
    }

    @Test
    void readsBackWhatKerasHasNoPlaceFor() {
        History history = new History(List.of(
                new Epoch(1, new Scores(1.0 / 3, 0.5), Optional.of(new Scores(0.1, 0.25)), 1e-3, 12.5),
                new Epoch(2, new Scores(Double.NaN, 0), Optional.empty(), 1e-4, 1),
                new Epoch(3, new Scores(Double.POSITIVE_INFINITY, 0), Optional.empty(), 1e-4, 1)));
        TrainingFacts facts = new TrainingFacts(
                "CAFFE", List.of("null", "zwölf", "\"\\"), history, Map.of("seed", "7", "recipe", "default"));
        SavedModel model = new SavedModel(
                EVERY_LAYER, SmallModel.weights(EVERY_LAYER, 1), Optional.empty(), Optional.empty(), facts);

        SavedModel read = writeAndRead(model);

        assertThat(read.facts()).isEqualTo(facts);
        assertThat(read.facts().preprocessing()).isEqualTo("caffe");
        assertThat(read.facts().settings().keySet()).containsExactly("recipe", "seed");
    }

    @Test
    void ignoresFactsThatItDoesNotKnow() throws IOException {
        Path file = write(SmallModel.trained(EVERY_LAYER, new Sgd()));
        Zips.replace(file, "resnet4j.json", utf8("{\"version\":1,\"preprocessing\":\"tf\",\"moon\":[{\"phase\":1}]}"));

        assertThat(KerasFile.read(file).facts()).isEqualTo(new TrainingFacts("tf", List.of(), History.EMPTY, Map.of()));
    }

    @Test
    void refusesFactsOfALaterVersion() throws IOException {
        Path file = write(SmallModel.trained(EVERY_LAYER, new Sgd()));
        Zips.replace(file, "resnet4j.json", utf8("{\"version\":2}"));

        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("resnet4j.json", "version is 2", "newer");
    }

    @Test
    void refusesFactsWithAnUnknownPreprocessing() {
        assertThatThrownBy(() -> new TrainingFacts("vgg", List.of(), History.EMPTY, Map.of()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("vgg");
    }

    @Test
    void refusesAStateThatDoesNotFitTheOptimizer() {
        OptimizerState state = SmallModel.state(EVERY_LAYER, new Sgd().withMomentum(0.9), 1);

        assertThatThrownBy(() -> new SavedModel(
                        EVERY_LAYER,
                        SmallModel.weights(EVERY_LAYER, 1),
                        Optional.of(new Compilation(new Adam(), Loss.CATEGORICAL_CROSSENTROPY)),
                        Optional.of(state),
                        TrainingFacts.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'velocity'", "stem/kernel");
    }

    @Test
    void replacesAnOlderFileAndLeavesNothingBeside() throws IOException {
        Path file = folder.resolve("model.keras");
        Files.writeString(file, "old");

        KerasFile.write(SmallModel.trained(EVERY_LAYER, new Adam()), file);

        assertThat(KerasFile.read(file).network()).isEqualTo(EVERY_LAYER);
        assertThat(names(folder)).containsExactly("model.keras");
    }

    @Test
    void keepsTheOldFileWhenWritingFails() throws IOException {
        Path file = folder.resolve("model.keras");
        Files.writeString(file, "old");
        SymbolicTensor input = SymbolicTensor.input(Shape.of(2));
        Network unwritable = Network.of("n", input, new Activation("x\0y", ActivationFunction.RELU).apply(input));

        assertThatThrownBy(() -> KerasFile.write(new SavedModel(unwritable, SmallModel.weights(unwritable, 1)), file))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("model.keras", "zero character");
        assertThat(file).hasContent("old");
        assertThat(names(folder)).containsExactly("model.keras");
    }

    @Test
    void refusesToWriteWhereThereIsNoFolder() {
        Path file = folder.resolve("nowhere").resolve("model.keras");

        assertThatThrownBy(() -> write(SmallModel.trained(EVERY_LAYER, new Adam()), file))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("nowhere", "there is no folder", "create the folder");
    }

    @Test
    void refusesToWriteOverAFolder() {
        assertThatThrownBy(() -> write(SmallModel.trained(EVERY_LAYER, new Adam()), folder))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("this is a folder");
    }

    @Test
    void refusesToReadWhereThereIsNoFile() {
        assertThatThrownBy(() -> KerasFile.read(folder.resolve("model.keras")))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("model.keras", "there is no such file");
        assertThatThrownBy(() -> KerasFile.read(folder)).hasMessageContaining("this is not a file");
    }

    @Test
    void readsCompressedEntriesToo() throws IOException {
        SavedModel model = SmallModel.trained(EVERY_LAYER, new Adam());
        Path file = write(model);
        Zips.write(file, Zips.entries(file), ZipEntry.DEFLATED);

        assertThat(KerasFile.read(file)).isEqualTo(model);
    }

    @Test
    void leavesTheStateOutWhereTheFileHasAnotherOptimizers() throws IOException {
        Path file = write(SmallModel.trained(EVERY_LAYER, new Adam()));
        Zips.changeConfig(file, config -> optimizer(config).put("class_name", "Lion"));

        SavedModel read = KerasFile.read(file);

        assertThat(read.compilation()).isEmpty();
        assertThat(read.optimizerState()).isEmpty();
        assertThat(read.weights()).isEqualTo(SmallModel.weights(EVERY_LAYER, 1));
    }

    @Test
    void leavesTheStateOutWhereItDoesNotFitTheOptimizer() throws IOException {
        Path file = write(SmallModel.trained(EVERY_LAYER, new Sgd().withMomentum(0.5)));
        Zips.changeConfig(
                file, config -> ((ObjectNode) config.at("/compile_config/optimizer/config")).put("momentum", 0));

        SavedModel read = KerasFile.read(file);

        assertThat(read.compilation().orElseThrow().optimizer()).isEqualTo(new Sgd());
        assertThat(read.optimizerState()).isEmpty();
    }

    private static ObjectNode optimizer(JsonNode config) {
        return (ObjectNode) config.at("/compile_config/optimizer");
    }

    private SavedModel writeAndRead(SavedModel model) {
        return KerasFile.read(write(model));
    }

    private Path write(SavedModel model) {
        return write(model, folder.resolve("model.keras"));
    }

    private static Path write(SavedModel model, Path file) {
        KerasFile.write(model, file);
        return file;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
