package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.tensor.Shape;

/**
 * How a kernel slides over a feature map, with all sizes.
 *
 * @param input (height, width, channels)
 * @param output (height, width, channels)
 * @param kernel its height and width
 * @param strides its steps
 * @param dilation distance between the rows and columns that it looks at; 1 for neighbours
 * @param top rows of zeros above the input
 * @param left columns of zeros before the input
 * @param groups in how many parts the channels are convolved, each by itself
 */
public record ConvolutionShape(
        Shape input, Shape output, Size2D kernel, Size2D strides, Size2D dilation, int top, int left, int groups) {
    /** Rows of zeros below the input that the last windows reach. */
    int bottom() {
        int end = end(output.height(), kernel.height(), strides.height(), dilation.height());
        return Math.max(0, end - top - input.height());
    }

    /** Columns of zeros behind the input that the last windows reach. */
    int right() {
        int end = end(output.width(), kernel.width(), strides.width(), dilation.width());
        return Math.max(0, end - left - input.width());
    }

    /** Where the last window ends, counted from the first one's beginning. */
    private static int end(int windows, int size, int stride, int dilation) {
        return (windows - 1) * stride + (size - 1) * dilation + 1;
    }
}
