package dev.resnet4j.model.training;

import static dev.resnet4j.model.training.HistoryTest.accuracies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EarlyStoppingTest {
    @Test
    void isDueWhenTheBestEpochLiesFarEnoughBack() {
        EarlyStopping rule = new EarlyStopping(2);

        assertThat(rule.isDue(History.EMPTY)).isFalse();
        assertThat(rule.isDue(accuracies(0.5, 0.4))).isFalse();
        assertThat(rule.isDue(accuracies(0.5, 0.4, 0.5))).isTrue();
        assertThat(rule.isDue(accuracies(0.5, 0.4, 0.6, 0.5))).isFalse();
    }

    @Test
    void refusesNoPatience() {
        assertThatThrownBy(() -> new EarlyStopping(0)).hasMessageContaining("got 0");
    }
}
