package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AveragePooling2DTest {
    @ParameterizedTest
    @CsvSource({
        "6x8, 2, 2, VALID, 3x4",
        "7x9, 2, 2, VALID, 3x4",
        "7x9, 2, 2, SAME, 4x5",
        "32x32, 3, 2, VALID, 15x15",
        "32x32, 3, 2, SAME, 16x16",
        "5x5, 3, 1, VALID, 3x3",
        "5x5, 3, 1, SAME, 5x5",
        "3x3, 3, 3, VALID, 1x1",
        "2x2, 3, 3, SAME, 1x1"
    })
    void slidesItsWindowOverEachChannel(String size, int pool, int stride, Padding padding, String expected) {
        AveragePooling2D layer = new AveragePooling2D(pool).withStrides(stride).withPadding(padding);

        assertThat(layer.outputShape(List.of(Sizes.of(size, 5)))).isEqualTo(Sizes.of(expected, 5));
    }

    @Test
    void takesWindowsAndStepsThatAreNotSquare() {
        AveragePooling2D layer =
                new AveragePooling2D("p", new Window(new Size2D(2, 3), new Size2D(1, 4), Padding.VALID));

        assertThat(layer.outputShape(List.of(Shape.of(6, 11, 2)))).isEqualTo(Shape.of(5, 3, 2));
    }

    @Test
    void stepsAsFarAsItsWindowIsLargeUnlessTold() {
        assertThat(new AveragePooling2D(3))
                .isEqualTo(new AveragePooling2D("", new Window(new Size2D(3, 3), new Size2D(3, 3), Padding.VALID)));
        assertThat(new AveragePooling2D(3).weights(List.of(Shape.of(6, 6, 2)))).isEmpty();
    }

    @Test
    void keepsItsOptionsUnderAnotherName() {
        assertThat(new AveragePooling2D(3)
                        .withStrides(2)
                        .withPadding(Padding.SAME)
                        .withName("pool"))
                .isEqualTo(new AveragePooling2D("pool", new Window(new Size2D(3, 3), new Size2D(2, 2), Padding.SAME)));
    }

    @Test
    void refusesAWindowLargerThanItsInput() {
        assertThatThrownBy(() -> new AveragePooling2D(3).withName("pool").outputShape(List.of(Shape.of(5, 2, 4))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("AveragePooling2D 'pool'", "3x3 window", "5x2", "padding 'same'");
    }

    @Test
    void refusesWindowsAndStepsBelowOne() {
        assertThatThrownBy(() -> new AveragePooling2D(0))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContaining("0x0");
        assertThatThrownBy(() -> new AveragePooling2D(2).withStrides(-1)).hasMessageContaining("-1x-1");
    }

    @Test
    void refusesAVector() {
        assertThatThrownBy(() -> new AveragePooling2D(2).outputShape(List.of(Shape.of(9))))
                .hasMessage(
                        "AveragePooling2D: takes a feature map (height, width, channels), but its input has shape (9,)");
    }
}
