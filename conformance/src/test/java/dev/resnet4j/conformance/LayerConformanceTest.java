package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.HeNormal;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Ones;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each layer's outputs and gradients. Every layer stands behind a convolution, whose gradient passes through the layer,
 * and before a dense softmax, which gives each of its outputs a weight of its own in the loss.
 */
class LayerConformanceTest {
    private static final int BATCH = 3;
    private static final int CLASSES = 4;

    /** Sums of up to a few hundred products in another order: some tens of roundings of 6e-8. */
    private static final double OUTPUT_TOLERANCE = 2e-6;

    /** Gradients pass through three such layers, and those of biases are sums in which much cancels out. */
    private static final double GRADIENT_TOLERANCE = 1e-5;

    /** Roundings to 8 bits, 4e-3 each, fall alike but for numbers that lie half way between two. */
    private static final double BFLOAT16_TOLERANCE = 2e-3;

    /** Different pixels whose channels all add up to 1: which of them a largest sum comes from shows in the gradient. */
    private static final NdArray PIXELS_OF_EQUAL_SUMS =
            new NdArray(Shape.of(1, 2, 2, 3), new float[] {0.5f, 0.5f, 0, 0, 1, 0, 1, 0, 0, 0, 0.25f, 0.75f});

    private static final List<Size2D> SIZES = List.of(new Size2D(8, 8), new Size2D(7, 7), new Size2D(9, 6));
    private static final Initializer KERNEL = new GlorotUniform(5);

    /** A window over a feature map. */
    private record Sliding(Size2D input, Size2D window, Size2D strides, Padding padding) {}

    private static List<Sliding> windows() {
        List<Sliding> windows = new ArrayList<>();
        for (Size2D input : SIZES) {
            for (Padding padding : Padding.values()) {
                for (int window : new int[] {1, 2, 3, 5}) {
                    for (int stride = 1; stride <= 3; stride++) {
                        windows.add(new Sliding(input, Size2D.square(window), Size2D.square(stride), padding));
                    }
                }
                windows.add(new Sliding(input, new Size2D(3, 2), new Size2D(1, 2), padding));
                windows.add(new Sliding(input, new Size2D(1, 4), new Size2D(2, 1), padding));
            }
        }
        return windows;
    }

    @ParameterizedTest
    @MethodSource("windows")
    void convolvesAsTensorFlow(Sliding sliding) {
        for (boolean useBias : new boolean[] {true, false}) {
            requireSame(sliding.input(), convolution(sliding, useBias));
        }
    }

    private static Conv2D convolution(Sliding sliding, boolean useBias) {
        return new Conv2D(
                "conv",
                4,
                sliding.window(),
                sliding.strides(),
                sliding.padding(),
                useBias,
                ActivationFunction.LINEAR,
                KERNEL,
                new HeNormal(2));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void poolsTheLargestAsTensorFlow(Sliding sliding) {
        requireSame(sliding.input(), new MaxPooling2D("", sliding.window(), sliding.strides(), sliding.padding()));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void poolsTheMeanAsTensorFlow(Sliding sliding) {
        requireSame(sliding.input(), new AveragePooling2D("", sliding.window(), sliding.strides(), sliding.padding()));
    }

    @ParameterizedTest
    @EnumSource
    void activatesAsTensorFlow(ActivationFunction function) {
        requireSame(new Size2D(6, 5), new Activation(function));
        requireSame(
                new Size2D(6, 5), new Conv2D(4, 3).withKernelInitializer(KERNEL).withActivation(function));
        requireSame(
                new Size2D(6, 5),
                x -> new Dense(6)
                        .withKernelInitializer(KERNEL)
                        .withActivation(function)
                        .apply(new Flatten().apply(x)));
    }

    @Test
    void multipliesVectorsAsTensorFlow() {
        for (boolean useBias : new boolean[] {true, false}) {
            Dense dense = new Dense("dense", 7, useBias, ActivationFunction.LINEAR, KERNEL, new HeNormal(2));
            requireSame(new Size2D(4, 3), x -> dense.apply(new Flatten().apply(x)));
        }
    }

    @Test
    void flattensAsTensorFlow() {
        requireSame(new Size2D(5, 4), new Flatten());
    }

    @Test
    void padsWithZerosAsTensorFlow() {
        requireSame(new Size2D(5, 4), new ZeroPadding2D(3));
        requireSame(new Size2D(5, 4), new ZeroPadding2D("", 1, 0, 2, 3));
    }

    @Test
    void addsAsTensorFlow() {
        requireSame(new Size2D(5, 4), x -> {
            SymbolicTensor relu = new Activation(ActivationFunction.RELU).apply(x);
            SymbolicTensor tanh = new Activation(ActivationFunction.TANH).apply(x);
            return Merge.add().apply(relu, Merge.add().apply(x, tanh, relu));
        });
    }

    @Test
    void poolsWholeFeatureMapsAsTensorFlow() {
        for (Size2D size : SIZES) {
            requireSame(size, new GlobalAveragePooling2D());
            requireSame(size, new GlobalMaxPooling2D());
        }
    }

    @Test
    void sharesTheGradientOfEqualLargestNumbersAsTensorFlow() {
        requireSameStep(networkOfEqualSums(new GlobalMaxPooling2D()), PIXELS_OF_EQUAL_SUMS);
        requireSameStep(networkOfEqualSums(new MaxPooling2D(2)), PIXELS_OF_EQUAL_SUMS);
    }

    private static Network networkOfEqualSums(Layer layer) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(2, 2, 3));
        SymbolicTensor sums = new Conv2D(2, 1)
                .withKernelInitializer(new Ones())
                .withName("sums")
                .apply(input);
        return Network.of("equal sums", input, classes(layer.apply(sums)));
    }

    @Test
    void dropsNothingOutsideTraining() {
        requireSame(new Size2D(5, 4), new Dropout(0.4));
    }

    @Test
    void scalesWhatDropoutKeepsAsKeras() {
        double rate = 0.25;
        NdArray input = TestArrays.normal(Shape.of(1, 1000), 3);
        NdArray labels = TestArrays.labels(1, CLASSES);
        Network withDropout = vectorClassifier(x -> new Dropout(rate).apply(x));
        Weights weights = Weights.initialize(withDropout);
        try (TorchModel model = new TorchModel(withDropout, weights, Device.CPU);
                TensorFlowNetwork expected = new TensorFlowNetwork(vectorClassifier(x -> x))) {
            model.setOptimizer(new Sgd(1), Optional.empty());
            double loss = model.train(input, labels, Precision.FP32, 1, 11).loss();

            // A dropped input leaves its row of the kernel as it was: so the mask is found, and TensorFlow gets it.
            NdArray before = weights.get("fc", "kernel");
            NdArray after = model.weights().get("fc", "kernel");
            float[] masked = input.values().clone();
            int dropped = 0;
            for (int index = 0; index < masked.length; index++) {
                boolean kept = after.get(index, 0) != before.get(index, 0);
                masked[index] = kept ? (float) (masked[index] / (1 - rate)) : 0;
                dropped += kept ? 0 : 1;
            }
            assertThat((double) dropped / masked.length).isCloseTo(rate, within(0.05));
            TensorFlowNetwork.Step step = expected.train(weights, new NdArray(input.shape(), masked), labels);
            assertThat(loss).isCloseTo(step.loss(), within(OUTPUT_TOLERANCE * Math.max(1, step.loss())));
            Closeness.requireClose(
                    "gradient",
                    TestArrays.difference(before, after),
                    step.gradients().get(new WeightName("fc", "kernel")),
                    GRADIENT_TOLERANCE);
        }
    }

    private static Network vectorClassifier(UnaryOperator<SymbolicTensor> layers) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(1000));
        return Network.of("vector", input, classes(layers.apply(input)));
    }

    @ParameterizedTest
    @MethodSource("layersInBfloat16")
    void roundsToBfloat16AsTensorFlow(Layer layer) {
        Size2D size = new Size2D(7, 6);
        Network network = network(size, x -> classes(layer.apply(x)));
        Weights weights = Weights.initialize(network);
        NdArray pictures = pictures(size);
        NdArray labels = TestArrays.labels(BATCH, CLASSES);
        try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                TensorFlowNetwork expected = TensorFlowNetwork.inBfloat16(network)) {
            TensorFlowNetwork.Step step = expected.train(weights, pictures, labels);
            assertThat(model.evaluate(pictures, labels, Precision.BF16, true).loss())
                    .isCloseTo(step.loss(), within(BFLOAT16_TOLERANCE * step.loss()));
            assertThat(Closeness.cosineSimilarity(model.gradients(pictures, labels, Precision.BF16), step.gradients()))
                    .isBetween(1 - BFLOAT16_TOLERANCE, Closeness.SAME_DIRECTION);
        }
    }

    private static List<Layer> layersInBfloat16() {
        return List.of(
                new Conv2D(4, 3).withKernelInitializer(KERNEL).withStrides(2).withPadding(Padding.SAME),
                new BatchNormalization(),
                new MaxPooling2D(3).withStrides(2).withPadding(Padding.SAME),
                new AveragePooling2D(2),
                new AveragePooling2D(3).withStrides(2).withPadding(Padding.SAME),
                new GlobalAveragePooling2D(),
                new GlobalMaxPooling2D(),
                new ZeroPadding2D(1),
                new Activation(ActivationFunction.RELU),
                new Activation(ActivationFunction.TANH),
                new Activation(ActivationFunction.SIGMOID));
    }

    private static void requireSame(Size2D size, Layer layer) {
        requireSame(size, layer::apply);
    }

    private static void requireSame(Size2D size, UnaryOperator<SymbolicTensor> layers) {
        NdArray pictures = pictures(size);
        requireSameOutputs(network(size, layers), pictures);
        requireSameStep(network(size, x -> classes(layers.apply(x))), pictures);
    }

    private static NdArray pictures(Size2D size) {
        return TestArrays.normal(Shape.of(BATCH, size.height(), size.width(), 3), 1);
    }

    private static Network network(Size2D size, UnaryOperator<SymbolicTensor> layers) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(size.height(), size.width(), 3));
        SymbolicTensor before = new Conv2D(5, 3)
                .withPadding(Padding.SAME)
                .withKernelInitializer(new GlorotUniform(4))
                .withName("before")
                .apply(input);
        return Network.of("test", input, layers.apply(before));
    }

    private static SymbolicTensor classes(SymbolicTensor x) {
        SymbolicTensor vector = x.shape().rank() == 3 ? new Flatten().apply(x) : x;
        return new Dense(CLASSES)
                .withActivation(ActivationFunction.SOFTMAX)
                .withKernelInitializer(new GlorotUniform(6))
                .withName("fc")
                .apply(vector);
    }

    private static void requireSameOutputs(Network network, NdArray pictures) {
        Weights weights = Weights.initialize(network);
        try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                TensorFlowNetwork expected = new TensorFlowNetwork(network)) {
            Closeness.requireClose(
                    "outputs",
                    model.predict(pictures, Precision.FP32),
                    expected.predict(weights, pictures),
                    OUTPUT_TOLERANCE);
        }
    }

    private static void requireSameStep(Network network, NdArray pictures) {
        Weights weights = Weights.initialize(network);
        NdArray labels = TestArrays.labels(pictures.shape().dimension(0), CLASSES);
        try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                TensorFlowNetwork expected = new TensorFlowNetwork(network)) {
            TensorFlowNetwork.Step step = expected.train(weights, pictures, labels);
            assertThat(model.evaluate(pictures, labels, Precision.FP32, true).loss())
                    .isCloseTo(step.loss(), within(OUTPUT_TOLERANCE * Math.max(1, step.loss())));
            Closeness.requireClose(
                    "gradient",
                    model.gradients(pictures, labels, Precision.FP32),
                    step.gradients(),
                    GRADIENT_TOLERANCE);
        }
    }
}
