package dev.resnet4j.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinearWarmupTest {
    private static final LearningRate STEPS = new PiecewiseConstantDecay(List.of(7L), List.of(0.4, 0.04));

    @ParameterizedTest
    @CsvSource({"0, 0.1", "1, 0.175", "3, 0.325", "4, 0.4", "7, 0.4", "8, 0.04"})
    void growsEvenlyAndThenGoesOnAsTheScheduleWithoutPuttingItOff(long step, double rate) {
        assertThat(new LinearWarmup(0.1, 4, STEPS).at(step)).isCloseTo(rate, within(1e-15));
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> new LinearWarmup(-0.1, 4, STEPS)).hasMessageContaining("-0.1");
        assertThatThrownBy(() -> new LinearWarmup(0.1, 0, STEPS)).hasMessageContaining("got 0");
    }

    @Test
    void refusesAWarmupOfAWarmup() {
        assertThatThrownBy(() -> new LinearWarmup(0, 4, new LinearWarmup(0, 4, STEPS)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another warm-up");
    }
}
