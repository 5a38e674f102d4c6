package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Axes in another order.
 *
 * @param name the layer's name
 * @param dimensions for each axis of the output the axis of the input that it is, counted from 1, the batch axis being 0
 */
public record Permute(String name, List<Integer> dimensions) implements Layer {
    /** @throws InvalidNetworkException if these are not the numbers from 1, each once */
    public Permute {
        dimensions = List.copyOf(dimensions);
        if (!dimensions.stream()
                .sorted()
                .toList()
                .equals(IntStream.rangeClosed(1, dimensions.size()).boxed().toList())) {
            throw new InvalidNetworkException("a permutation has each number from 1 once, got " + dimensions);
        }
    }

    /** An unnamed permutation. */
    public Permute(Integer... dimensions) {
        this("", List.of(dimensions));
    }

    @Override
    public Permute withName(String newName) {
        return new Permute(newName, dimensions);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(this, inputs);
        if (input.rank() != dimensions.size()) {
            throw InvalidNetworkException.at(
                    this,
                    "the order " + dimensions + " is for " + dimensions.size() + " axes, but its input has shape "
                            + input);
        }
        return new Shape(
                dimensions.stream().map(axis -> input.dimension(axis - 1)).toList());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
