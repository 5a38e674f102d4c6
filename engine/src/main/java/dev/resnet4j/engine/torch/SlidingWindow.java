package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.Window;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A window that slides over a feature map, in the numbers that libtorch's operations take. */
final class SlidingWindow {
    private final Window window;
    private final int top;
    private final int bottom;
    private final int left;
    private final int right;

    /** @param input the feature map, (batch, channels, height, width) */
    SlidingWindow(Window window, Tensor input) {
        this.window = window;
        int height = Math.toIntExact(input.size(2));
        int width = Math.toIntExact(input.size(3));
        this.top = window.top(height);
        this.bottom = window.bottom(height);
        this.left = window.left(width);
        this.right = window.right(width);
    }

    /** Whether opposite sides are padded alike, which libtorch's operations can do by themselves. */
    boolean isSymmetric() {
        return top == bottom && left == right;
    }

    /** The padding of the height and of the width, where it is symmetric. */
    long[] padding() {
        return new long[] {top, left};
    }

    long[] size() {
        return sides(window.size());
    }

    long[] strides() {
        return sides(window.strides());
    }

    long[] dilation() {
        return sides(window.dilation());
    }

    private static long[] sides(Size2D size) {
        return new long[] {size.height(), size.width()};
    }

    /** The feature map with its edges padded with a value. */
    Tensor pad(Tensor input, double value) {
        return torch.constant_pad_nd(input, new long[] {left, right, top, bottom}, new Scalar(value));
    }
}
