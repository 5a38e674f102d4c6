package dev.resnet4j.conformance;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.OptimizerState;
import dev.resnet4j.model.training.Sgd;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The optimizers over several steps with rates that change, TensorFlow's kernels fed with the very gradients that the
 * engine took.
 */
class OptimizerConformanceTest {
    private static final int STEPS = 12;
    private static final int CLASSES = 3;

    /** A rounding of 6e-8 or two at each step. */
    private static final double TOLERANCE = 1e-6;

    /** Two roundings more: TensorFlow takes 1 - 0.999^t in 32 bits, which is off by up to 1e-5 of it at first. */
    private static final double ADAM_TOLERANCE = 1e-5;

    /**
     * TensorFlow takes 1 - 0.999 in 32 bits, which is off by 4.7e-5 of it; as it does so in the bias correction too,
     * the weights hardly see it.
     */
    private static final double VELOCITY_TOLERANCE = 6e-5;

    @Test
    void stepsAsTensorFlowsAdam() {
        requireSame(new Adam(), ADAM_TOLERANCE);
    }

    @Test
    void putsEpsilonWhereTensorFlowsAdamDoes() {
        requireSame(new Adam(new ConstantRate(0.01), 0.8, 0.99, 1e-2), ADAM_TOLERANCE);
    }

    @Test
    void stepsAsTensorFlowsGradientDescent() {
        requireSame(new Sgd(0.1), TOLERANCE);
    }

    @Test
    void stepsAsTensorFlowsMomentum() {
        requireSame(new Sgd(0.1).withMomentum(0.9), TOLERANCE);
    }

    @Test
    void stepsAsTensorFlowsNesterov() {
        requireSame(new Sgd(0.1).withMomentum(0.9).withNesterov(true), TOLERANCE);
    }

    private static void requireSame(Optimizer rule, double tolerance) {
        Network network = network();
        Weights start = Weights.initialize(network);
        NdArray pictures = TestArrays.normal(Shape.of(5, 6, 6, 3), 1);
        NdArray labels = TestArrays.labels(5, CLASSES);
        try (TorchModel model = new TorchModel(network, start, Device.CPU);
                TensorFlowOptimizer expected = new TensorFlowOptimizer(rule, start.arrays())) {
            model.setOptimizer(rule, Optional.empty());
            for (int step = 0; step < STEPS; step++) {
                double rate = rule.learningRate().at(step) / (1 + step % 3);
                expected.step(model.gradients(pictures, labels, Precision.FP32), rate);
                model.train(pictures, labels, Precision.FP32, rate, 0);
                Closeness.requireClose("step " + step, model.weights().arrays(), expected.weights(), tolerance);
            }
            slots(model.optimizerState().orElseThrow())
                    .forEach((slot, arrays) -> Closeness.requireClose(
                            slot,
                            arrays,
                            expected.slots(slot),
                            slot.equals("velocity") ? VELOCITY_TOLERANCE : tolerance));
        }
    }

    private static Network network() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(6, 6, 3));
        SymbolicTensor features = new Conv2D(4, 3)
                .withActivation(ActivationFunction.TANH)
                .withKernelInitializer(new GlorotUniform(1))
                .withName("conv")
                .apply(input);
        SymbolicTensor output = new Dense(CLASSES)
                .withActivation(ActivationFunction.SOFTMAX)
                .withKernelInitializer(new GlorotUniform(2))
                .withName("fc")
                .apply(new Flatten().apply(features));
        return Network.of("test", input, output);
    }

    private static Map<String, Map<WeightName, NdArray>> slots(OptimizerState state) {
        Map<String, Map<WeightName, NdArray>> bySlot = new TreeMap<>();
        state.slots()
                .forEach((weight, slots) ->
                        slots.forEach((slot, array) -> bySlot.computeIfAbsent(slot, ignored -> new LinkedHashMap<>())
                                .put(weight, array)));
        return bySlot;
    }
}
