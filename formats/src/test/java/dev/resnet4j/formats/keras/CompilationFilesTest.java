package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.Zips;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.OptimizerState;
import dev.resnet4j.model.training.Sgd;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code compile} was given, in Keras's words where it has them, in both of its formats. */
class CompilationFilesTest {
    private static final Network NETWORK = SmallModel.everyLayer();
    private static final Compilation ADAM = new Compilation(new Adam(), Loss.CATEGORICAL_CROSSENTROPY);

    @TempDir
    private Path folder;

    static Stream<Compilation> compilations() {
        return Stream.of(
                ADAM.withAverage(new ExponentialMovingAverage(0.995)),
                ADAM.withAverage(new ExponentialMovingAverage(0.995, true)),
                new Compilation(new Sgd(), new Loss(0.1), Optional.of(new ExponentialMovingAverage())),
                new Compilation(new Sgd(0.1).withMomentum(0.9), new Loss(0.1)));
    }

    @ParameterizedTest
    @MethodSource("compilations")
    void readsBackAModelInTheMidstOfTraining(Compilation compilation) {
        SavedModel model = SmallModel.trained(NETWORK, compilation);

        assertThat(KerasFile.read(written(model))).isEqualTo(model);
        assertThat(KerasHdf5File.read(writtenLegacy(model))).isEqualTo(model);
    }

    @ParameterizedTest
    @MethodSource("compilations")
    void readsBackAFrozenNetworkInTheMidstOfTraining(Compilation compilation) {
        SavedModel model = SmallModel.trained(NETWORK.withFrozen("stem"::equals), compilation);

        assertThat(KerasFile.read(written(model))).isEqualTo(model);
        assertThat(KerasHdf5File.read(writtenLegacy(model))).isEqualTo(model);
    }

    @Test
    void saysTheAverageAndTheSmoothingAsKerasDoes() throws IOException {
        Compilation compilation =
                new Compilation(new Adam(), new Loss(0.1), Optional.of(new ExponentialMovingAverage(0.995)));
        JsonNode config = CompileConfig.write(compilation);

        assertThat(config.at("/optimizer/config/use_ema").asBoolean()).isTrue();
        assertThat(config.at("/optimizer/config/ema_momentum").asDouble()).isEqualTo(0.995);
        assertThat(config.at("/loss/module").asText()).isEqualTo("keras.losses");
        assertThat(config.at("/loss/class_name").asText()).isEqualTo("CategoricalCrossentropy");
        assertThat(config.at("/loss/config/label_smoothing").asDouble()).isEqualTo(0.1);
        assertThat(CompilationFacts.write(compilation)).isEmpty();
    }

    @Test
    void takesTheMovingStatisticsForTheirAverageWhereKerasWroteTheFile() throws IOException {
        Compilation compilation = ADAM.withAverage(new ExponentialMovingAverage());
        SavedModel model = SmallModel.trained(NETWORK, compilation);
        OptimizerState state = model.optimizerState().orElseThrow();
        Weights average = state.average().orElseThrow();
        Path file = written(new SavedModel(
                NETWORK,
                model.weights(),
                model.compilation(),
                Optional.of(state.withAverage(Optional.of(withMovingStatisticsOf(model.weights(), average)))),
                model.facts()));

        SavedModel read = KerasFile.read(file);

        Weights readAverage = read.optimizerState().orElseThrow().average().orElseThrow();
        assertThat(readAverage.get("stem", "kernel")).isEqualTo(average.get("stem", "kernel"));
        assertThat(readAverage.get("batch_normalization", "moving_mean"))
                .isEqualTo(model.weights().get("batch_normalization", "moving_mean"));
        assertThat(read.forUse().weights()).isEqualTo(readAverage);
    }

    private static Weights withMovingStatisticsOf(Weights weights, Weights average) {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>(weights.arrays());
        NETWORK.trainableWeights()
                .keySet()
                .forEach(name -> arrays.put(name, average.arrays().get(name)));
        return new Weights(arrays);
    }

    @Test
    void leavesTheStateOutWhereTheAverageIsMissing() throws IOException {
        Path file = written(SmallModel.trained(NETWORK, ADAM));
        Zips.changeConfig(
                file, config -> ((ObjectNode) config.at("/compile_config/optimizer/config")).put("use_ema", true));

        SavedModel read = KerasFile.read(file);

        assertThat(read.compilation().orElseThrow().average()).contains(new ExponentialMovingAverage(0.99));
        assertThat(read.optimizerState()).isEmpty();
    }

    private Path written(SavedModel model) {
        Path file = folder.resolve("model.keras");
        KerasFile.write(model, file);
        return file;
    }

    private Path writtenLegacy(SavedModel model) {
        Path file = folder.resolve("model.h5");
        KerasHdf5File.write(model, file);
        return file;
    }
}
