package dev.resnet4j.formats;

import dev.resnet4j.model.tensor.Shape;
import java.util.Arrays;
import java.util.Objects;

/**
 * PyTorch's {@code torch.LongTensor}: whole numbers of 64 bits, such as a batch normalisation's
 * {@code num_batches_tracked}.
 *
 * <p>The array is not copied: whoever shares it must not change it.
 *
 * @param values {@code shape.elements()} numbers in row-major order
 */
public record LongTensor(Shape shape, long[] values) implements Tensor {
    /** @throws IllegalArgumentException if the shape holds another number of elements than are given */
    public LongTensor {
        Objects.requireNonNull(shape, "shape");
        if (shape.elements() != values.length) {
            throw new IllegalArgumentException("an array of shape " + shape + " holds " + shape.elements()
                    + " numbers, but " + values.length + " are given");
        }
    }

    @Override
    public ElementType elementType() {
        return ElementType.INT64;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LongTensor that && shape.equals(that.shape) && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "LongTensor" + shape;
    }
}
