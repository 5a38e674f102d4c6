package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * The mean of each window. Padding does not count.
 *
 * @param name the layer's name
 * @param window pool size, strides and padding; never dilated
 */
public record AveragePooling2D(String name, Window window) implements Layer {
    /** @throws InvalidNetworkException if the window is dilated */
    public AveragePooling2D {
        if (!window.dilation().equals(Size2D.square(1))) {
            throw new InvalidNetworkException("a pooling's window is never dilated, got " + window.dilation());
        }
    }

    /** Keras's defaults: steps as large as the window, valid padding. */
    public AveragePooling2D(int poolSize) {
        this("", new Window(poolSize).withStrides(Size2D.square(poolSize)));
    }

    @Override
    public AveragePooling2D withName(String newName) {
        return new AveragePooling2D(newName, window);
    }

    /** With the same stride each way. */
    public AveragePooling2D withStrides(int stride) {
        return new AveragePooling2D(name, window.withStrides(Size2D.square(stride)));
    }

    /** With this padding. */
    public AveragePooling2D withPadding(Padding padding) {
        return new AveragePooling2D(name, window.withPadding(padding));
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.featureMap(this, inputs);
        return window.outputShape(this, input, input.channels());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
