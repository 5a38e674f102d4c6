package dev.resnet4j.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OneCycleTest {
    /** Worked out in Python from the rule that PyTorch documents, for max_lr 0.1 and total_steps 10. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.0040000000000000036",
        "1, 0.052000000000000005",
        "2, 0.1",
        "3, 0.09504846320134738",
        "5, 0.06112620219362893",
        "8, 0.004951936798652629",
        "9, 4e-07",
        "10, 4e-07",
        "1000, 4e-07"
    })
    void goesUpAndDownAsPyTorchsUsualCycleAndThenStays(long step, double rate) {
        assertThat(new OneCycle(0.004, 0.1, 4e-7, 10, 0.3).at(step)).isCloseTo(rate, within(1e-15));
    }

    /** Likewise for max_lr 1, total_steps 7 and pct_start 0.5: the highest rate lies between two steps. */
    @ParameterizedTest
    @CsvSource({
        "0, 0.040000000000000036",
        "1, 0.3716718427000253",
        "2, 0.9083281572999747",
        "3, 0.9504846320134737",
        "4, 0.6112620219362893",
        "5, 0.18825834605023697",
        "6, 4e-06"
    })
    void passesItsHighestRateBetweenTwoSteps(long step, double rate) {
        assertThat(new OneCycle(0.04, 1, 4e-6, 7, 0.5).at(step)).isCloseTo(rate, within(1e-15));
    }

    @Test
    void hasARateForEachLengthOfTraining() {
        assertThat(new OneCycle(0.1, 1, 0.01, 1, 0.3).at(0)).isCloseTo(0.01, within(1e-15));
        assertThat(new OneCycle(0.1, 1, 0.01, 1, 1).at(0)).isEqualTo(1);
        assertThat(new OneCycle(0.1, 1, 0.01, 10, 0.1).at(0)).isEqualTo(1);
        assertThat(new OneCycle(0.1, 1, 0.01, 10, 0).at(9)).isCloseTo(0.01, within(1e-15));
        assertThat(new OneCycle(0.1, 1, 0.01, 10, 1).at(9)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 1, 0, 10, 0.3",
        "0, NaN, 0, 10, 0.3",
        "0, 1, Infinity, 10, 0.3",
        "0, 1, 0, 0, 0.3",
        "0, 1, 0, 10, 1.1",
        "0, 1, 0, 10, NaN"
    })
    void refusesNumbersOutOfRange(double initial, double highest, double last, long steps, double share) {
        assertThatThrownBy(() -> new OneCycle(initial, highest, last, steps, share))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got ");
    }
}
