package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.onednn.KernelBlocks;
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
    /** The same in blocks of 16 channels: (out / 16, in / 16, kernel height, kernel width, in of a block, out of a block). */
    KERNEL_IN_BLOCKS_OF_16(new long[] {4, 2, 0, 1, 3, 5}, new long[] {2, 3, 1, 4, 0, 5}),
    /** The same in blocks of 8 channels. */
    KERNEL_IN_BLOCKS_OF_8(new long[] {4, 2, 0, 1, 3, 5}, new long[] {2, 3, 1, 4, 0, 5}),
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

    /** How kernels that are trained by a plan lie. */
    static WeightLayout of(KernelBlocks blocks) {
        return blocks.size() == 16 ? KERNEL_IN_BLOCKS_OF_16 : KERNEL_IN_BLOCKS_OF_8;
    }

    /** A new tensor on the device with the array's numbers. */
    Tensor upload(NdArray array, Device device) {
        Tensor keras = Tensors.upload(array, device);
        return switch (this) {
            case CONVOLUTION_KERNEL -> keras.permute(toTorch).contiguous(torch.MemoryFormat.ChannelsLast);
            case KERNEL_IN_BLOCKS_OF_16 -> inBlocks(keras, 16);
            case KERNEL_IN_BLOCKS_OF_8 -> inBlocks(keras, 8);
            case DEPTHWISE_KERNEL, DENSE_KERNEL -> keras.permute(toTorch).contiguous();
            case UNCHANGED -> keras;
        };
    }

    /** The tensor's numbers in Keras's order. */
    NdArray download(Tensor tensor, Shape kerasShape) {
        return Tensors.download(this == UNCHANGED ? tensor : tensor.permute(toKeras), kerasShape);
    }

    private Tensor inBlocks(Tensor keras, long size) {
        return keras.reshape(keras.size(0), keras.size(1), keras.size(2) / size, size, keras.size(3) / size, size)
                .permute(toTorch)
                .contiguous();
    }

    /** The tensor as libtorch's operations take it: without blocks. */
    Tensor withoutBlocks(Tensor tensor) {
        return switch (this) {
            case KERNEL_IN_BLOCKS_OF_16, KERNEL_IN_BLOCKS_OF_8 ->
                tensor.permute(0, 5, 1, 4, 2, 3)
                        .reshape(
                                tensor.size(0) * tensor.size(5),
                                tensor.size(1) * tensor.size(4),
                                tensor.size(2),
                                tensor.size(3));
            case CONVOLUTION_KERNEL, DEPTHWISE_KERNEL, DENSE_KERNEL, UNCHANGED -> tensor;
        };
    }
}
