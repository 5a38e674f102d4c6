package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.HeNormal;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Conv2DTest {
    @ParameterizedTest
    @CsvSource({
        "70x70, 7, 2, VALID, 32x32",
        "8x9, 3, 1, VALID, 6x7",
        "8x9, 3, 1, SAME, 8x9",
        "8x9, 3, 2, VALID, 3x4",
        "8x9, 3, 2, SAME, 4x5",
        "15x15, 1, 2, VALID, 8x8",
        "4x4, 2, 1, SAME, 4x4",
        "2x2, 5, 1, SAME, 2x2",
        "3x3, 3, 1, VALID, 1x1"
    })
    void slidesItsKernelAndGivesAChannelAFilter(String size, int kernel, int stride, Padding padding, String expected) {
        Conv2D layer = new Conv2D(4, kernel).withStrides(stride).withPadding(padding);

        assertThat(layer.outputShape(List.of(Sizes.of(size, 3)))).isEqualTo(Sizes.of(expected, 4));
    }

    @Test
    void takesKernelsAndStepsThatAreNotSquare() {
        Conv2D layer = new Conv2D(
                "c",
                4,
                new Window(new Size2D(1, 3), new Size2D(2, 1), Padding.VALID),
                1,
                true,
                ActivationFunction.RELU,
                new GlorotUniform(0),
                new Zeros());

        assertThat(layer.outputShape(List.of(Shape.of(7, 7, 2)))).isEqualTo(Shape.of(4, 5, 4));
        assertThat(layer.weights(List.of(Shape.of(7, 7, 2))).get(0).shape()).isEqualTo(Shape.of(1, 3, 2, 4));
    }

    @Test
    void hasAKernelAndABias() {
        Conv2D layer = new Conv2D(8, 3).withKernelInitializer(new HeNormal(1));

        assertThat(layer.weights(List.of(Shape.of(5, 5, 2))))
                .containsExactly(
                        new WeightSpec("kernel", Shape.of(3, 3, 2, 8), new HeNormal(1), true),
                        new WeightSpec("bias", Shape.of(8), new Zeros(), true));
        assertThat(layer.withBias(false).weights(List.of(Shape.of(5, 5, 2))))
                .extracting(WeightSpec::name)
                .containsExactly("kernel");
    }

    @Test
    void changesOnlyTheOptionThatIsGiven() {
        Conv2D layer = new Conv2D(8, 3)
                .withKernelInitializer(new HeNormal(1))
                .withActivation(ActivationFunction.TANH)
                .withBias(false)
                .withPadding(Padding.SAME)
                .withStrides(2)
                .withName("c");

        assertThat(layer)
                .isEqualTo(new Conv2D(
                        "c",
                        8,
                        new Window(new Size2D(3, 3), new Size2D(2, 2), Padding.SAME),
                        1,
                        false,
                        ActivationFunction.TANH,
                        new HeNormal(1),
                        new Zeros()));
    }

    @Test
    void hasKerasDefaults() {
        Conv2D layer = new Conv2D(8, 3);

        assertThat(layer.strides()).isEqualTo(new Size2D(1, 1));
        assertThat(layer.padding()).isEqualTo(Padding.VALID);
        assertThat(layer.useBias()).isTrue();
        assertThat(layer.activation()).isEqualTo(ActivationFunction.LINEAR);
        assertThat(layer.kernelInitializer()).isInstanceOf(GlorotUniform.class);
    }

    @Test
    void convolvesGroupsOfChannelsEachByItself() {
        Conv2D layer = new Conv2D(8, 3).withGroups(4);
        List<Shape> input = List.of(Shape.of(5, 5, 12));

        assertThat(layer.outputShape(input)).isEqualTo(Shape.of(3, 3, 8));
        assertThat(layer.weights(input).get(0).shape()).isEqualTo(Shape.of(3, 3, 3, 8));
    }

    @Test
    void refusesGroupsThatDoNotDivideItsChannels() {
        assertThatThrownBy(() -> new Conv2D(8, 3).withGroups(3))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("a convolution's 8 filters cannot be shared out among 3 groups");
        assertThatThrownBy(() -> new Conv2D(8, 3).withGroups(4).withName("c").outputShape(List.of(Shape.of(5, 5, 6))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("Conv2D 'c': its input's 6 channels cannot be shared out among 4 groups");
        assertThatThrownBy(() -> new Conv2D(8, 3).withGroups(0)).hasMessageContaining("groups must be at least 1");
    }

    @Test
    void looksFurtherWhereItIsDilated() {
        Conv2D layer = new Conv2D(4, 3).withWindow(new Window(3).withDilation(Size2D.square(2)));

        assertThat(layer.outputShape(List.of(Shape.of(8, 9, 3)))).isEqualTo(Shape.of(4, 5, 4));
        assertThat(layer.withPadding(Padding.SAME).outputShape(List.of(Shape.of(8, 9, 3))))
                .isEqualTo(Shape.of(8, 9, 4));
        assertThatThrownBy(() -> layer.outputShape(List.of(Shape.of(4, 9, 3)))).hasMessageContaining("5x5 window");
    }

    @Test
    void refusesAKernelLargerThanItsInput() {
        assertThatThrownBy(() -> new Conv2D(4, 7).withName("conv1").outputShape(List.of(Shape.of(6, 9, 3))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("Conv2D 'conv1'", "a 7x7 window does not fit", "6x9", "larger pictures");
    }

    @Test
    void refusesOptionsBelowOne() {
        assertThatThrownBy(() -> new Conv2D(0, 3))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("a convolution's filters must be at least 1, got 0");
        assertThatThrownBy(() -> new Conv2D(4, 0)).hasMessageContaining("0x0");
        assertThatThrownBy(() -> new Conv2D(4, 3).withStrides(0)).hasMessageContaining("0x0");
    }

    @Test
    void refusesAnythingButOneFeatureMap() {
        Shape map = Shape.of(4, 4, 1);

        assertThatThrownBy(() -> new Conv2D(4, 3).outputShape(List.of(Shape.of(4, 4))))
                .hasMessageContainingAll("Conv2D", "(height, width, channels)", "(4, 4)");
        assertThatThrownBy(() -> new Conv2D(4, 3).outputShape(List.of(map, map)))
                .hasMessageContaining("got 2");
    }
}
