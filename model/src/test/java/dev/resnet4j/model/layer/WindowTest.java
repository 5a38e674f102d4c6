package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WindowTest {
    @Test
    void slidesAsKerasConvolutionsDoUnlessTold() {
        assertThat(new Window(3))
                .isEqualTo(new Window(new Size2D(3, 3), new Size2D(1, 1), Padding.VALID, new Size2D(1, 1)));
    }

    @Test
    void changesOnlyTheOptionThatIsGiven() {
        assertThat(new Window(3)
                        .withStrides(new Size2D(1, 2))
                        .withPadding(Padding.SAME)
                        .withDilation(new Size2D(3, 4)))
                .isEqualTo(new Window(new Size2D(3, 3), new Size2D(1, 2), Padding.SAME, new Size2D(3, 4)));
    }

    @Test
    void reachesAsFarAsItsDilationDrawsIt() {
        assertThat(new Window(3).extent()).isEqualTo(new Size2D(3, 3));
        assertThat(new Window(new Size2D(3, 5), Size2D.square(1), Padding.VALID, new Size2D(2, 3)).extent())
                .isEqualTo(new Size2D(5, 13));
        assertThat(new Window(1).withDilation(Size2D.square(9)).extent()).isEqualTo(new Size2D(1, 1));
    }

    @Test
    void padsEachSideForItsOwnSizeTheOddPixelAfter() {
        Window window = new Window(new Size2D(3, 4), new Size2D(2, 1), Padding.SAME);

        assertThat(window.top(8)).isZero();
        assertThat(window.bottom(8)).isEqualTo(1);
        assertThat(window.top(9)).isEqualTo(1);
        assertThat(window.bottom(9)).isEqualTo(1);
        assertThat(window.left(8)).isEqualTo(1);
        assertThat(window.right(8)).isEqualTo(2);
    }

    @Test
    void padsForItsDilatedExtent() {
        Window window = new Window(3).withPadding(Padding.SAME).withDilation(Size2D.square(4));

        assertThat(window.top(20)).isEqualTo(4);
        assertThat(window.bottom(20)).isEqualTo(4);
    }

    @Test
    void padsNothingWhereValid() {
        Window window = new Window(5);

        assertThat(window.top(7) + window.bottom(7) + window.left(7) + window.right(7))
                .isZero();
    }

    @Test
    void refusesADilationThatCannotBeCounted() {
        assertThatThrownBy(() -> new Window(3).withDilation(new Size2D(1, 1 << 30)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("3x3", "1x1073741824");
    }
}
