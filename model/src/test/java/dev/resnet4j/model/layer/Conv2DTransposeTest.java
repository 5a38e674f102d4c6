package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Conv2DTransposeTest {
    /** Keras's rule for the length of a transposed convolution, with and without output padding. */
    @ParameterizedTest
    @CsvSource({
        // size, kernel, stride, dilation, padding, output padding, expected
        "5, 3, 1, 1, VALID, , 7",
        "5, 3, 2, 1, VALID, , 11",
        "5, 2, 3, 1, VALID, , 15",
        "5, 3, 2, 1, SAME, , 10",
        "5, 3, 2, 1, SAME, 0, 9",
        "5, 3, 2, 1, SAME, 1, 10",
        "5, 4, 2, 1, SAME, 1, 9",
        "5, 3, 2, 1, VALID, 1, 12",
        "5, 3, 1, 2, VALID, , 9"
    })
    void growsByItsStrides(
            int size, int kernel, int stride, int dilation, Padding padding, Integer outputPadding, int expected) {
        Conv2DTranspose layer = new Conv2DTranspose(4, kernel)
                .withWindow(new Window(Size2D.square(kernel), Size2D.square(stride), padding, Size2D.square(dilation)));
        if (outputPadding != null) {
            layer = layer.withOutputPadding(outputPadding, outputPadding);
        }

        assertThat(layer.outputShape(List.of(Shape.of(size, size, 3)))).isEqualTo(Shape.of(expected, expected, 4));
    }

    @Test
    void hasAKernelWithItsFiltersBeforeTheInputsChannels() {
        Conv2DTranspose layer = new Conv2DTranspose(8, 3);

        assertThat(layer.weights(List.of(Shape.of(5, 5, 2))))
                .containsExactly(
                        new WeightSpec("kernel", Shape.of(3, 3, 8, 2), layer.kernelInitializer(), true),
                        new WeightSpec("bias", Shape.of(8), new Zeros(), true));
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "0, 2", "-1, 0", "0, -1"})
    void refusesAnOutputPaddingThatIsNotBelowTheStride(int height, int width) {
        Conv2DTranspose layer = new Conv2DTranspose(4, 3).withWindow(new Window(3).withStrides(Size2D.square(2)));

        assertThatThrownBy(() -> layer.withOutputPadding(height, width))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("an output padding must be at least 0 and below the stride of 2x2, got " + height + "x"
                        + width);
    }

    @Test
    void refusesAnOutputThatWouldBeEmptyOrUncountable() {
        Conv2DTranspose empty = new Conv2DTranspose(4, 4)
                .withWindow(new Window(4).withPadding(Padding.SAME))
                .withOutputPadding(0, 0);
        Conv2DTranspose huge = new Conv2DTranspose(4, 3).withWindow(new Window(3).withStrides(Size2D.square(1 << 30)));

        assertThatThrownBy(() -> empty.withName("up").outputShape(List.of(Shape.of(1, 1, 3))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("Conv2DTranspose 'up': an input of 1 pixels would become 0");
        assertThatThrownBy(() -> huge.outputShape(List.of(Shape.of(5, 5, 3))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContaining("5368709120");
    }

    @Test
    void refusesAnOutputThatNoConvolutionTurnsBack() {
        Conv2DTranspose layer = new Conv2DTranspose(4, 4)
                .withWindow(new Window(4).withStrides(Size2D.square(2)).withPadding(Padding.SAME))
                .withOutputPadding(0, 0);

        assertThatThrownBy(() -> layer.withName("up").outputShape(List.of(Shape.of(5, 5, 3))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("Conv2DTranspose 'up': no convolution turns 8 pixels back into 5: an even kernel with same"
                        + " padding needs an output padding above 0");
    }
}
