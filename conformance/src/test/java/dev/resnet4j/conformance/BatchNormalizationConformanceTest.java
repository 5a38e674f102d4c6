package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Sgd;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batch normalisation against TensorFlow's fused kernel, in training and outside, and Keras's moving statistics. */
class BatchNormalizationConformanceTest {
    private static final int CHANNELS = 5;
    private static final int CLASSES = 4;

    /** Means over a batch in another order, then a division by a root: some ten roundings of 6e-8. */
    private static final double TOLERANCE = 1e-6;
    /** Around 30 the last bit of a number is 2e-6, where a deviation is about 1. */
    private static final double FAR_OFF_TOLERANCE = 5e-6;

    /**
     * The gradient of what stands before is a difference of nearly equal numbers, as the batch's mean and spread take
     * their share out of it.
     */
    private static final double GRADIENT_TOLERANCE = 2e-5;

    @Test
    void normalizesByTheMovingStatisticsAsTensorFlow() {
        for (BatchNormalization layer : layers()) {
            SymbolicTensor input = SymbolicTensor.input(Shape.of(4, 3, CHANNELS));
            Network network = Network.of("test", input, layer.apply(input));
            Weights weights = uneven(network);
            NdArray pictures = TestArrays.normal(Shape.of(6, 4, 3, CHANNELS), 1);
            try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                    TensorFlowNetwork expected = new TensorFlowNetwork(network)) {
                Closeness.requireClose(
                        "outputs",
                        model.predict(pictures, Precision.FP32),
                        expected.predict(weights, pictures),
                        TOLERANCE);
            }
        }
    }

    private static BatchNormalization[] layers() {
        return new BatchNormalization[] {
            new BatchNormalization().withName("bn"), new BatchNormalization("bn", 0.9, 1e-5, true, true)
        };
    }

    /** The loss on one output at a time tells all outputs of the softmax behind the normalisation. */
    @Test
    void normalizesByTheBatchAsTensorFlow() {
        for (BatchNormalization layer : layers()) {
            SymbolicTensor input = SymbolicTensor.input(Shape.of(1, 1, CHANNELS));
            SymbolicTensor normalized = new Flatten().apply(layer.apply(input));
            SymbolicTensor output = new Activation(ActivationFunction.SOFTMAX).apply(normalized);
            Network network = Network.of("test", input, output);
            Weights weights = uneven(network);
            int batch = 6;
            NdArray pictures = TestArrays.normal(Shape.of(batch, 1, 1, CHANNELS), 1);
            try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                    TensorFlowNetwork expected = new TensorFlowNetwork(network)) {
                for (int index = 0; index < batch * CHANNELS; index++) {
                    float[] label = new float[batch * CHANNELS];
                    label[index] = 1;
                    NdArray labels = new NdArray(Shape.of(batch, CHANNELS), label);
                    double loss = expected.loss(weights, pictures, labels, true);
                    assertThat(model.evaluate(pictures, labels, Precision.FP32, true)
                                    .loss())
                            .isCloseTo(loss, within(TOLERANCE * Math.max(1, loss)));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"6, 4, 3", "2, 7, 5", "3, 1, 1", "1, 2, 2", "32, 1, 2"})
    void trainsAsTensorFlow(int batch, int height, int width) {
        for (BatchNormalization layer : layers()) {
            requireSameStep(network(layer, height, width), TestArrays.normal(Shape.of(batch, height, width, 3), 2));
        }
    }

    @Test
    void trainsOnASingleValueAsTensorFlow() {
        requireSameStep(
                network(new BatchNormalization().withName("bn"), 1, 1), TestArrays.normal(Shape.of(1, 1, 1, 3), 2));
    }

    @Test
    void trainsOnFarOffValuesAsTensorFlow() {
        NdArray near = TestArrays.normal(Shape.of(8, 4, 4, 3), 2);
        float[] values = near.values().clone();
        for (int index = 0; index < values.length; index++) {
            values[index] += 30;
        }
        requireSameStep(
                network(new BatchNormalization().withName("bn"), 4, 4),
                new NdArray(near.shape(), values),
                FAR_OFF_TOLERANCE);
    }

    private static Network network(BatchNormalization layer, int height, int width) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(height, width, 3));
        SymbolicTensor before = new Conv2D(CHANNELS, 1)
                .withBias(false)
                .withKernelInitializer(new GlorotUniform(4))
                .withName("before")
                .apply(input);
        SymbolicTensor vector = new Flatten().apply(layer.apply(before));
        SymbolicTensor output = new Dense(CLASSES)
                .withActivation(ActivationFunction.SOFTMAX)
                .withKernelInitializer(new GlorotUniform(6))
                .withName("fc")
                .apply(vector);
        return Network.of("test", input, output);
    }

    private static void requireSameStep(Network network, NdArray pictures) {
        requireSameStep(network, pictures, TOLERANCE);
    }

    private static void requireSameStep(Network network, NdArray pictures, double lossTolerance) {
        Weights weights = uneven(network);
        NdArray labels = TestArrays.labels(pictures.shape().dimension(0), CLASSES);
        try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                TensorFlowNetwork expected = new TensorFlowNetwork(network)) {
            TensorFlowNetwork.Step step = expected.train(weights, pictures, labels);
            Map<WeightName, NdArray> gradients = model.gradients(pictures, labels, Precision.FP32);
            model.setOptimizer(new Sgd(), Optional.empty());
            double loss = model.train(pictures, labels, Precision.FP32, 0, 0).loss();

            assertThat(loss).isCloseTo(step.loss(), within(lossTolerance * Math.max(1, step.loss())));
            Closeness.requireClose("gradient", gradients, step.gradients(), GRADIENT_TOLERANCE);
            Map<WeightName, NdArray> moved = new LinkedHashMap<>(model.weights().arrays());
            moved.keySet().retainAll(step.movedStatistics().keySet());
            Closeness.requireClose("statistics", moved, step.movedStatistics(), TOLERANCE);
        }
    }

    /** Weights in which no channel's normalisation is like another's. */
    private static Weights uneven(Network network) {
        Map<WeightName, NdArray> arrays =
                new LinkedHashMap<>(Weights.initialize(network).arrays());
        arrays.put(new WeightName("bn", "gamma"), channels(0.5f, -1, 1.5f, 2, 0.1f));
        arrays.put(new WeightName("bn", "beta"), channels(0, 0.3f, -1, 2, 0.7f));
        arrays.put(new WeightName("bn", "moving_mean"), channels(0.1f, 3, -2, 0, 0.5f));
        arrays.put(new WeightName("bn", "moving_variance"), channels(1, 0.2f, 4, 1e-3f, 2));
        return new Weights(arrays);
    }

    private static NdArray channels(float... values) {
        return new NdArray(Shape.of(CHANNELS), values);
    }
}
