package dev.resnet4j.model.tensor;

import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers in a shape, in row-major order: the last axis runs fastest, so pictures are channels last.
 *
 * <p>The array is not copied, neither on the way in nor on the way out: whoever shares it must not change it.
 *
 * @param shape the axes, a batch axis included where there is one
 * @param values {@code shape.elements()} numbers
 */
public record NdArray(Shape shape, float[] values) {
    /** @throws IllegalArgumentException if the shape holds another number of elements than are given */
    public NdArray {
        Objects.requireNonNull(shape, "shape");
        if (shape.elements() != values.length) {
            throw new IllegalArgumentException("an array of shape " + shape + " holds " + shape.elements()
                    + " numbers, but " + values.length + " are given");
        }
    }

    /**
     * One value.
     *
     * @param indices one for each axis, from 0
     * @throws IllegalArgumentException if there are more or fewer indices than axes
     * @throws IndexOutOfBoundsException if an index lies outside its axis
     */
    public float get(int... indices) {
        requireIndices(indices, shape.rank());
        return values[offset(indices)];
    }

    /**
     * A copy of the innermost row at the given outer indices: of four axes, {@code row(1, 1, 0)} is NumPy's
     * {@code [1, 1, 0]}.
     *
     * @param outerIndices one for each axis but the last, from 0
     * @throws IllegalArgumentException if there are more or fewer indices than that
     * @throws IndexOutOfBoundsException if an index lies outside its axis
     */
    public float[] row(int... outerIndices) {
        requireIndices(outerIndices, shape.rank() - 1);
        int start = offset(Arrays.copyOf(outerIndices, shape.rank()));
        return Arrays.copyOfRange(values, start, start + shape.channels());
    }

    private void requireIndices(int[] indices, int expected) {
        if (indices.length != expected) {
            throw new IllegalArgumentException("an array of shape " + shape + " takes " + expected
                    + " indices here, but got " + Arrays.toString(indices));
        }
    }

    private int offset(int[] indices) {
        int offset = 0;
        for (int axis = 0; axis < shape.rank(); axis++) {
            offset = offset * shape.dimension(axis) + Objects.checkIndex(indices[axis], shape.dimension(axis));
        }
        return offset;
    }

    /** Equal where the shapes are equal and every number has the same bits. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NdArray that && shape.equals(that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "NdArray" + shape;
    }

    /** The largest magnitude of all numbers, 0 where there are none; not a number where one of them is none. */
    public float largestMagnitude() {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
