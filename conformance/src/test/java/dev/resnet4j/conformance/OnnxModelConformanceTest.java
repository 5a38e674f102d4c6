package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.model.ModelFiles;
import dev.resnet4j.formats.model.ReadOptions;
import dev.resnet4j.formats.onnx.OnnxOptions;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.Form;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Sgd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole models in ONNX files, run by ONNX Runtime, against resnet4j's own predictions. */
class OnnxModelConformanceTest {
    /** Of the largest number, behind up to 155 normalised layers. */
    private static final double TOLERANCE = 1e-4;

    /**
     * A hundred layers with random kernels widen what a rounding changes. How far is measured on resnet4j alone: by how much
     * the logits move when each number of the input does by a rounding. Every layer rounds, so a few times that is allowed.
     */
    private static final double ROUNDINGS = 4;

    /** Of the largest logit: more would show nothing. */
    private static final double SENSITIVITY = 1e-3;

    private static final Set<Form> CIFAR_FORMS = Set.of(Form.OPTION_A, Form.OPTION_B);
    private static final int CLASSES = 10;
    private static final int BATCH = 8;

    private static Stream<Arguments> family() {
        return ResNetFamily.names().stream()
                .flatMap(name -> ResNetFamily.forms(name).stream().map(form -> Arguments.of(name, form)));
    }

    /** Compared before the softmax, which would bring far numbers together. */
    @ParameterizedTest
    @MethodSource("family")
    void calculatesTheFamily(String name, Form form) {
        Shape pictures = CIFAR_FORMS.contains(form) ? Shape.of(32, 32, 3) : Shape.of(64, 64, 3);
        Network network = ResNetFamily.build(name, form, new ResNetOptions(pictures, CLASSES).withSeed(1));
        SavedModel saved = OnnxComparison.withLivelyWeights(network);
        SavedModel logits = new SavedModel(withLogits(network), withStatisticsOfABatch(network, saved.weights()));
        NdArray input = TestArrays.normal(pictures.withBatch(2), 6);
        try (Model model = Model.of(logits, Device.CPU);
                OnnxRun run = OnnxRun.of(logits, OnnxOptions.DEFAULT)) {
            NdArray expected = model.predict(input);
            NdArray ofNudged = model.predict(nudged(input));
            double sensitivity = Closeness.largest(TestArrays.difference(ofNudged, expected));
            double largest = Closeness.largest(expected);

            assertThat(sensitivity).isLessThan(SENSITIVITY * largest);
            Closeness.requireWithin(
                    "logits", run.predict(input), expected, Math.max(TOLERANCE * largest, ROUNDINGS * sensitivity));
        }
    }

    /** Each number up or down by a rounding. */
    private static NdArray nudged(NdArray input) {
        Random random = new Random(7);
        float[] values = input.values().clone();
        for (int index = 0; index < values.length; index++) {
            values[index] = random.nextBoolean() ? Math.nextUp(values[index]) : Math.nextDown(values[index]);
        }
        return new NdArray(input.shape(), values);
    }

    private static Network withLogits(Network network) {
        return network.withLayers(
                layer -> layer instanceof Dense dense ? dense.withActivation(ActivationFunction.LINEAR) : layer);
    }

    /**
     * As in a trained network, where what comes out of a normalisation lies around 0: a hundred layers of any others would
     * make numbers in which roundings are all there is.
     */
    private static Weights withStatisticsOfABatch(Network network, Weights weights) {
        Network forgetful =
                network.withLayers(layer -> layer instanceof BatchNormalization norm ? norm.withMomentum(0) : layer);
        NdArray pictures = TestArrays.normal(network.inputShape().withBatch(BATCH), 5);
        try (TorchModel model = new TorchModel(forgetful, weights, Device.CPU)) {
            model.setOptimizer(new Sgd(), Optional.empty());
            model.train(pictures, TestArrays.labels(BATCH, CLASSES), Precision.FP32, 0, 0);
            return model.weights();
        }
    }

    @Test
    void saysTheShapesOfAWholeNetworkThatOnnxRuntimeFinds() {
        Network network = ResNet50.build(Shape.of(64, 64, 3), 6, 0);

        OnnxComparison.requireShapes(OnnxComparison.withLivelyWeights(network));
    }

    /** Real files, from Keras and PyTorch. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "keras/cifar10_cnn_keras3140.keras",
                "keras/cifar10_cnn_keras360.keras",
                "keras/cifar10_resnet20v1_keras224.h5",
                "keras/dl4j_batch_to_conv2d_tensorflow_2.h5",
                "keras/dl4j_cnn_batch_norm.h5",
                "keras/dl4j_conv2d_tensorflow_2.h5",
                "keras/dl4j_conv2d_theano_1.h5",
                "keras/dl4j_sepconv2d_tensorflow_2.h5",
                "keras/dl4j_tfkeras_cnn2d_101.h5",
                "keras/dl4j_tfkeras_cnn2d_40.h5",
                "keras/dl4j_tfkeras_cnn2d_46.h5",
                "keras/dl4j_tfkeras_cnn2d_52.h5",
                "keras/dl4j_tfkeras_cnn2d_66.h5",
                "keras/dl4j_tfkeras_cnn2d_68.h5",
                "keras/dl4j_tfkeras_cnn2d_76.h5",
                "keras/mlcommons_str_ww.h5",
                "torch/resnet20-12fca82f.th",
                "torch/resnet56-4bfd9763.th"
            })
    void calculatesImportedModels(String name) {
        Path file = Path.of(System.getProperty("resnet4j.shared"), "data").resolve(name);
        assumeTrue(Files.exists(file), () -> "the shared material is not here: " + file);

        OnnxComparison.requireSame(ModelFiles.read(file, ReadOptions.DEFAULT).model(), TOLERANCE);
    }
}
