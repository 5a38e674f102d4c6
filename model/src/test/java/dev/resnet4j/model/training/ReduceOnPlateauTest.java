package dev.resnet4j.model.training;

import static dev.resnet4j.model.training.HistoryTest.accuracies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReduceOnPlateauTest {
    private static final ReduceOnPlateau RULE = new ReduceOnPlateau(2, 0.5);

    @Test
    void leavesTheRateWhileTrainingGetsBetter() {
        assertThat(RULE.rateFactor(History.EMPTY)).isEqualTo(1);
        assertThat(RULE.rateFactor(accuracies(0.1, 0.2, 0.1, 0.3, 0.2))).isEqualTo(1);
    }

    @Test
    void reducesAfterEachPlateau() {
        assertThat(RULE.rateFactor(accuracies(0.5, 0.4, 0.4))).isEqualTo(0.5);
        assertThat(RULE.rateFactor(accuracies(0.5, 0.4, 0.4, 0.4))).isEqualTo(0.5);
        assertThat(RULE.rateFactor(accuracies(0.5, 0.4, 0.4, 0.5, 0.5))).isEqualTo(0.25);
        assertThat(RULE.rateFactor(accuracies(0.5, 0.4, 0.4, 0.6, 0.5))).isEqualTo(0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, Double.NaN})
    void refusesAFactorThatDoesNotReduce(double factor) {
        assertThatThrownBy(() -> new ReduceOnPlateau(2, factor))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(String.valueOf(factor));
    }

    @Test
    void refusesNoPatience() {
        assertThatThrownBy(() -> new ReduceOnPlateau(0, 0.5)).hasMessageContaining("patience of 0");
    }
}
