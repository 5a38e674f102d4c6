package dev.resnet4j.engine.torch;

import static dev.resnet4j.engine.torch.SmallClassifier.INPUTS;
import static dev.resnet4j.engine.torch.SmallClassifier.LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.AdamW;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.Loss;
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
    private static final WeightName BIAS = new WeightName("fc", "bias");
    private static final int STEPS = 5;
    private static final double RATE = 0.1;

    private final Network network = SmallClassifier.linear();

    /** The rule for one number: the weight and the rule's memory change in place. */
    private interface Rule {
        double step(double weight, double gradient, double[] memory, int step);
    }

    @Test
    void stepsAsKerasAdam() {
        requireSame(new Adam(new ConstantRate(RATE), 0.9, 0.999, 1e-3), OptimizerTest::adam);
    }

    private static double adam(double weight, double gradient, double[] memory, int step) {
        memory[0] = 0.9 * memory[0] + 0.1 * gradient;
        memory[1] = 0.999 * memory[1] + 0.001 * gradient * gradient;
        double rate = RATE * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
        return weight - rate * memory[0] / (Math.sqrt(memory[1]) + 1e-3);
    }

    /** Counted from the first step of all, the bias of its moments would not be corrected: the step is 3.2 times as long. */
    @Test
    void goesAsFarAsTheRateSaysInTheFirstStepOfAWeightThatIsUnfrozen() {
        for (Optimizer optimizer : List.of(new Adam(), new AdamW().withWeightDecay(0))) {
            try (TorchModel model = trainedWithFrozenHead(optimizer)) {
                float[] before = model.weights().arrays().get(KERNEL).values();
                train(model, 1);
                float[] after = model.weights().arrays().get(KERNEL).values();

                for (int index = 0; index < before.length; index++) {
                    assertThat(Math.abs((double) after[index] - before[index])).isCloseTo(RATE, within(1e-3));
                }
            }
        }
    }

    @Test
    void countsTheStepsOfAWeightFromItsUnfreezingOnAsPyTorchDoes() {
        Adam rule = new Adam(new ConstantRate(RATE), 0.9, 0.999, 1e-3);
        for (WeightName weight : List.of(KERNEL, BIAS)) {
            try (TorchModel model = trainedWithFrozenHead(rule)) {
                requireSteps(model, weight, OptimizerTest::adam, STEPS);
            }
        }
    }

    /** Many steps without the layer {@code fc}, which is free now. */
    private static TorchModel trainedWithFrozenHead(Optimizer optimizer) {
        Network free = SmallClassifier.normalized();
        TorchModel model = new TorchModel(free.withFrozenLayers("fc"::equals), Weights.initialize(free), Device.CPU);
        model.setOptimizer(optimizer, Optional.empty());
        train(model, 1);
        OptimizerState afterOne = model.optimizerState().orElseThrow();
        model.setOptimizer(optimizer, Optional.of(new OptimizerState(10_000, afterOne.slots())));
        model.setFrozen(free);
        return model;
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
    void stepsAsAdamWAndLeavesTheBiasAlone() {
        AdamW adamW = new AdamW(new Adam(new ConstantRate(RATE), 0.9, 0.999, 1e-3), 0.3);
        Rule decaying = (weight, gradient, memory, step) -> adam(weight * (1 - RATE * 0.3), gradient, memory, step);
        requireSame(compilation(adamW), KERNEL, decaying);
        requireSame(compilation(adamW), BIAS, OptimizerTest::adam);
    }

    @Test
    void addsSgdsWeightDecayToTheGradientAsPyTorchDoes() {
        Optimizer sgd = new Sgd(RATE).withMomentum(0.9).withNesterov(true).withWeightDecay(0.3);
        // PyTorch's own form: the velocity without the rate.
        Rule nesterov = (weight, gradient, memory, step) -> {
            double withDecay = gradient + 0.3 * weight;
            memory[0] = 0.9 * memory[0] + withDecay;
            return weight - RATE * (withDecay + 0.9 * memory[0]);
        };
        requireSame(compilation(sgd), KERNEL, nesterov);
        requireSame(compilation(sgd), BIAS, (weight, gradient, memory, step) -> {
            memory[0] = 0.9 * memory[0] + gradient;
            return weight - RATE * (gradient + 0.9 * memory[0]);
        });
        requireSame(
                compilation(new Sgd(RATE).withWeightDecay(0.3)),
                KERNEL,
                (weight, gradient, memory, step) -> weight - RATE * (gradient + 0.3 * weight));
    }

    @Test
    void multipliesTheRateOfAWeightWithItsFactor() {
        for (Optimizer optimizer : List.of(new Adam(), new AdamW().withWeightDecay(0.3), new Sgd().withMomentum(0.9))) {
            double quarter = RATE / 4;
            Compilation compilation = compilation(optimizer).withRateFactors(Map.of(KERNEL, 0.25, BIAS, 0.0));
            try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU);
                    TorchModel slow = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
                model.compile(compilation, Optional.empty());
                slow.setOptimizer(optimizer, Optional.empty());
                model.train(INPUTS, LABELS, Precision.FP32, RATE, 0);
                slow.train(INPUTS, LABELS, Precision.FP32, quarter, 0);

                assertThat(model.weights().arrays().get(KERNEL))
                        .isEqualTo(slow.weights().arrays().get(KERNEL))
                        .isNotEqualTo(Weights.initialize(network).arrays().get(KERNEL));
                assertThat(model.weights().arrays().get(BIAS))
                        .isEqualTo(Weights.initialize(network).arrays().get(BIAS));
            }
        }
    }

    @Test
    void refusesAFactorOfAWeightThatTheNetworkDoesNotHave() {
        Compilation compilation = compilation(new Sgd()).withRateFactors(Map.of(new WeightName("conv", "kernel"), 0.5));
        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            assertThatThrownBy(() -> model.compile(compilation, Optional.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("conv/kernel");
        }
    }

    @Test
    void clipsAllGradientsTogetherAsKerasDoes() {
        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            Map<WeightName, NdArray> gradients = model.gradients(INPUTS, LABELS, Precision.FP32);
            double squares = 0;
            for (NdArray gradient : gradients.values()) {
                for (float number : gradient.values()) {
                    squares += (double) number * number;
                }
            }
            double length = Math.sqrt(squares);
            for (double largest : new double[] {length / 3, length * 3}) {
                double factor = Math.min(1, largest / length);
                requireFirstStep(
                        compilation(new Sgd()).withGlobalClipnorm(largest),
                        (weight, gradient, memory, step) -> weight - RATE * factor * gradient);
            }
        }
    }

    private void requireFirstStep(Compilation compilation, Rule rule) {
        requireSame(compilation, KERNEL, rule, 1);
        requireSame(compilation, BIAS, rule, 1);
    }

    private static Compilation compilation(Optimizer optimizer) {
        return new Compilation(optimizer, Loss.CATEGORICAL_CROSSENTROPY);
    }

    @Test
    void goesOnFromAStateAsIfItHadNotStopped() {
        for (Optimizer optimizer :
                List.of(new Adam(), new AdamW(), new Sgd(RATE).withMomentum(0.9).withWeightDecay(0.1), new Sgd())) {
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

            BatchScores scores = model.train(broken, LABELS, Precision.FP32, RATE, 0);

            assertThat(scores.loss()).isNaN();
            assertThat(model.weights()).isEqualTo(Weights.initialize(network));
        }
    }

    private static void train(TorchModel model, int steps) {
        for (int step = 0; step < steps; step++) {
            model.train(INPUTS, LABELS, Precision.FP32, RATE, 0);
        }
    }

    private void requireSame(Optimizer optimizer, Rule rule) {
        requireSame(compilation(optimizer), KERNEL, rule);
        requireSame(compilation(optimizer), BIAS, rule);
    }

    private void requireSame(Compilation compilation, WeightName weight, Rule rule) {
        requireSame(compilation, weight, rule, STEPS);
    }

    private void requireSame(Compilation compilation, WeightName weight, Rule rule, int steps) {
        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            model.compile(compilation, Optional.empty());
            requireSteps(model, weight, rule, steps);
        }
    }

    /** @param rule counts the steps from here on, and remembers nothing of those before */
    private static void requireSteps(TorchModel model, WeightName weight, Rule rule, int steps) {
        float[] start = model.weights().arrays().get(weight).values();
        double[] expected = new double[start.length];
        double[][] memory = new double[start.length][2];
        for (int index = 0; index < start.length; index++) {
            expected[index] = start[index];
        }
        for (int step = 1; step <= steps; step++) {
            float[] gradient =
                    model.gradients(INPUTS, LABELS, Precision.FP32).get(weight).values();
            model.train(INPUTS, LABELS, Precision.FP32, RATE, 0);
            float[] actual = model.weights().arrays().get(weight).values();
            for (int index = 0; index < expected.length; index++) {
                expected[index] = rule.step(expected[index], gradient[index], memory[index], step);
                assertThat((double) actual[index]).isCloseTo(expected[index], within(2e-6));
            }
        }
    }
}
