package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.ZipArchive;
import dev.resnet4j.formats.Zips;
import dev.resnet4j.formats.hdf5.Hdf5File;
import dev.resnet4j.formats.hdf5.Hdf5Group;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.AdamW;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.CosineDecay;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.LinearWarmup;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.OneCycle;
import dev.resnet4j.model.training.OptimizerState;
import dev.resnet4j.model.training.PiecewiseConstantDecay;
import dev.resnet4j.model.training.Sgd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code compile} was given, in Keras's words where it has them, in both of its formats. */
class CompilationFilesTest {
    private static final Network NETWORK = SmallModel.everyLayer();
    private static final Compilation ADAM = new Compilation(new Adam(), Loss.CATEGORICAL_CROSSENTROPY);

    private static final LearningRate STEPS =
            new PiecewiseConstantDecay(List.of(31_999L, 47_999L), List.of(0.1, 0.01, 0.001));
    private static final LearningRate CYCLE = new OneCycle(0.004, 0.1, 4e-7, 1000, 0.3);

    @TempDir
    private Path folder;

    static Stream<Compilation> compilations() {
        Compilation everything = new Compilation(
                        new Sgd(0.1).withMomentum(0.9).withNesterov(true).withWeightDecay(1e-4), new Loss(0.1))
                .withAverage(new ExponentialMovingAverage(0.995, true))
                .withGlobalClipnorm(1.5)
                .withGradientAccumulationSteps(3)
                .withRateFactors(Map.of(
                        new WeightName("stem", "kernel"), 0.25, new WeightName("batch_normalization", "gamma"), 0.0));
        return Stream.of(
                ADAM.withAverage(new ExponentialMovingAverage(0.995)),
                ADAM.withAverage(new ExponentialMovingAverage(0.995, true)),
                ADAM.withGlobalClipnorm(0.5),
                ADAM.withGradientAccumulationSteps(4),
                ADAM.withOptimizer(new AdamW(3e-4).withWeightDecay(0.05)),
                ADAM.withOptimizer(new AdamW().withWeightDecay(0)),
                new Compilation(new Sgd().withWeightDecay(1e-4), new Loss(0.1))
                        .withAverage(new ExponentialMovingAverage()),
                new Compilation(new Sgd(0.1).withMomentum(0.9), new Loss(0.1)),
                ADAM.withOptimizer(new Adam(STEPS)),
                ADAM.withOptimizer(new Adam(CYCLE)),
                ADAM.withOptimizer(new Sgd().withLearningRate(new LinearWarmup(0.01, 5, STEPS))),
                ADAM.withOptimizer(new AdamW(new LinearWarmup(0, 5, CYCLE))),
                ADAM.withOptimizer(new AdamW(new LinearWarmup(0, 5, new CosineDecay(0.1, 100, 0.1, 0.1, 0)))),
                everything.withOptimizer(everything.optimizer().withLearningRate(CYCLE)),
                everything);
    }

    @Test
    void saysARateThatChangesAtStepsAsKerasDoes() {
        JsonNode config = CompileConfig.write(ADAM.withOptimizer(new Adam(new LinearWarmup(0, 5, STEPS))));
        JsonNode rate = config.at("/optimizer/config/learning_rate");

        assertThat(rate.path("module").asText()).isEqualTo("keras.optimizers.schedules");
        assertThat(rate.path("class_name").asText()).isEqualTo("PiecewiseConstantDecay");
        assertThat(rate.path("config").path("boundaries").toString()).isEqualTo("[31999,47999]");
        assertThat(rate.path("config").path("values").toString()).isEqualTo("[0.1,0.01,0.001]");
        assertThat(CompileConfig.read(config)).contains(ADAM.withOptimizer(new Adam(STEPS)));
    }

    @Test
    void givesKerasTheHighestRateOfACycle() {
        JsonNode config = CompileConfig.write(ADAM.withOptimizer(new Adam(CYCLE)));

        assertThat(CompileConfig.read(config)).contains(ADAM.withOptimizer(new Adam(0.1)));
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
                new Compilation(new Adam(), new Loss(0.1)).withAverage(new ExponentialMovingAverage(0.995));
        JsonNode config = CompileConfig.write(compilation);

        assertThat(config.at("/optimizer/config/use_ema").asBoolean()).isTrue();
        assertThat(config.at("/optimizer/config/ema_momentum").asDouble()).isEqualTo(0.995);
        assertThat(config.at("/loss/module").asText()).isEqualTo("keras.losses");
        assertThat(config.at("/loss/class_name").asText()).isEqualTo("CategoricalCrossentropy");
        assertThat(config.at("/loss/config/label_smoothing").asDouble()).isEqualTo(0.1);
        assertThat(CompilationFacts.write(
                        compilation, CompileConfig.read(config).orElseThrow()))
                .isEmpty();
    }

    @Test
    void saysWhatTheOptimizerHasInKerasAsKerasDoes() {
        Compilation compilation = ADAM.withOptimizer(new AdamW(3e-4).withWeightDecay(0.05))
                .withGlobalClipnorm(1.5)
                .withGradientAccumulationSteps(3);
        JsonNode config = CompileConfig.write(compilation);

        assertThat(config.at("/optimizer/class_name").asText()).isEqualTo("AdamW");
        assertThat(config.at("/optimizer/config/name").asText()).isEqualTo("adamw");
        assertThat(config.at("/optimizer/config/weight_decay").asDouble()).isEqualTo(0.05);
        assertThat(config.at("/optimizer/config/global_clipnorm").asDouble()).isEqualTo(1.5);
        assertThat(config.at("/optimizer/config/gradient_accumulation_steps").asInt())
                .isEqualTo(3);
        assertThat(CompileConfig.read(config)).contains(compilation);
    }

    @Test
    void doesNotPassADecayOfTheVelocityOffForKerassOwn() {
        Compilation compilation =
                ADAM.withOptimizer(new Sgd(0.1).withMomentum(0.9).withWeightDecay(1e-4));
        JsonNode config = CompileConfig.write(compilation);

        assertThat(config.at("/optimizer/config/weight_decay").isNull()).isTrue();
        ((ObjectNode) config.at("/optimizer/config")).put("weight_decay", 1e-4);
        assertThat(CompileConfig.read(config)).isEmpty();
    }

    @Test
    void takesKerassAdamWithWeightDecayForAdamW() {
        JsonNode config = CompileConfig.write(ADAM);
        ((ObjectNode) config.at("/optimizer/config")).put("weight_decay", 0.01);

        assertThat(CompileConfig.read(config).orElseThrow().optimizer()).isEqualTo(new AdamW().withWeightDecay(0.01));
    }

    @Test
    void countsBatchesForKerasWhereSeveralMakeOneStep() throws IOException {
        Path file = written(SmallModel.trained(NETWORK, ADAM.withGradientAccumulationSteps(4)));

        try (ZipArchive archive = ZipArchive.open(file);
                Hdf5File weights = Hdf5File.open(
                        "weights", archive.map("model.weights.h5", 1 << 20).orElseThrow())) {
            Hdf5Group variables = weights.root().group("optimizer/vars").orElseThrow();
            assertThat(variables.dataset("0").orElseThrow().readInteger()).isEqualTo(4 * 4_000_000_000L);
            int trainable = NETWORK.trainableWeights().size();
            assertThat(variables.datasetNames()).hasSize(2 + 3 * trainable);
        }
    }

    @Test
    void refusesFactorsOfWeightsThatTheNetworkDoesNotHave() throws IOException {
        Path file = written(SmallModel.trained(NETWORK, ADAM));
        Zips.replace(
                file,
                "resnet4j.json",
                "{\"version\":1,\"compilation\":{\"learning_rate_factors\":{\"moon/kernel\":0.5}}}"
                        .getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("moon/kernel");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"learning_rate_factors\":{\"stem/kernel\":-1}}",
                "{\"learning_rate_factors\":{\"stem/kernel\":\"x\"}}",
                "{\"gradient_accumulation_steps\":0}",
                "{\"learning_rate\":{\"class_name\":\"Moon\"}}",
                "{\"learning_rate\":{\"class_name\":\"OneCycle\",\"config\":{\"steps\":5}}}",
                "{\"learning_rate\":{\"class_name\":\"LinearWarmup\",\"config\":{\"initial_rate\":0,\"steps\":0,"
                        + "\"then\":0.1}}}",
                "{\"learning_rate\":{\"class_name\":\"LinearWarmup\",\"config\":{\"initial_rate\":0,\"steps\":3,"
                        + "\"then\":{\"class_name\":\"LinearWarmup\"}}}}",
                "{\"learning_rate\":{\"class_name\":\"PiecewiseConstantDecay\",\"config\":{\"boundaries\":[\"x\"],"
                        + "\"values\":[1,2]}}}"
            })
    void refusesFactsThatMakeNoSense(String facts) throws IOException {
        Path file = written(SmallModel.trained(NETWORK, ADAM));
        Zips.replace(
                file,
                "resnet4j.json",
                ("{\"version\":1,\"compilation\":" + facts + "}").getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> KerasFile.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("resnet4j.json");
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
