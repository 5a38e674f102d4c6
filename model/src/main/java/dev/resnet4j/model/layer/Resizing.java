package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * A picture in another size: tf.image.resize without antialiasing, pixel centres aligned.
 *
 * @param name the layer's name
 * @param height of the output
 * @param width of the output
 * @param interpolation how the new pixels are found
 * @param cropToAspectRatio whether the largest part of the output's form is cut out of the middle first, so that
 *     nothing is squeezed
 */
public record Resizing(String name, int height, int width, Interpolation interpolation, boolean cropToAspectRatio)
        implements Layer {
    /** @throws InvalidNetworkException if a side is below 1 */
    public Resizing {
        Inputs.requirePositive("a new height", height);
        Inputs.requirePositive("a new width", width);
    }

    /** Keras's defaults: bilinear, squeezed. */
    public Resizing(int height, int width) {
        this("", height, width, Interpolation.BILINEAR, false);
    }

    @Override
    public Resizing withName(String newName) {
        return new Resizing(newName, height, width, interpolation, cropToAspectRatio);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Shape.of(height, width, Inputs.featureMap(this, inputs).channels());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
