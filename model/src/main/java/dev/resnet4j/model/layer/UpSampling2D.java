package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * Makes a feature map larger by whole factors.
 *
 * @param name the layer's name
 * @param size the factors
 * @param interpolation how the new pixels are found
 */
public record UpSampling2D(String name, Size2D size, Interpolation interpolation) implements Layer {
    /** By the same factor each way, each pixel repeated. */
    public UpSampling2D(int size) {
        this("", Size2D.square(size), Interpolation.NEAREST);
    }

    @Override
    public UpSampling2D withName(String newName) {
        return new UpSampling2D(newName, size, interpolation);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.featureMap(this, inputs);
        return Shape.of(
                Inputs.size(this, (long) input.height() * size.height()),
                Inputs.size(this, (long) input.width() * size.width()),
                input.channels());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
