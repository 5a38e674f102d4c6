package dev.resnet4j.conformance;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.GroupNormalization;
import dev.resnet4j.model.layer.LayerNormalization;
import dev.resnet4j.model.layer.Normalization;
import dev.resnet4j.model.layer.Rescaling;
import dev.resnet4j.model.layer.Reshape;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Normalisations other than a batch's, and scaling, as Keras puts them together from TensorFlow's operations. */
class NormalizationConformanceTest {
    private static final Size2D SIZE = new Size2D(5, 4);
    private static final List<Double> OF_EACH_CHANNEL = List.of(0.5, -1.0, 2.0, 0.25, 3.0, -0.75);

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void normalizesByTheBatchWithAndWithoutGammaAndBeta(boolean center, boolean scale) {
        LayerComparison.requireSame(SIZE, new BatchNormalization("bn", 0.9, 1e-3, center, scale));
    }

    @ParameterizedTest
    @CsvSource({"1, true, true", "2, true, false", "3, false, true", "3, true, true", "1, false, false"})
    void normalizesTheLastAxes(int axes, boolean center, boolean scale) {
        LayerComparison.requireSame(SIZE, new LayerNormalization("ln", axes, 1e-3, center, scale));
    }

    @Test
    void normalizesTheLastAxesOfOtherRanks() {
        for (int axes = 1; axes <= 2; axes++) {
            LayerNormalization layer = new LayerNormalization("ln", axes, 1e-5, true, true);
            LayerComparison.requireSame(SIZE, x -> layer.apply(new Reshape(Shape.of(20, 6)).apply(x)));
            LayerComparison.requireSame(SIZE, x -> layer.apply(new Reshape(Shape.of(4, 5, 2, 3)).apply(x)));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, true, true", "2, true, true", "3, false, true", "6, true, false", "-1, true, true"})
    void normalizesGroupsOfChannels(int groups, boolean center, boolean scale) {
        LayerComparison.requireSame(SIZE, new GroupNormalization("gn", groups, 1e-3, center, scale));
        LayerComparison.requireSame(
                SIZE,
                x -> new GroupNormalization("gn", groups, 1e-3, center, scale)
                        .apply(new Reshape(Shape.of(20, 6)).apply(x)));
    }

    @Test
    void normalizesByKnownStatistics() {
        List<Double> variances = List.of(0.5, 1.0, 2.0, 0.25, 0.0, 4.0);
        for (boolean invert : new boolean[] {false, true}) {
            LayerComparison.requireSame(SIZE, new Normalization("n", List.of(), List.of(), invert));
            LayerComparison.requireSame(SIZE, new Normalization("n", List.of(0.3), List.of(2.0), invert));
            LayerComparison.requireSame(SIZE, new Normalization("n", OF_EACH_CHANNEL, List.of(2.0), invert));
            LayerComparison.requireSameOutputs(
                    LayerComparison.network(SIZE, new Normalization("n", OF_EACH_CHANNEL, variances, invert)::apply),
                    LayerComparison.pictures(SIZE));
        }
    }

    @Test
    void rescales() {
        LayerComparison.requireSame(SIZE, new Rescaling(1 / 127.5, -1));
        LayerComparison.requireSame(SIZE, new Rescaling("r", OF_EACH_CHANNEL, List.of(0.1)));
        LayerComparison.requireSame(
                SIZE,
                x -> new Rescaling("r", List.of(2.0), OF_EACH_CHANNEL).apply(new Reshape(Shape.of(20, 6)).apply(x)));
    }
}
