package dev.resnet4j.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Sgd;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchNormalizationTest {
    private final Network network = network();
    private final TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU);
    private final NdArray inputs = new NdArray(Shape.of(4, 1), new float[] {1, 2, 3, 10});
    private final NdArray labels = new NdArray(Shape.of(4, 2), new float[] {1, 0, 0, 1, 1, 0, 0, 1});

    private static Network network() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(1));
        SymbolicTensor normalized = new BatchNormalization().withName("bn").apply(input);
        SymbolicTensor output = new Dense(2)
                .withActivation(ActivationFunction.SOFTMAX)
                .withName("fc")
                .apply(normalized);
        return Network.of("test", input, output);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void movesTheMeanAndTheUnbiasedVarianceByOneHundredth() {
        model.setOptimizer(new Sgd(), Optional.empty());

        model.train(inputs, labels, Precision.FP32, 0, 0);

        assertThat(moving("moving_mean")).isCloseTo(0.01 * 4, within(1e-7));
        // The squared distances from 4 add up to 50; the unbiased variance divides them by 3.
        assertThat(moving("moving_variance")).isCloseTo(0.99 + 0.01 * 50 / 3, within(1e-6));
    }

    @Test
    void takesABatchOfOneWithoutBreakingTheMovingVariance() {
        model.setOptimizer(new Sgd(), Optional.empty());
        NdArray single = new NdArray(Shape.of(1, 1), new float[] {5});

        model.train(single, new NdArray(Shape.of(1, 2), new float[] {1, 0}), Precision.FP32, 0, 0);

        assertThat(moving("moving_mean")).isCloseTo(0.05, within(1e-7));
        assertThat(moving("moving_variance")).isCloseTo(0.99, within(1e-7));
    }

    @Test
    void leavesTheMovingStatisticsWhereTheLossIsNotFinite() {
        model.setOptimizer(new Sgd(), Optional.empty());
        NdArray broken = new NdArray(Shape.of(4, 1), new float[] {1, 2, Float.NaN, 10});

        assertThat(model.train(broken, labels, Precision.FP32, 0.1, 0).loss()).isNaN();

        assertThat(model.weights()).isEqualTo(Weights.initialize(network));
    }

    @Test
    void judgesOnBatchStatisticsWithoutMovingAnything() {
        double moving = model.evaluate(inputs, labels, Precision.FP32, false).loss();
        double batch = model.evaluate(inputs, labels, Precision.FP32, true).loss();

        assertThat(batch).isNotCloseTo(moving, within(1e-3));
        assertThat(moving("moving_mean")).isZero();
        assertThat(moving("moving_variance")).isEqualTo(1);
    }

    private double moving(String weight) {
        return model.weights().get("bn", weight).values()[0];
    }
}
