package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** How Keras's weights lie in libtorch: the same numbers with their axes in another order. */
enum WeightLayout {
    /**
     * (kernel height, kernel width, in, out) in Keras; (out, in, kernel height, kernel width), channels last. A
     * transposed convolution's in and out change places in both.
     */
    CONVOLUTION_KERNEL(new long[] {3, 2, 0, 1}, new long[] {2, 3, 1, 0}),
    /** (kernel height, kernel width, in, depth multiplier) in Keras; (in, depth multiplier, kernel height, kernel width). */
    DEPTHWISE_KERNEL(new long[] {2, 3, 0, 1}, new long[] {2, 3, 0, 1}),
    /** (in, out) in Keras; (out, in). */
    DENSE_KERNEL(new long[] {1, 0}, new long[] {1, 0}),
    /** The same in both, of any rank. */
    UNCHANGED(new long[0], new long[0]);

    @SuppressWarnings("ImmutableEnumChecker") // never written nor handed out
    private final long[] toTorch;

    @SuppressWarnings("ImmutableEnumChecker") // never written nor handed out
    private final long[] toKeras;

    WeightLayout(long[] toTorch, long[] toKeras) {
        this.toTorch = toTorch;
        this.toKeras = toKeras;
    }

    /** By what the weight is for, which its name tells. */
    static WeightLayout of(WeightName name, Shape kerasShape) {
        return switch (name.weight()) {
            case "kernel" -> kerasShape.rank() == 2 ? DENSE_KERNEL : CONVOLUTION_KERNEL;
            case "pointwise_kernel" -> CONVOLUTION_KERNEL;
            case "depthwise_kernel" -> DEPTHWISE_KERNEL;
            default -> UNCHANGED;
        };
    }

    /** A new tensor on the device with the array's numbers. */
    Tensor upload(NdArray array, Device device) {
        Tensor keras = Tensors.upload(array, device);
        return switch (this) {
            case CONVOLUTION_KERNEL -> keras.permute(toTorch).contiguous(torch.MemoryFormat.ChannelsLast);
            case DEPTHWISE_KERNEL, DENSE_KERNEL -> keras.permute(toTorch).contiguous();
            case UNCHANGED -> keras;
        };
    }

    /** The tensor's numbers in Keras's order. */
    NdArray download(Tensor tensor, Shape kerasShape) {
        return Tensors.download(this == UNCHANGED ? tensor : tensor.permute(toKeras), kerasShape);
    }
}
