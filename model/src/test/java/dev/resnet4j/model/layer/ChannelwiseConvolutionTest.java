package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.initializer.HeNormal;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The convolutions that look at each channel by itself: depthwise, and separable, which goes on with a 1x1 one. */
class ChannelwiseConvolutionTest {
    private static final List<Shape> INPUT = List.of(Shape.of(8, 9, 6));
    private static final Window WINDOW = new Window(new Size2D(3, 2), new Size2D(2, 2), Padding.VALID);

    @Test
    void depthwiseGivesSomeOutputsAChannel() {
        assertThat(new DepthwiseConv2D(3).withWindow(WINDOW).outputShape(INPUT)).isEqualTo(Shape.of(3, 4, 6));
        assertThat(new DepthwiseConv2D(3).withDepthMultiplier(4).outputShape(INPUT))
                .isEqualTo(Shape.of(6, 7, 24));
    }

    @Test
    void depthwiseHasAKernelAChannelAndABias() {
        DepthwiseConv2D layer =
                new DepthwiseConv2D("d", WINDOW, 4, true, ActivationFunction.LINEAR, new HeNormal(1), new Zeros());
        DepthwiseConv2D withoutBias =
                new DepthwiseConv2D("d", WINDOW, 4, false, ActivationFunction.LINEAR, new HeNormal(1), new Zeros());

        assertThat(layer.weights(INPUT))
                .containsExactly(
                        new WeightSpec("depthwise_kernel", Shape.of(3, 2, 6, 4), new HeNormal(1), true),
                        new WeightSpec("bias", Shape.of(24), new Zeros(), true));
        assertThat(withoutBias.weights(INPUT)).extracting(WeightSpec::name).containsExactly("depthwise_kernel");
    }

    @Test
    void depthwiseChangesOnlyTheOptionThatIsGiven() {
        DepthwiseConv2D layer = new DepthwiseConv2D(3);

        assertThat(layer.withWindow(WINDOW)
                        .withDepthMultiplier(2)
                        .withActivation(ActivationFunction.RELU)
                        .withName("d"))
                .isEqualTo(new DepthwiseConv2D(
                        "d", WINDOW, 2, true, ActivationFunction.RELU, layer.depthwiseInitializer(), new Zeros()));
    }

    @Test
    void separableGivesAChannelAFilter() {
        assertThat(new SeparableConv2D(5, 3).withWindow(WINDOW).outputShape(INPUT))
                .isEqualTo(Shape.of(3, 4, 5));
    }

    @Test
    void separableHasAKernelForEachStepAndABias() {
        SeparableConv2D layer = new SeparableConv2D(
                "s", 5, WINDOW, 2, true, ActivationFunction.LINEAR, new HeNormal(1), new HeNormal(2), new Zeros());

        assertThat(layer.weights(INPUT))
                .containsExactly(
                        new WeightSpec("depthwise_kernel", Shape.of(3, 2, 6, 2), new HeNormal(1), true),
                        new WeightSpec("pointwise_kernel", Shape.of(1, 1, 12, 5), new HeNormal(2), true),
                        new WeightSpec("bias", Shape.of(5), new Zeros(), true));
    }

    @Test
    void separableChangesOnlyTheOptionThatIsGiven() {
        SeparableConv2D layer = new SeparableConv2D(5, 3);

        assertThat(layer.withWindow(WINDOW).withDepthMultiplier(2).withName("s"))
                .isEqualTo(new SeparableConv2D(
                        "s",
                        5,
                        WINDOW,
                        2,
                        true,
                        ActivationFunction.LINEAR,
                        layer.depthwiseInitializer(),
                        layer.pointwiseInitializer(),
                        new Zeros()));
    }

    @Test
    void bothRefuseOptionsBelowOne() {
        assertThatThrownBy(() -> new DepthwiseConv2D(3).withDepthMultiplier(0))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("a depth multiplier must be at least 1, got 0");
        assertThatThrownBy(() -> new SeparableConv2D(5, 3).withDepthMultiplier(-1))
                .hasMessage("a depth multiplier must be at least 1, got -1");
        assertThatThrownBy(() -> new SeparableConv2D(0, 3)).hasMessageContaining("filters must be at least 1, got 0");
    }

    @Test
    void bothRefuseMoreChannelsThanCanBeCounted() {
        assertThatThrownBy(() ->
                        new DepthwiseConv2D(3).withDepthMultiplier(1 << 30).outputShape(INPUT))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("DepthwiseConv2D", "6442450944");
        assertThatThrownBy(() ->
                        new SeparableConv2D(5, 3).withDepthMultiplier(1 << 30).weights(INPUT))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("SeparableConv2D", "6442450944");
    }

    @Test
    void bothRefuseAVectorAndAWindowThatDoesNotFit() {
        for (Layer layer : List.of(new DepthwiseConv2D(5), new SeparableConv2D(5, 5))) {
            assertThatThrownBy(() -> layer.outputShape(List.of(Shape.of(9))))
                    .isInstanceOf(InvalidNetworkException.class)
                    .hasMessageContainingAll(layer.className(), "(height, width, channels)");
            assertThatThrownBy(() -> layer.outputShape(List.of(Shape.of(4, 9, 6))))
                    .hasMessageContainingAll(layer.className(), "5x5", "4x9");
        }
    }
}
