package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Two or more inputs put together number by number: Keras's {@code Add}, {@code Subtract}, {@code Multiply},
 * {@code Average}, {@code Maximum} and {@code Minimum}. Inputs of different shapes are stretched along axes of size 1, as
 * NumPy does.
 *
 * @param name the layer's name
 * @param operation how two numbers become one
 */
public record Merge(String name, Operation operation) implements Layer {
    /** How two numbers become one. */
    public enum Operation {
        /** The sum: where a residual block's shortcut meets its main path. */
        ADD,
        /** The first minus the second, of exactly two. */
        SUBTRACT,
        /** The product. */
        MULTIPLY,
        /** The mean. */
        AVERAGE,
        /** The largest. */
        MAXIMUM,
        /** The smallest. */
        MINIMUM;

        /** Keras's name of the layer: {@code Add}. */
        public String className() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    /** An unnamed merge. */
    public Merge(Operation operation) {
        this("", operation);
    }

    /** The sum. */
    public static Merge add() {
        return new Merge(Operation.ADD);
    }

    /** Whether a layer is a sum, as it ends a residual block. */
    public static boolean isSum(Layer layer) {
        return layer instanceof Merge merge && merge.operation() == Operation.ADD;
    }

    /** The product. */
    public static Merge multiply() {
        return new Merge(Operation.MULTIPLY);
    }

    @Override
    public Merge withName(String newName) {
        return new Merge(newName, operation);
    }

    @Override
    public String className() {
        return operation.className();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        boolean two = operation == Operation.SUBTRACT;
        if (inputs.size() < 2 || (two && inputs.size() > 2)) {
            throw InvalidNetworkException.at(
                    this, "takes " + (two ? "" : "at least ") + "two inputs, got " + inputs.size());
        }
        int[] merged = new int[inputs.stream().mapToInt(Shape::rank).max().orElseThrow()];
        Arrays.fill(merged, 1);
        for (Shape input : inputs) {
            int offset = merged.length - input.rank();
            for (int axis = 0; axis < input.rank(); axis++) {
                merged[offset + axis] = stretched(merged[offset + axis], input.dimension(axis), inputs);
            }
        }
        return Shape.of(merged);
    }

    private int stretched(int size, int other, List<Shape> inputs) {
        if (size != other && size != 1 && other != 1) {
            throw InvalidNetworkException.at(
                    this,
                    "its inputs must have one shape, got " + inputs
                            + ": a shortcut over a change of size needs a convolution of its own");
        }
        return Math.max(size, other);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
