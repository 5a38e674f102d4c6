package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The poolings, largest and mean alike: they differ in their numbers alone. */
class PoolingTest {
    private static final List<Shape> VECTOR = List.of(Shape.of(9));

    static Stream<Layer> poolsOfThree() {
        return Stream.of(new MaxPooling2D(3), new AveragePooling2D(3));
    }

    static Stream<Layer> globalPools() {
        return Stream.of(new GlobalMaxPooling2D(), new GlobalAveragePooling2D());
    }

    static Stream<Layer> allPools() {
        return Stream.concat(poolsOfThree(), globalPools());
    }

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
        "2x2, 3, 3, SAME, 1x1",
        "7x8, 1, 2, VALID, 4x4"
    })
    void slideTheirWindowOverEachChannel(String size, int pool, int stride, Padding padding, String expected) {
        List<Shape> input = List.of(Sizes.of(size, 5));

        assertThat(new MaxPooling2D(pool)
                        .withStrides(stride)
                        .withPadding(padding)
                        .outputShape(input))
                .isEqualTo(Sizes.of(expected, 5));
        assertThat(new AveragePooling2D(pool)
                        .withStrides(stride)
                        .withPadding(padding)
                        .outputShape(input))
                .isEqualTo(Sizes.of(expected, 5));
    }

    @Test
    void takeWindowsAndStepsThatAreNotSquare() {
        Window window = new Window(new Size2D(2, 3), new Size2D(1, 4), Padding.VALID);
        List<Shape> input = List.of(Shape.of(6, 11, 2));

        assertThat(new MaxPooling2D("p", window).outputShape(input)).isEqualTo(Shape.of(5, 3, 2));
        assertThat(new AveragePooling2D("p", window).outputShape(input)).isEqualTo(Shape.of(5, 3, 2));
    }

    @Test
    void stepAsFarAsTheirWindowIsLargeUnlessTold() {
        Window window = new Window(new Size2D(3, 3), new Size2D(3, 3), Padding.VALID);

        assertThat(new MaxPooling2D(3)).isEqualTo(new MaxPooling2D("", window));
        assertThat(new AveragePooling2D(3)).isEqualTo(new AveragePooling2D("", window));
    }

    @Test
    void changeOnlyTheOptionThatIsGiven() {
        Window window = new Window(new Size2D(3, 3), new Size2D(2, 2), Padding.SAME);

        assertThat(new MaxPooling2D(3).withStrides(2).withPadding(Padding.SAME).withName("pool"))
                .isEqualTo(new MaxPooling2D("pool", window));
        assertThat(new AveragePooling2D(3)
                        .withStrides(2)
                        .withPadding(Padding.SAME)
                        .withName("pool"))
                .isEqualTo(new AveragePooling2D("pool", window));
    }

    @ParameterizedTest
    @MethodSource("poolsOfThree")
    void refuseAWindowLargerThanTheirInput(Layer pool) {
        assertThatThrownBy(() -> pool.withName("pool").outputShape(List.of(Shape.of(5, 2, 4))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll(pool.className() + " 'pool'", "3x3 window", "5x2", "padding 'same'");
    }

    @Test
    void refuseWindowsAndStepsBelowOne() {
        assertThatThrownBy(() -> new MaxPooling2D(0)).hasMessageContaining("0x0");
        assertThatThrownBy(() -> new AveragePooling2D(0)).hasMessageContaining("0x0");
        assertThatThrownBy(() -> new MaxPooling2D(2).withStrides(-1)).hasMessageContaining("-1x-1");
        assertThatThrownBy(() -> new AveragePooling2D(2).withStrides(-1)).hasMessageContaining("-1x-1");
    }

    @Test
    void refuseADilatedWindow() {
        Window dilated = new Window(2).withDilation(Size2D.square(2));

        assertThatThrownBy(() -> new MaxPooling2D("", dilated))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("never dilated", "2x2");
        assertThatThrownBy(() -> new AveragePooling2D("", dilated)).hasMessageContaining("never dilated");
    }

    @ParameterizedTest
    @MethodSource("globalPools")
    void makeAVectorOfTheChannelsWhereTheyAreGlobal(Layer pool) {
        assertThat(pool.outputShape(List.of(Shape.of(3, 5, 7)))).isEqualTo(Shape.of(7));
    }

    @Test
    void keepTheTwoAxesWhereTheyAreGlobalAndTold() {
        List<Shape> input = List.of(Shape.of(3, 5, 7));

        assertThat(new GlobalMaxPooling2D().withKeepDimensions(true).outputShape(input))
                .isEqualTo(Shape.of(1, 1, 7));
        assertThat(new GlobalAveragePooling2D().withKeepDimensions(true).outputShape(input))
                .isEqualTo(Shape.of(1, 1, 7));
    }

    @ParameterizedTest
    @MethodSource("allPools")
    void haveNoWeightsAndRefuseAVector(Layer pool) {
        assertThat(pool.weights(List.of(Shape.of(3, 5, 7)))).isEmpty();
        assertThatThrownBy(() -> pool.withName("p").outputShape(VECTOR))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage(pool.className()
                        + " 'p': takes a feature map (height, width, channels), but its input has shape (9,)");
    }
}
