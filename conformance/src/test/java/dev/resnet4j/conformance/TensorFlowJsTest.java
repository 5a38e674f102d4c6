package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Model;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.keras.KerasFile;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFlowJsTest {
    /** Keras 2's way of writing a Sequential; what is left out has Keras's defaults. */
    private static final String TOPOLOGY = """
            {"class_name": "Sequential", "config": {"name": "small", "layers": [
              {"class_name": "Conv2D", "config": {"name": "conv", "trainable": true, "dtype": "float32",
                "batch_input_shape": [null, 7, 6, 3], "filters": 4, "kernel_size": [3, 3], "strides": [2, 2],
                "padding": "same", "data_format": "channels_last", "dilation_rate": [1, 1], "activation": "relu",
                "use_bias": true}},
              {"class_name": "BatchNormalization", "config": {"name": "bn", "trainable": true, "dtype": "float32",
                "axis": [3], "momentum": 0.99, "epsilon": 0.001, "center": true, "scale": true}},
              {"class_name": "Flatten", "config": {"name": "flatten", "trainable": true, "dtype": "float32",
                "data_format": "channels_last"}},
              {"class_name": "Dense", "config": {"name": "fc", "trainable": true, "dtype": "float32", "units": 5,
                "activation": "softmax", "use_bias": true}}]},
             "keras_version": "2.4.0", "backend": "tensorflow"}
            """;

    private static final Map<String, NdArray> WEIGHTS = weights();
    private static final NdArray INPUT = TestArrays.uniform(Shape.of(3, 7, 6, 3), 11);

    private static Map<String, NdArray> weights() {
        Map<String, NdArray> weights = new LinkedHashMap<>();
        weights.put("conv/kernel:0", TestArrays.normal(Shape.of(3, 3, 3, 4), 1));
        weights.put("conv/bias:0", TestArrays.normal(Shape.of(4), 2));
        weights.put("bn/gamma:0", TestArrays.normal(Shape.of(4), 3));
        weights.put("bn/beta:0", TestArrays.normal(Shape.of(4), 4));
        weights.put("bn/moving_mean:0", TestArrays.normal(Shape.of(4), 5));
        weights.put("bn/moving_variance:0", TestArrays.uniform(Shape.of(4), 6));
        weights.put("fc/kernel:0", TestArrays.normal(Shape.of(48, 5), 7));
        weights.put("fc/bias:0", TestArrays.normal(Shape.of(5), 8));
        return weights;
    }

    @BeforeAll
    static void requireInstalled() {
        TensorFlowJs.requireInstalled();
    }

    @Test
    void predictsWhatTheEnginePredicts() {
        Closeness.requireWithin(
                "predictions", enginePredictions(), TensorFlowJs.predict(TOPOLOGY, WEIGHTS, INPUT), 1e-5);
    }

    private static NdArray enginePredictions() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(7, 6, 3));
        SymbolicTensor x = new Conv2D(4, 3)
                .withStrides(2)
                .withPadding(Padding.SAME)
                .withActivation(ActivationFunction.RELU)
                .withName("conv")
                .apply(input);
        x = new BatchNormalization().withName("bn").apply(x);
        x = new Flatten().withName("flatten").apply(x);
        x = new Dense(5)
                .withActivation(ActivationFunction.SOFTMAX)
                .withName("fc")
                .apply(x);
        Network network = Network.of("small", input, x);
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        Weights.initialize(network).arrays().keySet().forEach(name -> arrays.put(name, WEIGHTS.get(name + ":0")));
        return predictions(new SavedModel(network, new Weights(arrays)));
    }

    /** A .keras file holds Keras 3's form. */
    @Test
    void understandsWhatIsWrittenAsKeras3(@TempDir Path folder) throws IOException {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(7, 6, 3));
        SymbolicTensor shortcut = new Conv2D(4, 1).withName("shortcut").apply(input);
        SymbolicTensor x =
                new Conv2D(4, 3).withPadding(Padding.SAME).withName("main").apply(input);
        x = Merge.add().withName("sum").apply(x, shortcut);
        x = new Activation(ActivationFunction.RELU).withName("relu").apply(x);
        x = new GlobalAveragePooling2D().withName("pool").apply(x);
        Network network = Network.of("residual", input, x);
        SavedModel model = new SavedModel(network, Weights.initialize(network));
        Path file = folder.resolve("residual.keras");
        KerasFile.write(model, file);
        Map<String, NdArray> weights = new LinkedHashMap<>();
        model.weights().arrays().forEach((name, array) -> weights.put(name.toString(), array));

        Closeness.requireWithin(
                "predictions", predictions(model), TensorFlowJs.predict(configuration(file), weights, INPUT), 1e-5);
    }

    private static NdArray predictions(SavedModel saved) {
        try (Model model = Model.of(saved, Device.CPU)) {
            return model.predict(INPUT);
        }
    }

    private static String configuration(Path kerasFile) throws IOException {
        try (ZipFile zip = new ZipFile(kerasFile.toFile());
                InputStream in = zip.getInputStream(zip.getEntry("config.json"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void saysWhatTensorFlowJsSaysOfAModelThatItDoesNotTake() {
        Map<String, NdArray> withoutBias = new LinkedHashMap<>(WEIGHTS);
        withoutBias.remove("fc/bias:0");

        assertThatThrownBy(() -> TensorFlowJs.predict(TOPOLOGY, withoutBias, INPUT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("1 of 8 weights are not set", "fc/bias");
    }
}
