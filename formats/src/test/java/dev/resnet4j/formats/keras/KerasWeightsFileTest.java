package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.SharedData;
import dev.resnet4j.formats.hdf5.Hdf5Writer;
import dev.resnet4j.formats.keras.KerasWeightsFile.Matching;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KerasWeightsFileTest {
    @TempDir
    private Path folder;

    private static Network network(String firstLayer, int classes) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(6, 6, 3));
        SymbolicTensor x = new Conv2D(4, 3).withName(firstLayer).apply(input);
        x = new BatchNormalization().withName("bn").apply(x);
        x = new GlobalAveragePooling2D().apply(x);
        return Network.of("small", input, new Dense(classes).withName("fc").apply(x));
    }

    private Path written(Network network, boolean keras3) {
        Path file = folder.resolve(keras3 ? "small.weights.h5" : "small.h5");
        Weights weights = SmallModel.weights(network, 7);
        if (keras3) {
            KerasWeightsFile.writeKeras3(network, weights, file);
        } else {
            KerasWeightsFile.writeLegacy(network, weights, file);
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsBackWeightsOfANetworkWithOtherNames(boolean keras3) {
        Path file = written(network("conv", 2), keras3);

        Weights read = KerasWeightsFile.read(file, network("convolution", 2));

        assertThat(read.get("convolution", "kernel"))
                .isEqualTo(SmallModel.weights(network("conv", 2), 7).get("conv", "kernel"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void loadsByNameAndTellsWhatWasLeft(boolean keras3) {
        Path file = written(network("conv", 2), keras3);
        Network network = network("other", 2);
        Weights initial = Weights.initialize(network);

        LoadedWeights loaded = KerasWeightsFile.read(file, network, initial, Matching.NAME, false);

        assertThat(loaded.loaded()).containsExactly("bn", "fc");
        assertThat(loaded.missing()).containsExactly("other");
        assertThat(loaded.superfluous()).containsExactly("conv");
        assertThat(loaded.isComplete()).isFalse();
        assertThat(loaded.weights().get("other", "kernel")).isEqualTo(initial.get("other", "kernel"));
        assertThat(loaded.weights().get("fc", "bias"))
                .isEqualTo(SmallModel.weights(network("conv", 2), 7).get("fc", "bias"));
    }

    @ParameterizedTest
    @EnumSource(Matching.class)
    void skipsWhatDoesNotFitIfAsked(Matching matching) {
        Path file = written(network("conv", 2), false);
        Network network = network("conv", 5);
        Weights initial = Weights.initialize(network);

        LoadedWeights loaded = KerasWeightsFile.read(file, network, initial, matching, true);

        assertThat(loaded.loaded()).containsExactly("conv", "bn");
        assertThat(loaded.missing()).containsExactly("fc");
        assertThat(loaded.mismatched())
                .containsExactly(
                        "'fc/kernel' must be of shape (4, 5), but /fc/fc/kernel:0 is float32 [4, 2]",
                        "'fc/bias' must be of shape (5,), but /fc/fc/bias:0 is float32 [2]");
    }

    @ParameterizedTest
    @EnumSource(Matching.class)
    void refusesWhatDoesNotFitAllAtOnce(Matching matching) {
        Path file = written(network("conv", 2), false);
        Network network = network("conv", 5);

        assertThatThrownBy(() -> KerasWeightsFile.read(file, network, Weights.initialize(network), matching, false))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("'fc/kernel' must be of shape (4, 5)", "'fc/bias' must be of shape (5,)");
    }

    @Test
    void refusesAFileOfOtherLayersByName() {
        Path file = written(network("conv", 2), false);
        SymbolicTensor input = SymbolicTensor.input(Shape.of(3));
        Network network = Network.of("other", input, new Dense(2).apply(input));

        assertThatThrownBy(() -> KerasWeightsFile.read(file, network, Weights.initialize(network), Matching.NAME, true))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("none of its layers is in the network", "conv [3, 3, 3, 4] [4], bn");
        assertThatThrownBy(() -> KerasWeightsFile.read(file, network))
                .hasMessageContainingAll("it has 3 layers with weights", "but the network has 1");
    }

    /** tf.keras 2.12 to 2.15 counts a layer with weights twice. */
    @Test
    void readsTheLayoutOfTfKeras() throws IOException {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(6));
        SymbolicTensor x = new Dense(5).withName("a").withBias(false).apply(input);
        Network network = Network.of(
                "two", input, new Dense(4).withName("b").withBias(false).apply(x));
        Weights weights = SmallModel.weights(network, 3);
        Path file = folder.resolve("tf.weights.h5");
        try (Hdf5Writer writer = Hdf5Writer.create();
                OutputStream out = Files.newOutputStream(file)) {
            writer.addGroup("_layer_checkpoint_dependencies/input_layer/vars");
            writer.add("_layer_checkpoint_dependencies/dense/vars/0", weights.get("a", "kernel"));
            writer.add("_layer_checkpoint_dependencies/dense_2/vars/0", weights.get("b", "kernel"));
            writer.writeTo(out);
        }

        assertThat(KerasWeightsFile.read(file, network)).isEqualTo(weights);
    }

    @Test
    void refusesTheWeightsOfRecurrentLayers() {
        Path file = SharedData.require("keras-refuse/lstm_weights_only.h5");

        assertThatThrownBy(() -> KerasWeightsFile.read(file, network("conv", 2)))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("recurrent layers", "lstm_1", "lstm_2");
        assertThatThrownBy(() -> KerasHdf5File.read(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("recurrent layers", "lstm_1", "lstm_2");
    }

    /** The network of {@code resnet20_keras1_weights_only.h5}: grey pictures of seven kinds. */
    private static final class ResNet20OfKeras1 {
        private int convolutions;
        private int normalizations;
        private int activations;
        private int merges;

        Network build() {
            SymbolicTensor input = SymbolicTensor.input(Shape.of(32, 32, 1));
            SymbolicTensor x = activation(normalization(convolution(16, 3, 1).apply(input)));
            for (int stage = 0; stage < 3; stage++) {
                for (int block = 0; block < 3; block++) {
                    x = block(x, 16 << stage, stage > 0 && block == 0);
                }
            }
            x = new AveragePooling2D(8).withName("averagepooling2d_1").apply(x);
            x = new Dense(7)
                    .withName("dense_1")
                    .apply(new Flatten().withName("flatten_1").apply(x));
            return Network.of("resnet20", input, activation(normalization(x)));
        }

        private SymbolicTensor block(SymbolicTensor x, int filters, boolean halve) {
            SymbolicTensor y = activation(
                    normalization(convolution(filters, 3, halve ? 2 : 1).apply(x)));
            Conv2D second = convolution(filters, 3, 1);
            SymbolicTensor shortcut = halve ? convolution(filters, 1, 2).apply(x) : x;
            y = normalization(second.apply(y));
            shortcut = halve ? normalization(shortcut) : shortcut;
            return activation(Merge.add().withName("merge_" + ++merges).apply(y, shortcut));
        }

        private Conv2D convolution(int filters, int size, int stride) {
            return new Conv2D(filters, size)
                    .withStrides(stride)
                    .withPadding(Padding.SAME)
                    .withName("convolution2d_" + ++convolutions);
        }

        private SymbolicTensor normalization(SymbolicTensor x) {
            return new BatchNormalization()
                    .withName("batchnormalization_" + ++normalizations)
                    .apply(x);
        }

        private SymbolicTensor activation(SymbolicTensor x) {
            return new Activation(ActivationFunction.RELU)
                    .withName("activation_" + ++activations)
                    .apply(x);
        }
    }

    @ParameterizedTest
    @EnumSource(Matching.class)
    void loadsTheWeightsOfKeras1(Matching matching) {
        Path file = SharedData.require("keras/resnet20_keras1_weights_only.h5");
        Network network = new ResNet20OfKeras1().build();

        LoadedWeights loaded = KerasWeightsFile.read(file, network, Weights.initialize(network), matching, false);

        assertThat(network.parameters()).isEqualTo(274_371);
        assertThat(loaded.isComplete()).isTrue();
        try (HdfFile hdf = new HdfFile(file)) {
            for (String weight : List.of(
                    "convolution2d_10/W:0 kernel",
                    "batchnormalization_9/running_std:0 moving_variance",
                    "batchnormalization_10/running_mean:0 moving_mean")) {
                String layer = weight.substring(0, weight.indexOf('/'));
                String stored = weight.substring(weight.indexOf('/') + 1, weight.indexOf(' '));
                NdArray read = loaded.weights().get(layer, weight.substring(weight.indexOf(' ') + 1));
                assertThat(read.values())
                        .isEqualTo(hdf.getDatasetByPath("/" + layer + "/" + layer + "_" + stored)
                                .getDataFlat());
            }
        }
    }
}
