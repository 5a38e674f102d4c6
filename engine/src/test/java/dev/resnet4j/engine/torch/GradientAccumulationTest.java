package dev.resnet4j.engine.torch;

import static dev.resnet4j.engine.torch.SmallClassifier.INPUTS;
import static dev.resnet4j.engine.torch.SmallClassifier.LABELS;
import static dev.resnet4j.engine.torch.SmallClassifier.OTHER_INPUTS;
import static dev.resnet4j.engine.torch.SmallClassifier.OTHER_LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Sgd;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A step of several batches against one of a single batch with all of their pictures. */
class GradientAccumulationTest {
    private static final double RATE = 0.5;
    private static final LabelledBatch FIRST = new LabelledBatch(INPUTS, LABELS);
    private static final LabelledBatch SECOND = new LabelledBatch(OTHER_INPUTS, OTHER_LABELS);

    private static TorchModel model(Network network) {
        TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU);
        model.setOptimizer(new Sgd().withMomentum(0.9), Optional.empty());
        return model;
    }

    private static NdArray joined(NdArray first, NdArray second) {
        float[] values = Arrays.copyOf(first.values(), first.values().length + second.values().length);
        System.arraycopy(second.values(), 0, values, first.values().length, second.values().length);
        int samples = first.shape().dimension(0) + second.shape().dimension(0);
        return new NdArray(Shape.of(samples, first.shape().dimension(1)), values);
    }

    private static NdArray firstRow(NdArray array) {
        return new NdArray(Shape.of(1, array.shape().dimension(1)), array.row(0));
    }

    @Test
    void stepsByTheMeanOverAllPictures() {
        LabelledBatch single = new LabelledBatch(firstRow(OTHER_INPUTS), firstRow(OTHER_LABELS));
        for (LabelledBatch second : List.of(SECOND, single)) {
            try (TorchModel parts = model(SmallClassifier.linear());
                    TorchModel whole = model(SmallClassifier.linear())) {
                for (int step = 0; step < 3; step++) {
                    BatchScores scores = parts.train(List.of(FIRST, second), Precision.FP32, RATE, 0);
                    BatchScores expected = whole.train(
                            joined(INPUTS, second.pictures()),
                            joined(LABELS, second.labels()),
                            Precision.FP32,
                            RATE,
                            0);

                    assertThat(scores.loss()).isCloseTo(expected.loss(), within(1e-6));
                    assertThat(scores.correct()).isEqualTo(expected.correct());
                    requireClose(parts.weights(), whole.weights());
                    assertThat(parts.iterations()).isEqualTo(step + 1);
                }
            }
        }
    }

    private static void requireClose(Weights actual, Weights expected) {
        actual.arrays().forEach((name, array) -> {
            float[] numbers = expected.arrays().get(name).values();
            for (int index = 0; index < numbers.length; index++) {
                assertThat(array.values()[index]).as(name.toString()).isCloseTo(numbers[index], within(2e-6f));
            }
        });
    }

    @Test
    void changesNothingWhereTheLossOfALaterBatchIsNotFinite() {
        NdArray broken = new NdArray(Shape.of(2, 3), new float[] {1, Float.NaN, 3, 0.5f, 0.25f, -1});
        Network network = SmallClassifier.normalized();
        try (TorchModel model = model(network)) {
            BatchScores scores =
                    model.train(List.of(FIRST, new LabelledBatch(broken, LABELS)), Precision.FP32, RATE, 0);

            assertThat(scores.loss()).isNaN();
            assertThat(model.weights()).isEqualTo(Weights.initialize(network));
            assertThat(model.iterations()).isZero();
        }
    }

    @Test
    void changesNothingWhereALaterBatchCannotBeTaken() {
        NdArray tooWide = new NdArray(Shape.of(1, 4), new float[4]);
        Network network = SmallClassifier.normalized();
        try (TorchModel model = model(network)) {
            LabelledBatch wrong = new LabelledBatch(tooWide, firstRow(LABELS));

            assertThatThrownBy(() -> model.train(List.of(FIRST, wrong), Precision.FP32, RATE, 0))
                    .hasMessageContaining("libtorch");
            assertThat(model.weights()).isEqualTo(Weights.initialize(network));
        }
    }

    @Test
    void weighsSamples() {
        LabelledBatch weighted =
                new LabelledBatch(INPUTS, LABELS, Optional.of(new NdArray(Shape.of(2), new float[] {0.5f, 3})));
        try (TorchModel model = model(SmallClassifier.linear())) {
            float[] probabilities = model.predict(INPUTS, Precision.FP32).values();
            double expected = -(0.5 * Math.log(probabilities[0]) + 3 * Math.log(probabilities[3])) / 2;

            assertThat(model.train(List.of(weighted), Precision.FP32, 0, 0).loss())
                    .isCloseTo(expected, within(1e-6));
        }
    }
}
