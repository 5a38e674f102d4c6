package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Layers' outputs and gradients against TensorFlow's. Every layer stands behind a convolution, whose gradient passes
 * through the layer, and before a dense softmax, which gives each of its outputs a weight of its own in the loss.
 */
final class LayerComparison {
    static final int BATCH = 3;
    static final int CLASSES = 4;
    static final int CHANNELS = 6;

    /** Sums of up to a few hundred products in another order: some tens of roundings of 6e-8. */
    static final double OUTPUT_TOLERANCE = 2e-6;

    /** Gradients pass through three such layers, and those of biases are sums in which much cancels out. */
    static final double GRADIENT_TOLERANCE = 1e-5;

    private LayerComparison() {}

    static void requireSame(Size2D size, Layer layer) {
        requireSame(size, layer::apply);
    }

    /** @param layers from a feature map of this size and {@link #CHANNELS} channels */
    static void requireSame(Size2D size, UnaryOperator<SymbolicTensor> layers) {
        NdArray pictures = pictures(size);
        requireSameOutputs(network(size, layers), pictures);
        requireSameStep(network(size, x -> classes(layers.apply(x))), pictures);
    }

    static NdArray pictures(Size2D size) {
        return TestArrays.normal(Shape.of(BATCH, size.height(), size.width(), 3), 1);
    }

    static Network network(Size2D size, UnaryOperator<SymbolicTensor> layers) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(size.height(), size.width(), 3));
        SymbolicTensor before = new Conv2D(CHANNELS, 3)
                .withPadding(Padding.SAME)
                .withName("before")
                .apply(input);
        return Network.of("test", input, layers.apply(before));
    }

    static SymbolicTensor classes(SymbolicTensor x) {
        SymbolicTensor vector = x.shape().rank() == 1 ? x : new Flatten().apply(x);
        return new Dense(CLASSES)
                .withActivation(ActivationFunction.SOFTMAX)
                .withName("fc")
                .apply(vector);
    }

    /** The same at each run, as a network might start: random kernels, zeros and ones for the rest. */
    static Weights initialWeights(Network network) {
        Map<WeightName, NdArray> arrays =
                new LinkedHashMap<>(Weights.initialize(network).arrays());
        arrays.replaceAll((name, array) ->
                name.isKernel() ? new GlorotUniform(name.hashCode()).initialize(array.shape()) : array);
        return new Weights(arrays);
    }

    /** The same at each run; whatever starts with zeros or ones has random numbers too. */
    static Weights weights(Network network) {
        Map<WeightName, NdArray> arrays =
                new LinkedHashMap<>(initialWeights(network).arrays());
        arrays.replaceAll((name, array) -> switch (name.weight()) {
            case "gamma", "beta", "bias", "alpha", "mean", "moving_mean" ->
                TestArrays.normal(array.shape(), name.hashCode());
            case "variance", "moving_variance" -> variances(array.shape(), name.hashCode());
            default -> array;
        });
        return new Weights(arrays);
    }

    /** From a half: dividing by less makes roundings large. */
    private static NdArray variances(Shape shape, long seed) {
        float[] values = TestArrays.uniform(shape, seed).values();
        for (int index = 0; index < values.length; index++) {
            values[index] += 0.5f;
        }
        return new NdArray(shape, values);
    }

    static void requireSameOutputs(Network network, NdArray pictures) {
        Weights weights = weights(network);
        try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                TensorFlowNetwork expected = new TensorFlowNetwork(network)) {
            Closeness.requireClose(
                    "outputs",
                    model.predict(pictures, Precision.FP32),
                    expected.predict(weights, pictures),
                    OUTPUT_TOLERANCE);
        }
    }

    static void requireSameStep(Network network, NdArray pictures) {
        Weights weights = weights(network);
        NdArray labels = TestArrays.labels(pictures.shape().dimension(0), CLASSES);
        try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                TensorFlowNetwork expected = new TensorFlowNetwork(network)) {
            TensorFlowNetwork.Step step = expected.train(weights, pictures, labels);
            assertThat(model.evaluate(pictures, labels, Precision.FP32, true).loss())
                    .isCloseTo(step.loss(), within(OUTPUT_TOLERANCE * Math.max(1, step.loss())));
            requireSameGradients(model.gradients(pictures, labels, Precision.FP32), step.gradients());
        }
    }

    /**
     * Each by the largest gradient of its layer: that of a bias before a normalisation or a softmax is 0 but for
     * roundings.
     */
    private static void requireSameGradients(Map<WeightName, NdArray> actual, Map<WeightName, NdArray> expected) {
        assertThat(actual.keySet()).containsExactlyElementsOf(expected.keySet());
        expected.forEach((name, gradient) -> {
            double largestOfLayer = expected.keySet().stream()
                    .filter(other -> other.layer().equals(name.layer()))
                    .mapToDouble(other -> Closeness.largest(expected.get(other)))
                    .max()
                    .orElseThrow();
            Closeness.requireWithin(
                    "gradient of " + name, actual.get(name), gradient, GRADIENT_TOLERANCE * largestOfLayer);
        });
    }
}
