package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * The same numbers, in the same order, in another shape.
 *
 * @param name the layer's name
 * @param targetShape the new shape, batch axis left out; one size may be -1 for what is left over
 */
public record Reshape(String name, List<Integer> targetShape) implements Layer {
    /** @throws InvalidNetworkException if a size is neither positive nor -1, more than one is -1, or there is none */
    public Reshape {
        targetShape = List.copyOf(targetShape);
        boolean valid = targetShape.stream().allMatch(size -> size >= 1 || size == -1);
        if (!valid
                || targetShape.isEmpty()
                || targetShape.stream().filter(size -> size == -1).count() > 1) {
            throw new InvalidNetworkException(
                    "a new shape has at least one size, all positive but for one -1 for what is left over, got "
                            + targetShape);
        }
    }

    /** To a shape that is fully known. */
    public Reshape(Shape targetShape) {
        this("", targetShape.dimensions());
    }

    @Override
    public Reshape withName(String newName) {
        return new Reshape(newName, targetShape);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        long elements = Inputs.single(this, inputs).elements();
        Shape knownSizes =
                new Shape(targetShape.stream().filter(size -> size != -1).toList());
        long known = knownSizes.fitsIntoAnArray() ? knownSizes.elements() : Long.MAX_VALUE;
        boolean open = targetShape.contains(-1);
        if (open ? elements % known != 0 : elements != known) {
            throw InvalidNetworkException.at(
                    this, "the " + elements + " numbers of " + inputs.get(0) + " do not fit into " + targetShape);
        }
        int rest = Math.toIntExact(elements / known);
        return new Shape(targetShape.stream()
                .map(size -> size == -1 ? Integer.valueOf(rest) : size)
                .toList());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
