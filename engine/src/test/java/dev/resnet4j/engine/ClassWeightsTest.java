package dev.resnet4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassWeightsTest {
    @Test
    void givesEachClassTheSameSay() {
        Dataset pictures = SmallData.pictures(5, 1);

        // Two red, two green, one blue.
        assertThat(ClassWeights.balanced(pictures)).containsExactly(5.0 / 6, 5.0 / 6, 5.0 / 3);
    }

    @Test
    void takesTheMeanOfTheWeightsByTheSharesOfALabel() {
        NdArray labels = new NdArray(Shape.of(2, 3), new float[] {0, 1, 0, 0.5f, 0, 0.5f});

        NdArray weights = ClassWeights.ofSamples(labels, List.of(1.0, 2.0, 4.0));

        assertThat(weights).isEqualTo(new NdArray(Shape.of(2), new float[] {2, 2.5f}));
    }

    @Test
    void refusesAWeightOutOfRange() {
        for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> FitOptions.epochs(1).withClassWeights(List.of(1.0, weight)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(String.valueOf(weight));
        }
    }
}
