package dev.resnet4j.formats.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisOrderTest {
    private final NdArray array = new NdArray(Shape.of(2, 3), new float[] {1, 2, 3, 4, 5, 6});

    @Test
    void turnsAMatrixRound() {
        assertThat(AxisOrder.transposed(array, List.of(1, 0)))
                .isEqualTo(new NdArray(Shape.of(3, 2), new float[] {1, 4, 2, 5, 3, 6}));
        assertThat(AxisOrder.transposed(array, List.of(0, 1))).isEqualTo(array);
    }

    /** NumPy's {@code np.arange(24).reshape(2, 3, 4).transpose(2, 0, 1).ravel()[:7]}. */
    @Test
    void movesEveryAxisToItsPlace() {
        float[] values = new float[24];
        for (int index = 0; index < values.length; index++) {
            values[index] = index;
        }
        NdArray moved = AxisOrder.transposed(new NdArray(Shape.of(2, 3, 4), values), List.of(2, 0, 1));

        assertThat(moved.shape()).isEqualTo(Shape.of(4, 2, 3));
        assertThat(moved.values()).startsWith(0, 4, 8, 12, 16, 20, 1);
        assertThat(moved.get(3, 1, 2)).isEqualTo(23);
    }

    @Test
    void leavesASingleNumber() {
        NdArray number = new NdArray(Shape.of(), new float[] {7});

        assertThat(AxisOrder.transposed(number, List.of())).isEqualTo(number);
    }
}
