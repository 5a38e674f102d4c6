package dev.resnet4j.formats.onnx;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.resnet4j.formats.onnx.proto.TensorProto;
import dev.resnet4j.formats.onnx.proto.TensorProto.DataType;
import dev.resnet4j.model.tensor.NdArray;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as ONNX's tensors: raw bytes, little-endian. */
final class Tensors {
    private Tensors() {}

    static TensorProto integers(String name, long... values) {
        ByteBuffer bytes = littleEndian(Math.multiplyExact(values.length, Long.BYTES));
        for (long value : values) {
            bytes.putLong(value);
        }
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(DataType.INT64.getNumber())
                .addDims(values.length)
                .setRawData(wrap(bytes))
                .build();
    }

    /**
     * The array with its axes in another order.
     *
     * @param axes which of the array's axes each axis of the tensor is, as NumPy's {@code transpose} takes them
     */
    static TensorProto reals(String name, NdArray array, int... axes) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(DataType.FLOAT.getNumber());
        for (int axis : axes) {
            tensor.addDims(array.shape().dimension(axis));
        }
        return tensor.setRawData(wrap(transposed(array, axes))).build();
    }

    private static ByteBuffer transposed(NdArray array, int[] axes) {
        int[] strides = strides(array);
        int[] sizes = new int[axes.length];
        int[] steps = new int[axes.length];
        for (int axis = 0; axis < axes.length; axis++) {
            sizes[axis] = array.shape().dimension(axes[axis]);
            steps[axis] = strides[axes[axis]];
        }
        ByteBuffer bytes = littleEndian(Math.multiplyExact(array.values().length, Float.BYTES));
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
        return bytes;
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

    private static ByteBuffer littleEndian(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Without a copy: nothing else holds the bytes. */
    private static ByteString wrap(ByteBuffer bytes) {
        return UnsafeByteOperations.unsafeWrap(bytes.array());
    }
}
