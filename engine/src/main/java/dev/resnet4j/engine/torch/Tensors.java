package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Numbers between Java's arrays and libtorch's tensors. */
final class Tensors {
    private Tensors() {}

    /** A new 32-bit tensor on the device, row-major, with a copy of the array's numbers. */
    static Tensor upload(NdArray array, Device device) {
        Tensor tensor = torch.empty(sizes(array.shape()));
        try (FloatPointer memory = tensor.data_ptr_float()) {
            memory.put(array.values());
        }
        return device.is_cpu() ? tensor : tensor.to(device, torch.ScalarType.Float);
    }

    /** A new single 32-bit number on the device, which stays when the scope around closes. */
    static Tensor number(float value, Device device) {
        try (PointerScope scope = new PointerScope()) {
            return upload(new NdArray(Shape.of(), new float[] {value}), device).retainReference();
        }
    }

    /** A copy of the tensor's numbers, of any type and memory order, in row-major order. */
    static NdArray download(Tensor tensor, Shape shape) {
        Tensor rowMajor = tensor.detach().toType(torch.ScalarType.Float).cpu().contiguous();
        float[] values = new float[Math.toIntExact(shape.elements())];
        try (FloatPointer memory = rowMajor.data_ptr_float()) {
            memory.get(values);
        }
        return new NdArray(shape, values);
    }

    /** Pictures (batch, height, width, channels) as libtorch takes them: (batch, channels, height, width) of the same
     * memory, which is libtorch's channels-last format. Arrays without pictures' four axes stay as they are. */
    static Tensor uploadPictures(NdArray pictures, Device device) {
        return KerasOrder.undo(upload(pictures, device));
    }

    /** The numbers of a batch of outputs: feature maps come back as (batch, height, width, channels). */
    static NdArray downloadOutputs(Tensor outputs, Shape shapeOfOne) {
        int batch = Math.toIntExact(outputs.size(0));
        return download(KerasOrder.of(outputs), shapeOfOne.withBatch(batch));
    }

    /** libtorch's name of the numbers of feature maps. */
    static torch.ScalarType type(Precision precision) {
        return switch (precision) {
            case FP32, INT8 -> torch.ScalarType.Float;
            case BF16 -> torch.ScalarType.BFloat16;
        };
    }

    /** The numbers, those outside a range replaced by its nearest end. */
    static Tensor clamp(Tensor x, double smallest, double largest) {
        return x.clamp(new ScalarOptional(new Scalar(smallest)), new ScalarOptional(new Scalar(largest)));
    }

    /** A shape as libtorch takes it. */
    static long[] sizes(Shape shape) {
        List<Integer> dimensions = shape.dimensions();
        return dimensions.stream().mapToLong(Integer::longValue).toArray();
    }
}
