package dev.resnet4j.conformance;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Conv2DTranspose;
import dev.resnet4j.model.layer.DepthwiseConv2D;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SeparableConv2D;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Convolutions with groups, dilation and of other kinds, against TensorFlow's. */
class ConvolutionConformanceTest {
    private static final List<Size2D> SIZES = List.of(new Size2D(8, 8), new Size2D(9, 6));
    private static final Initializer KERNEL = new GlorotUniform(5);

    /** TensorFlow's depthwise convolution takes strides that are alike each way. */
    private static List<Window> windows() {
        List<Window> windows = new ArrayList<>();
        for (Padding padding : Padding.values()) {
            for (int size : new int[] {1, 2, 3}) {
                for (int stride : new int[] {1, 2, 3}) {
                    windows.add(new Window(Size2D.square(size), Size2D.square(stride), padding));
                }
            }
            windows.add(new Window(new Size2D(3, 2), Size2D.square(1), padding, Size2D.square(2)));
            windows.add(new Window(new Size2D(2, 3), Size2D.square(1), padding, new Size2D(3, 1)));
            windows.add(new Window(new Size2D(2, 3), Size2D.square(2), padding, new Size2D(3, 2)));
            windows.add(new Window(new Size2D(4, 1), Size2D.square(2), padding));
        }
        return windows;
    }

    @ParameterizedTest
    @MethodSource("windows")
    void convolvesInGroupsAndWithDilationAsTensorFlow(Window window) {
        for (Size2D size : SIZES) {
            for (int groups : new int[] {1, 2, 3, 6}) {
                LayerComparison.requireSame(
                        size,
                        new Conv2D(12, 1)
                                .withWindow(window)
                                .withGroups(groups)
                                .withActivation(ActivationFunction.TANH));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("windows")
    void convolvesEachChannelByItselfAsTensorFlow(Window window) {
        for (Size2D size : SIZES) {
            for (int multiplier : new int[] {1, 3}) {
                LayerComparison.requireSame(size, depthwise(window, multiplier, true));
                LayerComparison.requireSame(size, depthwise(window, multiplier, false));
            }
        }
    }

    private static DepthwiseConv2D depthwise(Window window, int multiplier, boolean useBias) {
        return new DepthwiseConv2D(
                "depthwise", window, multiplier, useBias, ActivationFunction.RELU, KERNEL, new Zeros());
    }

    @ParameterizedTest
    @MethodSource("windows")
    void convolvesChannelsAndThenPixelsAsTensorFlow(Window window) {
        for (Size2D size : SIZES) {
            for (int multiplier : new int[] {1, 2}) {
                LayerComparison.requireSame(
                        size,
                        new SeparableConv2D(
                                "separable",
                                5,
                                window,
                                multiplier,
                                true,
                                ActivationFunction.LINEAR,
                                KERNEL,
                                new GlorotUniform(8),
                                new Zeros()));
            }
        }
    }

    private static List<Window> transposedWindows() {
        List<Window> windows = new ArrayList<>(windows());
        for (Padding padding : Padding.values()) {
            windows.add(new Window(Size2D.square(5), Size2D.square(2), padding));
            windows.add(new Window(new Size2D(3, 2), new Size2D(2, 3), padding));
            windows.add(new Window(new Size2D(1, 4), new Size2D(4, 1), padding));
            windows.add(new Window(new Size2D(2, 2), new Size2D(4, 5), padding));
        }
        return windows;
    }

    @ParameterizedTest
    @MethodSource("transposedWindows")
    void convolvesBackwardsAsTensorFlow(Window window) {
        for (Size2D size : SIZES) {
            LayerComparison.requireSame(size, transposed(window, Optional.empty(), true));
            LayerComparison.requireSame(size, transposed(window, Optional.empty(), false));
        }
    }

    @ParameterizedTest
    @MethodSource("transposedWindows")
    void convolvesBackwardsToAnOutputWithPaddingAsTensorFlow(Window window) {
        int height = window.strides().height() - 1;
        int width = window.strides().width() - 1;
        if (window.padding() == Padding.SAME
                && (hasNone(window.extent().height(), height)
                        || hasNone(window.extent().width(), width))) {
            return;
        }
        for (Size2D size : SIZES) {
            LayerComparison.requireSame(
                    size, transposed(window, Optional.of(new Conv2DTranspose.OutputPadding(height, width)), true));
        }
    }

    /** Where no output has a convolution back to the input. */
    private static boolean hasNone(int extent, int outputPadding) {
        return extent % 2 == 0 && outputPadding == 0;
    }

    private static Conv2DTranspose transposed(
            Window window, Optional<Conv2DTranspose.OutputPadding> padding, boolean useBias) {
        return new Conv2DTranspose(
                "transposed", 4, window, padding, useBias, ActivationFunction.LINEAR, KERNEL, new Zeros());
    }
}
