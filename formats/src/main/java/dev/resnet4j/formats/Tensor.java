package dev.resnet4j.formats;

import dev.resnet4j.model.tensor.Shape;

/**
 * One array of a {@link StateDict}: floating-point numbers (a {@link FloatTensor}) or whole ones (a {@link LongTensor}).
 */
public sealed interface Tensor permits FloatTensor, LongTensor {
    /** The axes, outermost first, in PyTorch's order; empty for a single number. */
    Shape shape();

    /** How the numbers are stored when they are written. */
    ElementType elementType();
}
