package dev.resnet4j.formats;

import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.Objects;

/** PyTorch's {@code torch.FloatTensor}: numbers of 32 bits, such as weights. */
public record FloatTensor(NdArray array) implements Tensor {
    public FloatTensor {
        Objects.requireNonNull(array, "array");
    }

    @Override
    public Shape shape() {
        return array.shape();
    }

    @Override
    public ElementType elementType() {
        return ElementType.FLOAT32;
    }
}
