package dev.resnet4j.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialMovingAverageTest {
    @Test
    void startsWithTheWeightsAfterTheFirstStepAsKerasDoes() {
        ExponentialMovingAverage average = new ExponentialMovingAverage();

        assertThat(average.momentumAt(0)).isZero();
        assertThat(average.momentumAt(1)).isEqualTo(0.99);
        assertThat(average.momentumAt(1_000_000)).isEqualTo(0.99);
    }

    @Test
    void warmsUpAsTensorFlowDoes() {
        ExponentialMovingAverage average = new ExponentialMovingAverage(0.9).withWarmUp(true);

        assertThat(average.momentumAt(0)).isEqualTo(0.1);
        assertThat(average.momentumAt(8)).isEqualTo(0.5);
        assertThat(average.momentumAt(80)).isEqualTo(0.9);
        assertThat(average.momentumAt(81)).isEqualTo(0.9);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void refusesAMomentumOutOfRange(double momentum) {
        assertThatThrownBy(() -> new ExponentialMovingAverage(momentum))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("momentum", String.valueOf(momentum));
    }
}
