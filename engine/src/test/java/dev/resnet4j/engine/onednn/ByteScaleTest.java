package dev.resnet4j.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import org.junit.jupiter.api.Test;

class ByteScaleTest {
    @Test
    void hasASignWhereSomethingIsBelowZero() {
        assertThat(ByteScale.of(new ValueRange(0, 51))).isEqualTo(new ByteScale(false, 0.2f));
        assertThat(ByteScale.of(new ValueRange(-254, 3))).isEqualTo(new ByteScale(true, 2));
        assertThat(ByteScale.of(new ValueRange(-1, 12.7f))).isEqualTo(new ByteScale(true, 0.1f));
    }

    @Test
    void hasAStepWhereAllIsZero() {
        assertThat(ByteScale.of(new ValueRange(0, 0)).step()).isPositive();
    }

    @Test
    void cutsEachOutputChannelOfAKernelByItself() {
        NdArray kernel = new NdArray(Shape.of(1, 1, 2, 3), new float[] {127, 1, 0, -50.4f, -2, 0});

        ByteKernel bytes = ByteKernel.of(new FoldedKernel(kernel, new float[3]));

        assertThat(bytes.values()).containsExactly(127, 64, 0, -50, -127, 0);
        assertThat(bytes.steps()).containsExactly(1, 2f / 127, 1);
    }
}
