package dev.resnet4j.engine.torch;

import static dev.resnet4j.engine.torch.SmallClassifier.INPUTS;
import static dev.resnet4j.engine.torch.SmallClassifier.LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.OptimizerState;
import dev.resnet4j.model.training.Sgd;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The average against its rule, written out in double precision on the weights of each step. */
class AveragedWeightsTest {
    private static final double RATE = 0.5;

    private final Network network = SmallClassifier.normalized();

    private static Compilation averaging(ExponentialMovingAverage rule) {
        return new Compilation(new Sgd().withMomentum(0.9), Loss.CATEGORICAL_CROSSENTROPY).withAverage(rule);
    }

    private TorchModel model(Compilation compilation) {
        TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU);
        model.compile(compilation, Optional.empty());
        return model;
    }

    private static void train(TorchModel model, int steps) {
        for (int step = 0; step < steps; step++) {
            model.train(INPUTS, LABELS, Precision.FP32, RATE, 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void averagesWeightsAndMovingStatisticsOverTheSteps(boolean warmUp) {
        ExponentialMovingAverage rule = new ExponentialMovingAverage(0.6, warmUp);
        Map<WeightName, double[]> expected = new LinkedHashMap<>();
        Weights.initialize(network).arrays().forEach((name, array) -> expected.put(name, doubles(array)));
        try (TorchModel model = model(averaging(rule))) {
            for (int step = 0; step < 20; step++) {
                train(model, 1);
                double momentum = rule.momentumAt(step);
                model.weights().arrays().forEach((name, array) -> {
                    double[] average = expected.get(name);
                    for (int index = 0; index < average.length; index++) {
                        average[index] = momentum * average[index] + (1 - momentum) * array.values()[index];
                    }
                });
                requireClose(model.weightsForUse(), expected);
            }
            assertThat(model.weightsForUse()).isNotEqualTo(model.weights());
        }
    }

    private static double[] doubles(NdArray array) {
        double[] numbers = new double[array.values().length];
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] = array.values()[index];
        }
        return numbers;
    }

    private static void requireClose(Weights actual, Map<WeightName, double[]> expected) {
        assertThat(actual.arrays().keySet()).isEqualTo(expected.keySet());
        actual.arrays().forEach((name, array) -> {
            double[] numbers = expected.get(name);
            for (int index = 0; index < numbers.length; index++) {
                assertThat((double) array.values()[index]).as(name.toString()).isCloseTo(numbers[index], within(1e-6));
            }
        });
    }

    @Test
    void doesNotChangeTheTrainingItself() {
        try (TorchModel averaged = model(averaging(new ExponentialMovingAverage(0.6)));
                TorchModel plain = model(new Compilation(new Sgd().withMomentum(0.9), Loss.CATEGORICAL_CROSSENTROPY))) {
            train(averaged, 5);
            train(plain, 5);

            assertThat(averaged.weights()).isEqualTo(plain.weights());
            assertThat(plain.weightsForUse()).isEqualTo(plain.weights());
        }
    }

    @Test
    void judgesAndPredictsWithTheAverage() {
        try (TorchModel model = model(averaging(new ExponentialMovingAverage(0.9)))) {
            train(model, 6);
            try (TorchModel ofAverage = new TorchModel(network, model.weightsForUse(), Device.CPU)) {
                assertThat(model.predict(INPUTS, Precision.FP32)).isEqualTo(ofAverage.predict(INPUTS, Precision.FP32));
                assertThat(model.evaluate(INPUTS, LABELS, Precision.FP32, false))
                        .isEqualTo(ofAverage.evaluate(INPUTS, LABELS, Precision.FP32, false))
                        .isNotEqualTo(plainScores(model.weights()));
            }
        }
    }

    private BatchScores plainScores(Weights weights) {
        try (TorchModel model = new TorchModel(network, weights, Device.CPU)) {
            return model.evaluate(INPUTS, LABELS, Precision.FP32, false);
        }
    }

    @Test
    void goesOnFromAStateAsIfItHadNotStopped() {
        Compilation compilation = averaging(new ExponentialMovingAverage(0.9, true));
        try (TorchModel whole = model(compilation);
                TorchModel first = model(compilation)) {
            train(whole, 7);
            train(first, 3);
            try (TorchModel second = new TorchModel(network, first.weights(), Device.CPU)) {
                second.compile(compilation, first.optimizerState());
                train(second, 4);

                assertThat(second.weights()).isEqualTo(whole.weights());
                assertThat(second.optimizerState()).isEqualTo(whole.optimizerState());
                assertThat(second.optimizerState().flatMap(OptimizerState::average))
                        .contains(second.weightsForUse());
            }
        }
    }

    @Test
    void staysWhereTheLossIsNotFinite() {
        try (TorchModel model = model(averaging(new ExponentialMovingAverage(0.9)))) {
            train(model, 2);
            Weights before = model.weightsForUse();

            NdArray broken = new NdArray(Shape.of(2, 3), new float[] {1, Float.NaN, 3, 0.5f, 0.25f, -1});
            model.train(broken, LABELS, Precision.FP32, RATE, 0);

            assertThat(model.weightsForUse()).isEqualTo(before);
        }
    }
}
