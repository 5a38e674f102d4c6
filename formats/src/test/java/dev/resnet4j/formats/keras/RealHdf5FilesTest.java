package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.SharedData;
import dev.resnet4j.model.layer.Network.Kind;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.OptimizerState;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole models in the legacy format, as Keras itself wrote them. */
class RealHdf5FilesTest {
    private static Path file(String name) {
        return SharedData.require("keras/" + name);
    }

    @ParameterizedTest
    @CsvSource({
        "cifar10_resnet20v1_keras224.h5, 274442",
        "dl4j_cnn_batch_norm.h5, 79",
        "mlcommons_str_ww.h5, 47707",
        "dl4j_batch_to_conv2d_tensorflow_2.h5, 49985",
        "dl4j_conv2d_tensorflow_2.h5, 276",
        "dl4j_conv2d_theano_1.h5, 276",
        "dl4j_sepconv2d_tensorflow_2.h5, 156",
        "dl4j_tfkeras_cnn2d_40.h5, 110",
        "dl4j_tfkeras_cnn2d_46.h5, 110",
        "dl4j_tfkeras_cnn2d_52.h5, 440",
        "dl4j_tfkeras_cnn2d_66.h5, 260",
        "dl4j_tfkeras_cnn2d_68.h5, 260",
        "dl4j_tfkeras_cnn2d_76.h5, 99",
        "dl4j_tfkeras_cnn2d_101.h5, 60"
    })
    void loadsWhole(String name, long parameters) {
        SavedModel model = KerasHdf5File.read(file(name));

        assertThat(model.network().parameters()).isEqualTo(parameters);
    }

    @Test
    void readsTheOptimizerOfKeras2() {
        SavedModel model = KerasHdf5File.read(file("cifar10_resnet20v1_keras224.h5"));

        Adam adam = (Adam) model.compilation().orElseThrow().optimizer();
        assertThat(adam.learningRate()).isEqualTo(new ConstantRate(9.999999747378752e-06));
        OptimizerState state = model.optimizerState().orElseThrow();
        assertThat(state.iterations()).isEqualTo(201_498);
        try (HdfFile file = new HdfFile(file("cifar10_resnet20v1_keras224.h5"))) {
            assertSlot(state, "conv2d_1", "kernel", "momentum", file, "training/Adam/Variable:0");
            assertSlot(state, "conv2d_1", "bias", "momentum", file, "training/Adam/Variable_1:0");
            assertSlot(state, "dense_1", "bias", "momentum", file, "training/Adam/Variable_81:0");
            assertSlot(state, "conv2d_1", "kernel", "velocity", file, "training/Adam/Variable_82:0");
            assertSlot(state, "dense_1", "bias", "velocity", file, "training/Adam/Variable_163:0");
        }
    }

    @Test
    void readsTheOptimizerOfTfKeras() {
        SavedModel model = KerasHdf5File.read(file("mlcommons_str_ww.h5"));

        OptimizerState state = model.optimizerState().orElseThrow();
        try (HdfFile file = new HdfFile(file("mlcommons_str_ww.h5"))) {
            assertSlot(state, "conv2d_1", "kernel", "momentum", file, "Adam/m/conv2d_1/kernel:0");
            assertSlot(state, "conv2d_1", "kernel", "velocity", file, "Adam/v/conv2d_1/kernel:0");
            assertSlot(state, "conv2d_2", "kernel", "velocity", file, "Adam/v/conv2d_2/kernel:0");
        }
    }

    private static void assertSlot(
            OptimizerState state, String layer, String weight, String slot, HdfFile file, String name) {
        Map<String, NdArray> slots = state.slots().get(new WeightName(layer, weight));
        assertThat(slots.get(slot).values()).isEqualTo(flat(file.getDatasetByPath("/optimizer_weights/" + name)));
    }

    private static float[] flat(Dataset dataset) {
        return (float[]) dataset.getDataFlat();
    }

    @Test
    void leavesOutAnOptimizerThatIsNotOurs() {
        SavedModel model = KerasHdf5File.read(file("dl4j_tfkeras_cnn2d_40.h5"));

        assertThat(model.compilation()).isEmpty();
        assertThat(model.optimizerState()).isEmpty();
    }

    @Test
    void turnsTheKernelsOfTheano() {
        NdArray kernel =
                KerasHdf5File.read(file("dl4j_conv2d_theano_1.h5")).weights().get("convolution2d_1", "kernel");

        try (HdfFile file = new HdfFile(file("dl4j_conv2d_theano_1.h5"))) {
            float[] stored = flat(file.getDatasetByPath("/model_weights/convolution2d_1/convolution2d_1_W"));
            assertThat(kernel.shape()).isEqualTo(Shape.of(3, 3, 5, 6));
            NdArray asStored = new NdArray(kernel.shape(), stored);
            assertThat(kernel.get(0, 1, 2, 3)).isEqualTo(asStored.get(2, 1, 2, 3));
            assertThat(kernel.get(2, 0, 4, 5)).isEqualTo(asStored.get(0, 2, 4, 5));
        }
    }

    @Test
    void keepsTheKindOfModel() {
        assertThat(KerasHdf5File.read(file("dl4j_cnn_batch_norm.h5")).network().kind())
                .isEqualTo(Kind.SEQUENTIAL);
        assertThat(KerasHdf5File.read(file("mlcommons_str_ww.h5")).network().kind())
                .isEqualTo(Kind.FUNCTIONAL);
    }

    @Test
    void refusesWeightsWithoutLayers() {
        assertThatThrownBy(() -> KerasHdf5File.read(file("resnet20_keras1_weights_only.h5")))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("it holds weights only", "load the weights into a model");
    }

    @Test
    void refusesTheLayersOfAnotherLibraryAllAtOnce() {
        assertThatThrownBy(() -> KerasHdf5File.read(SharedData.require("keras-refuse/larq_quantised_layers.h5")))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("QuantConv2D", "QuantDepthwiseConv2D", "QuantDense");
    }
}
