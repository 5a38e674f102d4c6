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
import dev.resnet4j.model.layer.CenterCrop;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Conv2DTranspose;
import dev.resnet4j.model.layer.Cropping2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.DepthwiseConv2D;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.ELU;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.GroupNormalization;
import dev.resnet4j.model.layer.Interpolation;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.LayerNormalization;
import dev.resnet4j.model.layer.LeakyReLU;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Normalization;
import dev.resnet4j.model.layer.PReLU;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.layer.ReLU;
import dev.resnet4j.model.layer.Rescaling;
import dev.resnet4j.model.layer.Reshape;
import dev.resnet4j.model.layer.Resizing;
import dev.resnet4j.model.layer.SeparableConv2D;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.UpSampling2D;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.Window;
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

/** Layers of the tutorial's kind and activations, their outputs and gradients. */
class LayerConformanceTest {
    private static final int CLASSES = LayerComparison.CLASSES;

    /** Roundings to 8 bits, 4e-3 each, fall alike but for numbers that lie half way between two. */
    private static final double BFLOAT16_TOLERANCE = 2e-3;

    /** Different pixels whose channels all add up to 1: which of them a largest sum comes from shows in the gradient. */
    private static final NdArray PIXELS_OF_EQUAL_SUMS =
            new NdArray(Shape.of(1, 2, 2, 3), new float[] {0.5f, 0.5f, 0, 0, 1, 0, 1, 0, 0, 0, 0.25f, 0.75f});

    private static final List<Size2D> SIZES = List.of(new Size2D(8, 8), new Size2D(7, 7), new Size2D(9, 6));
    private static final Initializer KERNEL = new GlorotUniform(5);

    /** A window over a feature map. */
    private record Sliding(Size2D input, Window window) {
        Sliding(Size2D input, Size2D size, Size2D strides, Padding padding) {
            this(input, new Window(size, strides, padding));
        }
    }

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
            LayerComparison.requireSame(sliding.input(), convolution(sliding, useBias));
        }
    }

    private static Conv2D convolution(Sliding sliding, boolean useBias) {
        return new Conv2D("conv", 4, sliding.window(), 1, useBias, ActivationFunction.LINEAR, KERNEL, new HeNormal(2));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void poolsTheLargestAsTensorFlow(Sliding sliding) {
        LayerComparison.requireSame(sliding.input(), new MaxPooling2D("", sliding.window()));
    }

    @ParameterizedTest
    @MethodSource("windows")
    void poolsTheMeanAsTensorFlow(Sliding sliding) {
        LayerComparison.requireSame(sliding.input(), new AveragePooling2D("", sliding.window()));
    }

    @ParameterizedTest
    @EnumSource
    void activatesAsTensorFlow(ActivationFunction function) {
        LayerComparison.requireSame(new Size2D(6, 5), new Activation(function));
        LayerComparison.requireSame(new Size2D(6, 5), new Conv2D(4, 3).withActivation(function));
        LayerComparison.requireSame(
                new Size2D(6, 5), x -> new Dense(6).withActivation(function).apply(new Flatten().apply(x)));
    }

    @Test
    void multipliesVectorsAsTensorFlow() {
        for (boolean useBias : new boolean[] {true, false}) {
            Dense dense = new Dense("dense", 7, useBias, ActivationFunction.LINEAR, KERNEL, new HeNormal(2));
            LayerComparison.requireSame(new Size2D(4, 3), x -> dense.apply(new Flatten().apply(x)));
        }
    }

    @Test
    void flattensAsTensorFlow() {
        LayerComparison.requireSame(new Size2D(5, 4), new Flatten());
    }

    @Test
    void padsWithZerosAsTensorFlow() {
        LayerComparison.requireSame(new Size2D(5, 4), new ZeroPadding2D(3));
        LayerComparison.requireSame(new Size2D(5, 4), new ZeroPadding2D("", 1, 0, 2, 3));
    }

    @Test
    void addsAsTensorFlow() {
        LayerComparison.requireSame(new Size2D(5, 4), x -> {
            SymbolicTensor relu = new Activation(ActivationFunction.RELU).apply(x);
            SymbolicTensor tanh = new Activation(ActivationFunction.TANH).apply(x);
            return Merge.add().apply(relu, Merge.add().apply(x, tanh, relu));
        });
    }

    @Test
    void poolsWholeFeatureMapsAsTensorFlow() {
        for (Size2D size : SIZES) {
            LayerComparison.requireSame(size, new GlobalAveragePooling2D());
            LayerComparison.requireSame(size, new GlobalMaxPooling2D());
        }
    }

    @Test
    void sharesTheGradientOfEqualLargestNumbersAsTensorFlow() {
        LayerComparison.requireSameStep(networkOfEqualSums(new GlobalMaxPooling2D()), PIXELS_OF_EQUAL_SUMS);
        LayerComparison.requireSameStep(networkOfEqualSums(new MaxPooling2D(2)), PIXELS_OF_EQUAL_SUMS);
    }

    private static Network networkOfEqualSums(Layer layer) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(2, 2, 3));
        SymbolicTensor sums = new Conv2D(2, 1)
                .withKernelInitializer(new Ones())
                .withName("sums")
                .apply(input);
        return Network.of("equal sums", input, LayerComparison.classes(layer.apply(sums)));
    }

    @Test
    void dropsNothingOutsideTraining() {
        LayerComparison.requireSame(new Size2D(5, 4), new Dropout(0.4));
    }

    @Test
    void scalesWhatDropoutKeepsAsKeras() {
        double rate = 0.25;
        NdArray input = TestArrays.normal(Shape.of(1, 1000), 3);
        NdArray labels = TestArrays.labels(1, CLASSES);
        Network withDropout = vectorClassifier(x -> new Dropout(rate).apply(x));
        Weights weights = LayerComparison.initialWeights(withDropout);
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
            assertThat(loss)
                    .isCloseTo(step.loss(), within(LayerComparison.OUTPUT_TOLERANCE * Math.max(1, step.loss())));
            Closeness.requireClose(
                    "gradient",
                    TestArrays.difference(before, after),
                    step.gradients().get(new WeightName("fc", "kernel")),
                    LayerComparison.GRADIENT_TOLERANCE);
        }
    }

    private static Network vectorClassifier(UnaryOperator<SymbolicTensor> layers) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(1000));
        return Network.of("vector", input, LayerComparison.classes(layers.apply(input)));
    }

    @ParameterizedTest
    @MethodSource("layersInBfloat16")
    void roundsToBfloat16AsTensorFlow(Layer layer) {
        Size2D size = new Size2D(7, 6);
        Network network = LayerComparison.network(size, x -> LayerComparison.classes(layer.apply(x)));
        Weights weights = LayerComparison.initialWeights(network);
        NdArray pictures = LayerComparison.pictures(size);
        NdArray labels = TestArrays.labels(LayerComparison.BATCH, CLASSES);
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
                new Conv2D(4, 3).withStrides(2).withPadding(Padding.SAME),
                new Conv2DTranspose(4, 3).withWindow(new Window(3).withPadding(Padding.SAME)),
                new DepthwiseConv2D(3),
                new SeparableConv2D(4, 3),
                new BatchNormalization(),
                new LayerNormalization(),
                new GroupNormalization("", 3, 1e-3, true, true),
                new Normalization("", List.of(0.25), List.of(2.0), false),
                new Rescaling(0.5, 1),
                new MaxPooling2D(3).withStrides(2).withPadding(Padding.SAME),
                new AveragePooling2D(2),
                new AveragePooling2D(3).withStrides(2).withPadding(Padding.SAME),
                new GlobalAveragePooling2D(),
                new GlobalMaxPooling2D(),
                new ZeroPadding2D(1),
                new Cropping2D(1),
                new UpSampling2D(2),
                new UpSampling2D("", new Size2D(2, 3), Interpolation.BILINEAR),
                new Resizing(5, 4),
                new Resizing("", 9, 4, Interpolation.NEAREST, true),
                new CenterCrop(4, 5),
                new Permute(2, 3, 1),
                new Reshape(Shape.of(6, 42)),
                new PReLU().withSharedAxes(1, 2),
                new ReLU("", 1.5, 0.1, 0.25),
                new LeakyReLU(),
                new ELU("", 0.5),
                new Softmax());
    }

    @ParameterizedTest
    @EnumSource
    void roundsActivationsToBfloat16AsTensorFlow(ActivationFunction function) {
        roundsToBfloat16AsTensorFlow(new Activation(function));
    }
}
