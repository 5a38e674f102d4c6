package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.tensor.Shape;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Keras's convolutions of feature maps (batch, channels, height, width), with TensorFlow's padding. */
final class Convolution {
    private static final long[] NO_PADDING = {0, 0};
    private static final long[] ONE = {1, 1};

    private Convolution() {}

    /** @param kernel (out, in / groups, kernel height, kernel width) */
    static Tensor of(Tensor x, Tensor kernel, TensorOptional bias, SlidingWindow window, long groups) {
        boolean symmetric = window.isSymmetric();
        return torch.conv2d(
                symmetric ? x : window.pad(x, 0),
                kernel,
                bias,
                window.strides(),
                symmetric ? window.padding() : NO_PADDING,
                window.dilation(),
                groups);
    }

    /** @param kernel (in, depth multiplier, kernel height, kernel width) */
    static Tensor depthwise(Tensor x, Tensor kernel, TensorOptional bias, SlidingWindow window) {
        long channels = kernel.size(0);
        Tensor ofGroups = kernel.reshape(channels * kernel.size(1), 1, kernel.size(2), kernel.size(3));
        return of(x, ofGroups, bias, window, channels);
    }

    /** @param kernel (out, in, 1, 1) */
    static Tensor ofPixels(Tensor x, Tensor kernel, TensorOptional bias) {
        return torch.conv2d(x, kernel, bias, ONE, NO_PADDING, ONE, 1);
    }

    /**
     * What the convolution of a feature map of the output's shape would give back as its input's gradient. The full
     * output of all windows is cut where that convolution would have padded, and goes on with zeros where no window of
     * it would have ended.
     *
     * @param kernel (in, out, kernel height, kernel width)
     * @param output (height, width, channels)
     */
    static Tensor transposed(Tensor x, Tensor kernel, Window window, Shape output, TensorOptional bias) {
        long[] strides = {window.strides().height(), window.strides().width()};
        long[] dilation = {window.dilation().height(), window.dilation().width()};
        Tensor full =
                torch.conv_transpose2d(x, kernel, new TensorOptional(), strides, NO_PADDING, NO_PADDING, 1, dilation);
        int top = window.top(output.height());
        int left = window.left(output.width());
        long[] sides = {-left, output.width() - full.size(3) + left, -top, output.height() - full.size(2) + top};
        Tensor placed = torch.constant_pad_nd(full, sides, new Scalar(0));
        return bias.has_value() ? placed.add(bias.get().reshape(1, -1, 1, 1)) : placed;
    }
}
