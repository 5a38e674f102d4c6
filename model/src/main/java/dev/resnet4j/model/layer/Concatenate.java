package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Inputs one after the other along an axis.
 *
 * @param name the layer's name
 * @param axis counted as Keras does: from 1, the batch axis being 0, or from -1 backwards; -1 joins channels
 */
public record Concatenate(String name, int axis) implements Layer {
    /** Along the channels. */
    public Concatenate() {
        this("", -1);
    }

    @Override
    public Concatenate withName(String newName) {
        return new Concatenate(newName, axis);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.size() < 2) {
            throw InvalidNetworkException.at(this, "takes at least two inputs, got " + inputs.size());
        }
        Shape first = inputs.get(0);
        int along = Inputs.axis(this, axis, first);
        int[] sizes = first.dimensions().stream().mapToInt(Integer::intValue).toArray();
        for (Shape input : inputs.subList(1, inputs.size())) {
            if (input.rank() != first.rank()
                    || IntStream.range(0, input.rank())
                            .anyMatch(other -> other != along && input.dimension(other) != first.dimension(other))) {
                throw InvalidNetworkException.at(
                        this, "its inputs may differ along axis " + axis + " alone, got " + inputs);
            }
            sizes[along] = Inputs.size(this, (long) sizes[along] + input.dimension(along));
        }
        return Shape.of(sizes);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
