package dev.resnet4j.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WilsonIntervalTest {
    /** R. G. Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3. */
    @ParameterizedTest
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void agreesWithNewcombesTable(int successes, int trials, double lower, double upper) {
        WilsonInterval interval = WilsonInterval.of(successes, trials);

        assertThat(interval.lower()).isCloseTo(lower, within(0.00005));
        assertThat(interval.upper()).isCloseTo(upper, within(0.00005));
    }

    @Test
    void staysBetweenNoneAndAll() {
        assertThat(WilsonInterval.of(0, 7).lower()).isZero();
        assertThat(WilsonInterval.of(7, 7).upper()).isEqualTo(1);
        assertThat(WilsonInterval.of(7, 7).lower())
                .isCloseTo(1 - WilsonInterval.of(0, 7).upper(), within(1e-12));
    }

    @Test
    void refusesMoreSuccessesThanTrials() {
        assertThatThrownBy(() -> WilsonInterval.of(4, 3)).hasMessageContaining("4 successes in 3 trials");
        assertThatThrownBy(() -> WilsonInterval.of(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
