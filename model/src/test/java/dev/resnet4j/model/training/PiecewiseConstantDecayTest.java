package dev.resnet4j.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecewiseConstantDecayTest {
    /** Keras's documentation: the first 100001 steps 1.0, the next 10000 0.5, and 0.1 from then on. */
    @ParameterizedTest
    @CsvSource({"0, 1", "100000, 1", "100001, 0.5", "110000, 0.5", "110001, 0.1", "1000000000000, 0.1"})
    void changesAfterEachBoundaryAsKerasDoes(long step, double rate) {
        assertThat(new PiecewiseConstantDecay(List.of(100_000L, 110_000L), List.of(1.0, 0.5, 0.1)).at(step))
                .isEqualTo(rate);
    }

    @Test
    void refusesBoundariesThatDoNotAscend() {
        assertThatThrownBy(() -> new PiecewiseConstantDecay(List.of(5L, 5L), List.of(1.0, 0.5, 0.1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[5, 5]");
        assertThatThrownBy(() -> new PiecewiseConstantDecay(List.of(-1L), List.of(1.0, 0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[-1]");
    }

    @Test
    void refusesOtherThanOneRateMoreThanBoundaries() {
        assertThatThrownBy(() -> new PiecewiseConstantDecay(List.of(5L), List.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 1 and 1");
        assertThatThrownBy(() -> new PiecewiseConstantDecay(List.of(), List.of(1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 0 and 1");
    }

    @Test
    void refusesARateOutOfRange() {
        assertThatThrownBy(() -> new PiecewiseConstantDecay(List.of(5L), List.of(1.0, -0.5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-0.5");
    }
}
