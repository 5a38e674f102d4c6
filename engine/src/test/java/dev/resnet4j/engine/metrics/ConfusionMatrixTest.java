package dev.resnet4j.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
    private static final List<String> NAMES = List.of("cat", "dog", "owl", "unseen");

    /** scikit-learn's classification_report of these answers was worked out by hand. */
    private static final ConfusionMatrix MATRIX =
            ConfusionMatrix.of(NAMES, List.of(0, 1, 2, 2, 2, 0), List.of(0, 0, 2, 2, 1, 0));

    @Test
    void countsRowsOfActualAndColumnsOfPredictedClasses() {
        assertThat(MATRIX.counts())
                .containsExactly(List.of(2, 0, 0, 0), List.of(1, 0, 0, 0), List.of(0, 1, 2, 0), List.of(0, 0, 0, 0));
        assertThat(MATRIX.samples()).isEqualTo(6);
        assertThat(MATRIX.correct()).isEqualTo(4);
        assertThat(MATRIX.accuracy()).isCloseTo(4 / 6.0, within(1e-12));
        assertThat(MATRIX.actual(2)).isEqualTo(3);
        assertThat(MATRIX.predicted(0)).isEqualTo(3);
    }

    @Test
    void scoresEachClass() {
        List<ClassScores> scores = MATRIX.classScores();

        assertThat(scores.get(0)).isEqualTo(new ClassScores(2, 2 / 3.0, 1, 0.8));
        assertThat(scores.get(1)).isEqualTo(new ClassScores(1, 0, 0, 0));
        assertThat(scores.get(2)).isEqualTo(new ClassScores(3, 1, 2 / 3.0, 0.8));
        assertThat(scores.get(3)).isEqualTo(new ClassScores(0, 0, 0, 0));
    }

    @Test
    void leavesAClassThatNothingIsOrIsTakenForOutOfTheMean() {
        ClassScores mean = MATRIX.macroMean();

        assertThat(mean.support()).isEqualTo(6);
        assertThat(mean.precision()).isCloseTo((2 / 3.0 + 0 + 1) / 3, within(1e-12));
        assertThat(mean.recall()).isCloseTo((1 + 0 + 2 / 3.0) / 3, within(1e-12));
        assertThat(mean.f1()).isCloseTo((0.8 + 0 + 0.8) / 3, within(1e-12));
    }

    @Test
    void refusesCountsThatAreNotSquareOrNegative() {
        assertThatThrownBy(() -> new ConfusionMatrix(List.of("a", "b"), List.of(List.of(1, 2))))
                .hasMessageContaining("2 rows of 2");
        assertThatThrownBy(() -> new ConfusionMatrix(List.of("a"), List.of(List.of(-1))))
                .hasMessageContaining("below 0");
        assertThatThrownBy(() -> ConfusionMatrix.of(NAMES, List.of(1), List.of()))
                .hasMessageContaining("1 labels but 0 predictions");
    }
}
