package dev.resnet4j.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class NdArrayTest {
    private final NdArray array = new NdArray(Shape.of(2, 3, 2), new float[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});

    @Test
    void countsTheLastAxisFastest() {
        assertThat(array.get(0, 0, 1)).isEqualTo(1);
        assertThat(array.get(0, 2, 0)).isEqualTo(4);
        assertThat(array.get(1, 0, 0)).isEqualTo(6);
        assertThat(array.get(1, 2, 1)).isEqualTo(11);
    }

    @Test
    void copiesAnInnermostRow() {
        float[] row = array.row(1, 0);
        assertThat(row).containsExactly(6, 7);

        row[0] = -1;
        assertThat(array.get(1, 0, 0)).isEqualTo(6);
    }

    @Test
    void takesAVectorAsOneRow() {
        assertThat(new NdArray(Shape.of(2), new float[] {3, 4}).row()).containsExactly(3, 4);
    }

    @Test
    void holdsASingleNumber() {
        assertThat(new NdArray(Shape.of(), new float[] {7}).get()).isEqualTo(7);
    }

    @Test
    void refusesMoreOrFewerIndicesThanAxes() {
        assertThatThrownBy(() -> array.get(1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("(2, 3, 2)", "3 indices", "[1, 2]");
        assertThatThrownBy(() -> array.get(1, 2, 0, 0)).hasMessageContaining("[1, 2, 0, 0]");
        assertThatThrownBy(() -> array.row(1, 2, 0)).hasMessageContainingAll("2 indices", "[1, 2, 0]");
    }

    @Test
    void refusesAnIndexOutsideItsAxis() {
        assertThatThrownBy(() -> array.get(0, 3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> array.row(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesAnotherNumberOfValuesThanItsShapeHolds() {
        assertThatThrownBy(() -> new NdArray(Shape.of(2, 3), new float[5]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("(2, 3)", "6", "5");
    }

    @Test
    void isEqualByShapeAndNumbers() {
        NdArray column = new NdArray(Shape.of(2, 1), new float[] {1, 2});

        assertThat(column).isEqualTo(new NdArray(Shape.of(2, 1), new float[] {1, 2}));
        assertThat(column).hasSameHashCodeAs(new NdArray(Shape.of(2, 1), new float[] {1, 2}));
        assertThat(column).isNotEqualTo(new NdArray(Shape.of(1, 2), new float[] {1, 2}));
        assertThat(column).isNotEqualTo(new NdArray(Shape.of(2, 1), new float[] {1, 3}));
    }

    @Test
    void knowsItsLargestMagnitude() {
        assertThat(new NdArray(Shape.of(3), new float[] {1, -3, 2}).largestMagnitude())
                .isEqualTo(3);
        assertThat(new NdArray(Shape.of(2), new float[] {Float.NaN, 2}).largestMagnitude())
                .isNaN();
    }

    @Test
    void isWrittenByItsShapeAlone() {
        assertThat(array).hasToString("NdArray(2, 3, 2)");
    }
}
