package dev.resnet4j.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Dense;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Optimizers against Keras's rules, written out in double precision on the gradients that the engine gives. */
class OptimizerTest {
    private static final WeightName KERNEL = new WeightName("fc", "kernel");
    private static final int STEPS = 5;
    private static final double RATE = 0.1;

    private final Network network = network();
    private final NdArray inputs = new NdArray(Shape.of(2, 3), new float[] {1, -2, 3, 0.5f, 0.25f, -1});
    private final NdArray labels = new NdArray(Shape.of(2, 2), new float[] {1, 0, 0, 1});

    private static Network network() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(3));
        SymbolicTensor output = new Dense(2)
                .withActivation(ActivationFunction.SOFTMAX)
                .withKernelInitializer(new GlorotUniform(3))
                .withName("fc")
                .apply(input);
        return Network.of("test", input, output);
    }

    /** The rule for one number: the weight and the rule's memory change in place. */
    private interface Rule {
        double step(double weight, double gradient, double[] memory, int step);
    }

    @Test
    void stepsAsKerasAdam() {
        Adam adam = new Adam(new ConstantRate(RATE), 0.9, 0.999, 1e-3);
        requireSame(adam, (weight, gradient, memory, step) -> {
            memory[0] = 0.9 * memory[0] + 0.1 * gradient;
            memory[1] = 0.999 * memory[1] + 0.001 * gradient * gradient;
            double rate = RATE * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
            return weight - rate * memory[0] / (Math.sqrt(memory[1]) + 1e-3);
        });
    }

    @Test
    void stepsAsKerasSgd() {
        requireSame(new Sgd(RATE), (weight, gradient, memory, step) -> weight - RATE * gradient);
    }

    @Test
    void stepsAsKerasSgdWithMomentum() {
        requireSame(new Sgd(RATE).withMomentum(0.9), (weight, gradient, memory, step) -> {
            memory[0] = 0.9 * memory[0] - RATE * gradient;
            return weight + memory[0];
        });
    }

    @Test
    void stepsAsKerasSgdWithNesterovsMomentum() {
        requireSame(new Sgd(RATE).withMomentum(0.9).withNesterov(true), (weight, gradient, memory, step) -> {
            memory[0] = 0.9 * memory[0] - RATE * gradient;
            return weight + 0.9 * memory[0] - RATE * gradient;
        });
    }

    @Test
    void goesOnFromAStateAsIfItHadNotStopped() {
        for (Optimizer optimizer : List.of(new Adam(), new Sgd(RATE).withMomentum(0.9), new Sgd())) {
            try (TorchModel whole = new TorchModel(network, Weights.initialize(network), Device.CPU);
                    TorchModel first = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
                whole.setOptimizer(optimizer, Optional.empty());
                first.setOptimizer(optimizer, Optional.empty());
                train(whole, 4);
                train(first, 2);
                try (TorchModel second = new TorchModel(network, first.weights(), Device.CPU)) {
                    second.setOptimizer(optimizer, first.optimizerState());
                    train(second, 2);

                    assertThat(second.weights()).isEqualTo(whole.weights());
                    assertThat(second.optimizerState()).isEqualTo(whole.optimizerState());
                    assertThat(second.iterations()).isEqualTo(4);
                }
            }
        }
    }

    @Test
    void refusesAStateOfAnotherRule() {
        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            assertThatThrownBy(() -> model.setOptimizer(new Adam(), Optional.of(new OptimizerState(1, Map.of()))))
                    .hasMessageContainingAll("momentum", "fc/kernel");
        }
    }

    @Test
    void leavesTheWeightsWhereTheLossIsNotFinite() {
        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            model.setOptimizer(new Adam(), Optional.empty());
            NdArray broken = new NdArray(Shape.of(2, 3), new float[] {1, Float.NaN, 3, 0.5f, 0.25f, -1});

            BatchScores scores = model.train(broken, labels, Precision.FP32, RATE, 0);

            assertThat(scores.loss()).isNaN();
            assertThat(model.weights()).isEqualTo(Weights.initialize(network));
        }
    }

    private void train(TorchModel model, int steps) {
        for (int step = 0; step < steps; step++) {
            model.train(inputs, labels, Precision.FP32, RATE, 0);
        }
    }

    private void requireSame(Optimizer optimizer, Rule rule) {
        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            model.setOptimizer(optimizer, Optional.empty());
            float[] start = model.weights().arrays().get(KERNEL).values();
            double[] expected = new double[start.length];
            double[][] memory = new double[start.length][2];
            for (int index = 0; index < start.length; index++) {
                expected[index] = start[index];
            }
            for (int step = 1; step <= STEPS; step++) {
                float[] gradient = model.gradients(inputs, labels, Precision.FP32)
                        .get(KERNEL)
                        .values();
                model.train(inputs, labels, Precision.FP32, RATE, 0);
                float[] actual = model.weights().arrays().get(KERNEL).values();
                for (int index = 0; index < expected.length; index++) {
                    expected[index] = rule.step(expected[index], gradient[index], memory[index], step);
                    assertThat((double) actual[index]).isCloseTo(expected[index], within(2e-6));
                }
            }
        }
    }
}
