package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * Takes rows and columns off the edges of a feature map.
 *
 * @param name the layer's name
 * @param top rows above, at least 0
 * @param bottom rows below, at least 0
 * @param left columns before, at least 0
 * @param right columns after, at least 0
 */
public record Cropping2D(String name, int top, int bottom, int left, int right) implements Layer {
    /** @throws InvalidNetworkException if a side is negative */
    public Cropping2D {
        if (top < 0 || bottom < 0 || left < 0 || right < 0) {
            throw new InvalidNetworkException("cropping must be at least 0 on each side, got top " + top + ", bottom "
                    + bottom + ", left " + left + ", right " + right);
        }
    }

    /** The same on all four sides. */
    public Cropping2D(int cropping) {
        this("", cropping, cropping, cropping, cropping);
    }

    @Override
    public Cropping2D withName(String newName) {
        return new Cropping2D(newName, top, bottom, left, right);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.featureMap(this, inputs);
        return Shape.of(cropped(top, input.height(), bottom), cropped(left, input.width(), right), input.channels());
    }

    private int cropped(int before, int size, int after) {
        long cropped = (long) size - before - after;
        if (cropped < 1) {
            throw InvalidNetworkException.at(
                    this, "nothing is left of " + size + " pixels without " + before + " and " + after);
        }
        return (int) cropped;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
