package dev.resnet4j.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossTest {
    @Test
    void isNamedAsInKeras() {
        assertThat(Loss.CATEGORICAL_CROSSENTROPY.kerasName()).isEqualTo("categorical_crossentropy");
    }

    @Test
    void takesLabelsAsTheyAreUnlessToldToSmoothThem() {
        assertThat(Loss.CATEGORICAL_CROSSENTROPY.labelSmoothing()).isZero();
        assertThat(Loss.CATEGORICAL_CROSSENTROPY.withLabelSmoothing(0.1).labelSmoothing())
                .isEqualTo(0.1);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesASmoothingOutOfRange(double smoothing) {
        assertThatThrownBy(() -> new Loss(smoothing))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("label smoothing", String.valueOf(smoothing));
    }
}
