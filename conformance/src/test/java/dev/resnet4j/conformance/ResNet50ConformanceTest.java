package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A whole training step of the tutorial's ResNet-50, and its predictions.
 *
 * <p>A relu's gradient jumps at 0: of the millions of numbers in a step a few lie so near that a rounding turns them, and
 * each turn shows in the gradients of a channel. So the network is compared twice: as it is, within what such turns
 * make, and with tanh in the place of each relu, where nothing jumps, within the roundings alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResNet50ConformanceTest {
    private static final int BATCH = 8;
    private static final int CLASSES = 6;
    private static final double RATE = 0.001;

    /** The loss stands behind 53 normalised layers. */
    private static final double LOSS_TOLERANCE = 4e-5;

    /** Of the largest probability; the moving statistics amplify what the batch's would take out again. */
    private static final double PREDICTION_TOLERANCE = 1e-4;

    /** Of a layer's largest gradient: each of 53 normalised layers, there and back, widens the roundings. */
    private static final double SMOOTH_GRADIENT_TOLERANCE = 5e-4;

    /** Length of the difference by the length of a layer's gradient: a few relus turned. */
    private static final double RELU_GRADIENT_TOLERANCE = 2e-2;

    /** Means are sums in which much cancels out. */
    private static final double MEAN_TOLERANCE = 2e-4;

    /** Variances lie near 1 after one batch; the last stand behind 50 normalised layers. */
    private static final double VARIANCE_TOLERANCE = 5e-6;

    /** Absolute, on steps of 1e-3: a number near 1 has roundings of 1.2e-7. */
    private static final double ADAM_TOLERANCE = 3e-7;

    private final NdArray pictures = TestArrays.uniform(Shape.of(BATCH, 64, 64, 3), 1);
    private final NdArray labels = TestArrays.labels(BATCH, CLASSES);
    private final Network network = ResNet50.build(Shape.of(64, 64, 3), CLASSES, 0);
    private final Network smooth = withTanh(network);
    private final Weights start = Weights.initialize(network);
    private final TensorFlowNetwork.Step expected = expectedStep(network);
    private final TensorFlowNetwork.Step expectedOfSmooth = expectedStep(smooth);

    private static Network withTanh(Network network) {
        return network.withLayers(
                layer -> layer instanceof Activation relu && relu.function() == ActivationFunction.RELU
                        ? new Activation(relu.name(), ActivationFunction.TANH)
                        : layer);
    }

    private TensorFlowNetwork.Step expectedStep(Network stepped) {
        try (TensorFlowNetwork tensorFlow = new TensorFlowNetwork(stepped)) {
            return tensorFlow.train(start, pictures, labels);
        }
    }

    @Test
    void findsTheGradientsThatTensorFlowFinds() {
        for (boolean byPlan : new boolean[] {false, true}) {
            requireTensorFlowsGradients(byPlan);
        }
    }

    /** @param byPlan as in training; else layer by layer, as before a model is compiled */
    private void requireTensorFlowsGradients(boolean byPlan) {
        try (TorchModel model = new TorchModel(network, start, Device.CPU)) {
            if (byPlan) {
                model.setOptimizer(new Adam(), Optional.empty());
            }
            Map<WeightName, NdArray> gradients = model.gradients(pictures, labels, Precision.FP32);

            assertThat(gradients.keySet())
                    .containsExactlyElementsOf(expected.gradients().keySet());
            expected.gradients().forEach((name, gradient) -> {
                // Against the layer's kernel: the gradient of a bias before a normalisation is 0 but for roundings.
                double length = Closeness.length(expected.gradients().get(mainWeight(name)));
                assertThat(Closeness.length(TestArrays.difference(gradients.get(name), gradient)))
                        .as("length of the difference in the gradient of " + name + ", by that of its layer")
                        .isLessThanOrEqualTo(RELU_GRADIENT_TOLERANCE * length);
            });
        }
    }

    @Test
    void findsTheGradientsThatTensorFlowFindsWhereNothingJumps() {
        try (TorchModel model = new TorchModel(smooth, start, Device.CPU)) {
            Map<WeightName, NdArray> gradients = model.gradients(pictures, labels, Precision.FP32);

            expectedOfSmooth
                    .gradients()
                    .forEach((name, gradient) -> Closeness.requireWithin(
                            "gradient of " + name,
                            gradients.get(name),
                            gradient,
                            SMOOTH_GRADIENT_TOLERANCE
                                    * Closeness.largest(
                                            expectedOfSmooth.gradients().get(mainWeight(name)))));
        }
    }

    /** The kernel of the bias's layer; any other weight itself. */
    private static WeightName mainWeight(WeightName name) {
        return name.weight().equals("bias") ? new WeightName(name.layer(), "kernel") : name;
    }

    @Test
    void takesAStepOfAdamAsTensorFlow() {
        requireSameStep(network, expected, 0.98);
        requireSameStep(smooth, expectedOfSmooth, 0.999);
    }

    /**
     * @param similarity of a weight's change to TensorFlow's, at least. The first step of Adam is the sign of the
     *     gradient, so gradients that are 0 but for roundings change a weight by the full rate
     */
    private void requireSameStep(Network stepped, TensorFlowNetwork.Step step, double similarity) {
        Map<WeightName, NdArray> trainable = new LinkedHashMap<>(start.arrays());
        trainable.keySet().retainAll(step.gradients().keySet());
        try (TorchModel model = new TorchModel(stepped, start, Device.CPU);
                TensorFlowOptimizer onOurGradients = new TensorFlowOptimizer(new Adam(), trainable);
                TensorFlowOptimizer onTheirGradients = new TensorFlowOptimizer(new Adam(), trainable)) {
            model.setOptimizer(new Adam(), Optional.empty());
            onOurGradients.step(model.gradients(pictures, labels, Precision.FP32), RATE);
            onTheirGradients.step(step.gradients(), RATE);
            double loss = model.train(pictures, labels, Precision.FP32, RATE, 0).loss();

            assertThat(loss).isCloseTo(step.loss(), within(LOSS_TOLERANCE * step.loss()));
            Weights after = model.weights();
            requireSameStatistics(after, step.movedStatistics());
            onOurGradients
                    .weights()
                    .forEach((name, weight) -> Closeness.requireWithin(
                            "stepped " + name, after.arrays().get(name), weight, ADAM_TOLERANCE));
            onTheirGradients.weights().forEach((name, weight) -> {
                if (!isBiasBeforeNormalization(name)) {
                    NdArray before = start.arrays().get(name);
                    assertThat(Closeness.cosineSimilarity(
                                    TestArrays.difference(after.arrays().get(name), before),
                                    TestArrays.difference(weight, before)))
                            .as("similarity of the change of " + name)
                            .isBetween(similarity, Closeness.SAME_DIRECTION);
                }
            });
        }
    }

    private static boolean isBiasBeforeNormalization(WeightName name) {
        return name.weight().equals("bias") && !name.layer().startsWith("fc");
    }

    private static void requireSameStatistics(Weights actual, Map<WeightName, NdArray> expected) {
        assertThat(expected).hasSize(2 * 53);
        expected.forEach((name, array) -> Closeness.requireClose(
                name.toString(),
                actual.arrays().get(name),
                array,
                name.weight().equals("moving_mean") ? MEAN_TOLERANCE : VARIANCE_TOLERANCE));
    }

    @Test
    void predictsAsTensorFlow() {
        Weights trained = withMovingStatisticsOfTheBatch();
        for (Weights weights : new Weights[] {start, trained}) {
            try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                    TensorFlowNetwork tensorFlow = new TensorFlowNetwork(network)) {
                Closeness.requireClose(
                        "probabilities",
                        model.predict(pictures, Precision.FP32),
                        tensorFlow.predict(weights, pictures),
                        PREDICTION_TOLERANCE);
            }
        }
    }

    /** As after a long training, when the moving statistics describe the data: moving = 0.99 start + 0.01 batch. */
    private Weights withMovingStatisticsOfTheBatch() {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>(start.arrays());
        expected.movedStatistics().forEach((name, moved) -> {
            float[] ofBatch = moved.values().clone();
            for (int index = 0; index < ofBatch.length; index++) {
                double kept = 0.99 * start.arrays().get(name).values()[index];
                ofBatch[index] = (float) ((ofBatch[index] - kept) / 0.01);
            }
            arrays.put(name, new NdArray(moved.shape(), ofBatch));
        });
        return new Weights(arrays);
    }

    /** TensorFlow's side rounds each layer's output to bfloat16, and so each gradient on its way back. */
    @Test
    void trainsInBfloat16AsTensorFlow() {
        try (TorchModel model = new TorchModel(smooth, start, Device.CPU);
                TensorFlowNetwork rounding = TensorFlowNetwork.inBfloat16(smooth)) {
            TensorFlowNetwork.Step step = rounding.train(start, pictures, labels);
            Map<WeightName, NdArray> gradients = model.gradients(pictures, labels, Precision.BF16);

            assertThat(model.evaluate(pictures, labels, Precision.BF16, true).loss())
                    .isCloseTo(step.loss(), within(0.01 * step.loss()));
            step.gradients().forEach((name, gradient) -> {
                if (!isBiasBeforeNormalization(name)) {
                    assertThat(Closeness.cosineSimilarity(gradients.get(name), gradient))
                            .as("similarity of the gradient of " + name)
                            .isBetween(0.9, Closeness.SAME_DIRECTION);
                }
            });
        }
    }

    /**
     * At random weights and with 8 pictures, ResNet-50's gradients hang on single roundings of 8 bits, so neither library
     * comes near to 32 bits; but the one must come as near as the other.
     */
    @Test
    void staysAsNearTo32BitsInBfloat16AsTensorFlow() {
        try (TorchModel model = new TorchModel(network, start, Device.CPU);
                TensorFlowNetwork rounding = TensorFlowNetwork.inBfloat16(network)) {
            TensorFlowNetwork.Step rounded = rounding.train(start, pictures, labels);
            Map<WeightName, NdArray> gradients = model.gradients(pictures, labels, Precision.BF16);

            double similarity = Closeness.cosineSimilarity(gradients, expected.gradients());
            double tensorFlows = Closeness.cosineSimilarity(rounded.gradients(), expected.gradients());
            assertThat(similarity)
                    .as("similarity of the gradients to those in 32 bits; TensorFlow's is " + tensorFlows)
                    .isBetween(tensorFlows - 0.1, Closeness.SAME_DIRECTION);
            assertThat(model.evaluate(pictures, labels, Precision.BF16, true).loss())
                    .isCloseTo(expected.loss(), within(0.03 * expected.loss()));
        }
    }
}
