package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The loss and its gradient. Samples go through a dense layer that changes nothing, so that they are the numbers before
 * the last activation, and the gradient of its bias is theirs, summed over the samples.
 */
class LossConformanceTest {
    private static final int CLASSES = 4;

    /** No multiple of the classes, so that the gradients of equal scores do not add up to 0. */
    private static final int SAMPLES = 7;

    /** A handful of roundings of 6e-8: exponential, logarithm, and sums over four classes and a few samples. */
    private static final double TOLERANCE = 1e-6;

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 30, 100, 1e4, 1e30})
    void losesOnLogitsAsTensorFlow(double scale) {
        NdArray logits = scaled(TestArrays.normal(Shape.of(SAMPLES, CLASSES), 2), scale);
        requireSame(logits, TestArrays.labels(SAMPLES, CLASSES), classifier(ActivationFunction.SOFTMAX));
        requireSame(
                logits,
                TestArrays.labels(SAMPLES, CLASSES),
                x -> new Activation(ActivationFunction.SOFTMAX)
                        .apply(classifier(ActivationFunction.LINEAR).apply(x)));
    }

    @Test
    void losesOnLabelsThatShareASampleAsTensorFlow() {
        NdArray labels = new NdArray(Shape.of(2, CLASSES), new float[] {0.5f, 0.25f, 0.25f, 0, 0.1f, 0.2f, 0.3f, 0.4f});
        requireSame(TestArrays.normal(Shape.of(2, CLASSES), 4), labels, classifier(ActivationFunction.SOFTMAX));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 5, 30})
    void losesOnSigmoidsAsKeras(double scale) {
        NdArray inputs = scaled(TestArrays.normal(Shape.of(SAMPLES, CLASSES), 3), scale);
        requireSame(inputs, TestArrays.labels(SAMPLES, CLASSES), classifier(ActivationFunction.SIGMOID));
    }

    @Test
    void losesOnLinearOutputsAsKeras() {
        NdArray outputs = new NdArray(
                Shape.of(4, CLASSES), new float[] {0.1f, 0.2f, 0.3f, 0.4f, 2, 3, 4, 5, 1, 0, 0, 0, 1e-9f, 1, 0, 1e-3f});
        requireSame(outputs, TestArrays.labels(4, CLASSES), classifier(ActivationFunction.LINEAR));
        NdArray rightOfClippedOutputs = TestArrays.labels(4, CLASSES);
        requireSame(outputs, reversed(rightOfClippedOutputs), classifier(ActivationFunction.LINEAR));
    }

    private static UnaryOperator<SymbolicTensor> classifier(ActivationFunction activation) {
        return x -> new Dense(CLASSES)
                .withKernelInitializer(new Zeros())
                .withActivation(activation)
                .withName("fc")
                .apply(x);
    }

    private static NdArray scaled(NdArray array, double scale) {
        float[] values = array.values().clone();
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) (values[index] * scale);
        }
        return new NdArray(array.shape(), values);
    }

    private static NdArray reversed(NdArray array) {
        float[] values = new float[array.values().length];
        for (int index = 0; index < values.length; index++) {
            values[index] = array.values()[values.length - 1 - index];
        }
        return new NdArray(array.shape(), values);
    }

    private static void requireSame(NdArray inputs, NdArray labels, UnaryOperator<SymbolicTensor> layers) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(CLASSES));
        Network network = Network.of("loss", input, layers.apply(input));
        Weights weights = identity(network);
        WeightName bias = new WeightName("fc", "bias");
        try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                TensorFlowNetwork expected = new TensorFlowNetwork(network)) {
            TensorFlowNetwork.Step step = expected.train(weights, inputs, labels);
            assertThat(model.evaluate(inputs, labels, Precision.FP32, false).loss())
                    .isCloseTo(step.loss(), within(TOLERANCE * Math.max(1, step.loss())));
            Map<WeightName, NdArray> gradients = model.gradients(inputs, labels, Precision.FP32);
            Closeness.requireClose("gradient", gradients, step.gradients(), TOLERANCE);
            assertThat(gradients).containsKey(bias);
        }
    }

    private static Weights identity(Network network) {
        Map<WeightName, NdArray> arrays =
                new LinkedHashMap<>(Weights.initialize(network).arrays());
        float[] identity = new float[CLASSES * CLASSES];
        for (int row = 0; row < CLASSES; row++) {
            identity[row * CLASSES + row] = 1;
        }
        arrays.put(new WeightName("fc", "kernel"), new NdArray(Shape.of(CLASSES, CLASSES), identity));
        return new Weights(arrays);
    }
}
