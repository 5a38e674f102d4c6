package dev.resnet4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionTest {
    private static final Prediction PREDICTION =
            new Prediction(List.of(0.1f, 0.3f, 0.2f, 0.3f, 0.1f), List.of("a", "b", "c", "d", "e"));

    @Test
    void givesTheMostProbableClassesFirstAndEqualOnesInTheirOrder() {
        assertThat(PREDICTION.top(4))
                .containsExactly(
                        new ClassProbability(1, "b", 0.3f),
                        new ClassProbability(3, "d", 0.3f),
                        new ClassProbability(2, "c", 0.2f),
                        new ClassProbability(0, "a", 0.1f));
        assertThat(PREDICTION.className()).isEqualTo("b");
    }

    @Test
    void givesAllClassesWhereMoreAreAskedFor() {
        assertThat(PREDICTION.top(7)).extracting(ClassProbability::index).containsExactly(1, 3, 2, 0, 4);
    }

    @Test
    void refusesToGiveNone() {
        assertThatThrownBy(() -> PREDICTION.top(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 0");
    }
}
