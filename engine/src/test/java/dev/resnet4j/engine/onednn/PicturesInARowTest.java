package dev.resnet4j.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which batches are laid side by side. */
class PicturesInARowTest {
    private static final Size2D ONE = Size2D.square(1);

    @Test
    void haveAColumnOfZerosBetweenThemAsWideAsTheKernelReaches() {
        assertThat(row(slides(2, 2, 3), 32, NumberType.BFLOAT16)).contains(new PicturesInARow(32, 1));
        assertThat(row(slides(3, 5, 5), 2, NumberType.BFLOAT16)).contains(new PicturesInARow(2, 2));
        assertThat(row(slides(2, 2, 1), 32, NumberType.BFLOAT16)).contains(new PicturesInARow(32, 0));
    }

    @Test
    void haveFewerThanSixteenPixels() {
        assertThat(row(slides(3, 5, 1), 8, NumberType.FLOAT)).isPresent();
        assertThat(row(slides(4, 4, 1), 8, NumberType.FLOAT)).isEmpty();
    }

    @Test
    void haveNoZerosBetweenThemInThirtyTwoBits() {
        assertThat(row(slides(2, 2, 1), 8, NumberType.FLOAT)).isPresent();
        assertThat(row(slides(2, 2, 3), 8, NumberType.FLOAT)).isEmpty();
    }

    @Test
    void areSeveral() {
        assertThat(row(slides(2, 2, 1), 1, NumberType.BFLOAT16)).isEmpty();
    }

    @Test
    void areLookedAtPixelByPixelByOneKernel() {
        Shape two = Shape.of(2, 2, 16);
        ConvolutionShape leavesOut = new ConvolutionShape(two, Shape.of(1, 1, 16), ONE, Size2D.square(2), ONE, 0, 0, 1);
        ConvolutionShape inGroups = new ConvolutionShape(two, two, Size2D.square(3), ONE, ONE, 1, 1, 4);
        ConvolutionShape shrinks = new ConvolutionShape(two, Shape.of(1, 1, 16), Size2D.square(2), ONE, ONE, 0, 0, 1);

        assertThat(row(leavesOut, 8, NumberType.BFLOAT16)).isEmpty();
        assertThat(row(inGroups, 8, NumberType.BFLOAT16)).isEmpty();
        assertThat(row(shrinks, 8, NumberType.BFLOAT16)).isEmpty();
    }

    private static Optional<PicturesInARow> row(ConvolutionShape shape, int batch, NumberType numbers) {
        return PicturesInARow.of(shape, batch, numbers);
    }

    /** With as many zeros around the input as keep its size. */
    private static ConvolutionShape slides(int height, int width, int kernel) {
        Shape map = Shape.of(height, width, 16);
        return new ConvolutionShape(map, map, Size2D.square(kernel), ONE, ONE, kernel / 2, kernel / 2, 1);
    }
}
