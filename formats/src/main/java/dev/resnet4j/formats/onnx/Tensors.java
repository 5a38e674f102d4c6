package dev.resnet4j.formats.onnx;

import com.google.protobuf.UnsafeByteOperations;
import dev.resnet4j.formats.onnx.proto.TensorProto;
import dev.resnet4j.formats.onnx.proto.TensorProto.DataType;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.IntStream;

/** Numbers as ONNX's tensors: raw bytes, little-endian. */
final class Tensors {
    private Tensors() {}

    static TensorProto integers(String name, Shape shape, long... values) {
        ByteBuffer bytes = littleEndian((long) values.length * Long.BYTES);
        for (long value : values) {
            bytes.putLong(value);
        }
        return tensor(name, DataType.INT64, shape, bytes.flip());
    }

    static TensorProto reals(String name, NdArray array) {
        int[] sameOrder = IntStream.range(0, array.shape().rank()).toArray();
        return reals(name, array, array.shape(), sameOrder);
    }

    /**
     * The array with its axes in another order, then told to be of another shape.
     *
     * @param axes which of the array's axes comes first, second and so on, as NumPy's {@code transpose} takes them
     */
    static TensorProto reals(String name, NdArray array, Shape shape, int... axes) {
        return tensor(name, DataType.FLOAT, shape, transposed(array, axes));
    }

    /** Takes the bytes without a copy: nothing else holds them. */
    private static TensorProto tensor(String name, DataType type, Shape shape, ByteBuffer bytes) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(shape.dimensions().stream().map(Integer::longValue).toList())
                .setRawData(UnsafeByteOperations.unsafeWrap(bytes))
                .build();
    }

    private static ByteBuffer transposed(NdArray array, int[] axes) {
        int[] strides = strides(array);
        int[] sizes = new int[axes.length];
        int[] steps = new int[axes.length];
        for (int axis = 0; axis < axes.length; axis++) {
            sizes[axis] = array.shape().dimension(axes[axis]);
            steps[axis] = strides[axes[axis]];
        }
        ByteBuffer bytes = littleEndian((long) array.values().length * Float.BYTES);
        int[] index = new int[axes.length];
        int place = 0;
        while (bytes.hasRemaining()) {
            bytes.putFloat(array.values()[place]);
            for (int axis = axes.length - 1; axis >= 0; axis--) {
                place += steps[axis];
                if (++index[axis] < sizes[axis]) {
                    break;
                }
                place -= sizes[axis] * steps[axis];
                index[axis] = 0;
            }
        }
        return bytes.flip();
    }

    private static int[] strides(NdArray array) {
        int[] strides = new int[array.shape().rank()];
        int stride = 1;
        for (int axis = strides.length - 1; axis >= 0; axis--) {
            strides[axis] = stride;
            stride *= array.shape().dimension(axis);
        }
        return strides;
    }

    private static ByteBuffer littleEndian(long length) {
        return ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
