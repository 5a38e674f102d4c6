package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.initializer.Ones;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchNormalizationTest {
    @Test
    void keepsTheShape() {
        assertThat(new BatchNormalization().outputShape(List.of(Shape.of(4, 5, 6))))
                .isEqualTo(Shape.of(4, 5, 6));
        assertThat(new BatchNormalization().outputShape(List.of(Shape.of(6)))).isEqualTo(Shape.of(6));
    }

    @Test
    void hasFourWeightsAChannelTwoOfThemTrainable() {
        Shape channels = Shape.of(6);

        assertThat(new BatchNormalization().weights(List.of(Shape.of(4, 5, 6))))
                .containsExactly(
                        new WeightSpec("gamma", channels, new Ones(), true),
                        new WeightSpec("beta", channels, new Zeros(), true),
                        new WeightSpec("moving_mean", channels, new Zeros(), false),
                        new WeightSpec("moving_variance", channels, new Ones(), false));
    }

    @Test
    void hasKerasDefaults() {
        assertThat(new BatchNormalization()).isEqualTo(new BatchNormalization("", 0.99, 0.001, true, true));
        assertThat(new BatchNormalization().withMomentum(0.9).withName("bn"))
                .isEqualTo(new BatchNormalization("bn", 0.9, 0.001, true, true));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesAMomentumOutOfRange(double momentum) {
        assertThatThrownBy(() -> new BatchNormalization().withMomentum(momentum))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("momentum must be between 0 and 1", String.valueOf(momentum));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1e-3, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAnEpsilonOutOfRange(double epsilon) {
        assertThatThrownBy(() -> new BatchNormalization("", 0.99, epsilon, true, true))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("epsilon must be above 0", String.valueOf(epsilon));
    }
}
