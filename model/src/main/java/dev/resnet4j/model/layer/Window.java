package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;

/**
 * How a kernel or a pool slides over a feature map.
 *
 * @param size of the window
 * @param strides its steps
 * @param padding valid or same
 * @param dilation distance between the rows and columns that the window looks at; 1 for neighbours
 */
public record Window(Size2D size, Size2D strides, Padding padding, Size2D dilation) {
    /** @throws InvalidNetworkException if the dilated window is larger than can be counted */
    public Window {
        if (extentAsLong(size.height(), dilation.height()) > Integer.MAX_VALUE
                || extentAsLong(size.width(), dilation.width()) > Integer.MAX_VALUE) {
            throw new InvalidNetworkException(
                    "a window of " + size + " with dilation " + dilation + " is larger than can be counted");
        }
    }

    /** Steps of 1, valid padding, no dilation: how Keras's convolutions slide unless told otherwise. */
    public Window(int size) {
        this(Size2D.square(size), Size2D.square(1), Padding.VALID, Size2D.square(1));
    }

    /** Without dilation. */
    public Window(Size2D size, Size2D strides, Padding padding) {
        this(size, strides, padding, Size2D.square(1));
    }

    /** With these steps. */
    public Window withStrides(Size2D newStrides) {
        return new Window(size, newStrides, padding, dilation);
    }

    /** With this padding. */
    public Window withPadding(Padding newPadding) {
        return new Window(size, strides, newPadding, dilation);
    }

    /** With this dilation. */
    public Window withDilation(Size2D newDilation) {
        return new Window(size, strides, padding, newDilation);
    }

    /** From the first to the last row and column that the window looks at. */
    public Size2D extent() {
        return new Size2D(extent(size.height(), dilation.height()), extent(size.width(), dilation.width()));
    }

    private static int extent(int size, int dilation) {
        return Math.toIntExact(extentAsLong(size, dilation));
    }

    private static long extentAsLong(int size, int dilation) {
        return (size - 1L) * dilation + 1;
    }

    /** Rows of padding above a feature map of this height. */
    public int top(int height) {
        return padding.before(height, extent().height(), strides.height());
    }

    /** Rows of padding below a feature map of this height. */
    public int bottom(int height) {
        return padding.after(height, extent().height(), strides.height());
    }

    /** Columns of padding before a feature map of this width. */
    public int left(int width) {
        return padding.before(width, extent().width(), strides.width());
    }

    /** Columns of padding after a feature map of this width. */
    public int right(int width) {
        return padding.after(width, extent().width(), strides.width());
    }

    /** The shape after the window has slid over a feature map. */
    Shape outputShape(Layer layer, Shape input, int channels) {
        int height = padding.outputSize(input.height(), extent().height(), strides.height());
        int width = padding.outputSize(input.width(), extent().width(), strides.width());
        if (height < 1 || width < 1) {
            throw InvalidNetworkException.at(
                    layer,
                    "a " + extent() + " window does not fit into an input of " + input.height() + "x" + input.width()
                            + ": use larger pictures, a smaller window or padding 'same'");
        }
        return Shape.of(height, width, channels);
    }
}
