package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Model;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.hdf5.Hdf5File;
import dev.resnet4j.formats.hdf5.Hdf5Group;
import dev.resnet4j.formats.keras.KerasHdf5File;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether TensorFlow.js, given the configuration and the arrays of a legacy {@code .h5}, predicts as the engine does. */
class KerasHdf5ConformanceTest {
    /** Of probabilities. */
    private static final double TOLERANCE = 1e-5;

    private static final int BATCH = 4;

    @TempDir
    private Path folder;

    @BeforeAll
    static void requireInstalled() {
        TensorFlowJs.requireInstalled();
    }

    @Test
    void takesTheTutorialsResNet50() throws IOException {
        Network network = ResNet50.build(Shape.of(32, 32, 3), 6, 0);

        requireSamePredictions(new SavedModel(network, randomWeights(network)));
    }

    /** A shared layer, and models inside a model, one of them partly frozen, so that its weights change places. */
    @Test
    void takesModelsInsideModelsAndSharedLayers() throws IOException {
        SymbolicTensor picture = SymbolicTensor.input(Shape.of(8, 8, 4));
        SymbolicTensor x = convolution("first").apply(picture);
        x = new BatchNormalization().withName("normalized").apply(x);
        Network body = Network.of("body", picture, convolution("last").apply(x)).withFrozen("first"::equals);
        Network tail =
                Network.of("tail", picture, convolution("only").apply(picture)).withKind(Network.Kind.SEQUENTIAL);
        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 4));
        Conv2D shared = convolution("shared");
        x = shared.apply(tail.apply(shared.apply(body.apply(input))));
        x = new GlobalAveragePooling2D().apply(x);
        x = new Dense(3).withActivation(ActivationFunction.SOFTMAX).apply(x);
        Network network = Network.of("outer", input, x);

        requireSamePredictions(new SavedModel(network, randomWeights(network)));
    }

    private static Conv2D convolution(String name) {
        return new Conv2D(4, 3).withPadding(Padding.SAME).withName(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cifar10_resnet20v1_keras224.h5", "dl4j_cnn_batch_norm.h5"})
    void takesAFileOfKerasThatWasReadAndWrittenBack(String name) throws IOException {
        requireSamePredictions(KerasHdf5File.read(requireShared("keras/" + name)));
    }

    private static Path requireShared(String name) {
        Path file = Path.of(System.getProperty("resnet4j.shared", "../../shared"), "data", name);
        assumeTrue(Files.exists(file), () -> "skipped: the shared material is absent, there is no " + file);
        return file;
    }

    /**
     * Every weight away from what it starts from, so that none can stand in another's place, and the last layer's so
     * small that no probability is near 1.
     */
    private static Weights randomWeights(Network network) {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        Weights.initialize(network)
                .arrays()
                .forEach((name, array) -> arrays.put(
                        name,
                        switch (array.shape().rank()) {
                            case 1 -> sum(array, TestArrays.uniform(array.shape(), name.hashCode()), 0.5f);
                            case 2 -> sum(array, array, -0.95f);
                            default -> array;
                        }));
        return new Weights(arrays);
    }

    private static NdArray sum(NdArray array, NdArray other, float factor) {
        float[] values = array.values().clone();
        for (int index = 0; index < values.length; index++) {
            values[index] += factor * other.values()[index];
        }
        return new NdArray(array.shape(), values);
    }

    private void requireSamePredictions(SavedModel saved) throws IOException {
        List<Integer> sizes = new ArrayList<>(List.of(BATCH));
        sizes.addAll(saved.network().inputShape().dimensions());
        NdArray input = TestArrays.uniform(new Shape(sizes), 3);
        NdArray expected;
        try (Model model = Model.of(saved, Device.CPU)) {
            expected = model.predict(input);
        }
        assertThat(expected.values()).doesNotHaveDuplicates();

        Path path = folder.resolve("model.h5");
        KerasHdf5File.write(saved, path);
        try (Hdf5File file = Hdf5File.open(path)) {
            String topology = file.root().attributes().string("model_config").orElseThrow();
            NdArray predictions = TensorFlowJs.predict(topology, weights(file), input);
            Closeness.requireWithin("predictions", predictions, expected, TOLERANCE);
        }
    }

    /** All arrays by the names that TensorFlow.js gives them: the layer's own and the weight's. */
    private static Map<String, NdArray> weights(Hdf5File file) {
        Map<String, NdArray> weights = new LinkedHashMap<>();
        Hdf5Group all = file.root().group("model_weights").orElseThrow();
        for (String layer : all.attributes().strings("layer_names").orElseThrow()) {
            Hdf5Group group = all.group(layer).orElseThrow();
            for (String name : group.attributes().strings("weight_names").orElseThrow()) {
                weights.put(name, group.dataset(name).orElseThrow().read());
            }
        }
        return weights;
    }
}
