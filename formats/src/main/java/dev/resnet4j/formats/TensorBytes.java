package dev.resnet4j.formats;

import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Between the numbers of an array and their bytes in a file, little-endian, in row-major order.
 *
 * <p>float16 and bfloat16 become float32 without loss; float64 is rounded to the nearest float32, ties to even, and
 * refused where a finite number would become infinite.
 */
public final class TensorBytes {
    private static final int CHUNK = 1 << 16;
    private static final float SMALLEST_FLOAT16 = 0x1p-24f;

    private TensorBytes() {}

    /** How many bytes a tensor takes in a file. */
    public static long size(Tensor tensor) {
        return tensor.shape().elements() * tensor.elementType().bytes();
    }

    /**
     * The numbers that bytes stand for.
     *
     * @param name of the array, for the message
     * @param bytes as many as the shape and the type need; read from its position, which stays
     * @throws FormatException if a number lies beyond float32
     */
    public static Tensor decode(String name, ElementType type, Shape shape, ByteBuffer bytes) {
        ByteBuffer source = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        int elements = Math.toIntExact(shape.elements());
        return switch (type) {
            case FLOAT32 -> {
                float[] values = new float[elements];
                source.asFloatBuffer().get(values);
                yield floats(shape, values);
            }
            case FLOAT64 -> floats(shape, narrowed(name, source, elements));
            case FLOAT16 -> {
                float[] values = new float[elements];
                for (int i = 0; i < elements; i++) {
                    values[i] = float16(source.getShort());
                }
                yield floats(shape, values);
            }
            case BFLOAT16 -> {
                float[] values = new float[elements];
                for (int i = 0; i < elements; i++) {
                    values[i] = Float.intBitsToFloat(source.getShort() << 16);
                }
                yield floats(shape, values);
            }
            case INT64 -> {
                long[] values = new long[elements];
                source.asLongBuffer().get(values);
                yield new LongTensor(shape, values);
            }
        };
    }

    private static Tensor floats(Shape shape, float[] values) {
        return new FloatTensor(new NdArray(shape, values));
    }

    private static float[] narrowed(String name, ByteBuffer source, int elements) {
        float[] values = new float[elements];
        for (int i = 0; i < elements; i++) {
            double value = source.getDouble();
            values[i] = (float) value;
            if (Float.isInfinite(values[i]) && !Double.isInfinite(value)) {
                throw new FormatException(
                        name,
                        "its number " + value + " is beyond float32, in which resnet4j computes",
                        "train or save the model in float32");
            }
        }
        return values;
    }

    /** IEEE 754 binary16: one bit of sign, five of exponent with a bias of 15, ten of fraction. */
    private static float float16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        int magnitude = switch (exponent) {
            case 0 -> Float.floatToRawIntBits(fraction * SMALLEST_FLOAT16);
            case 0x1f -> 0xff << 23 | fraction << 13;
            default -> (exponent - 15 + 127) << 23 | fraction << 13;
        };
        return Float.intBitsToFloat(sign | magnitude);
    }

    /** Writes a tensor's numbers, a piece at a time. */
    public static void write(Tensor tensor, OutputStream out) throws IOException {
        if (tensor instanceof FloatTensor floats) {
            write(floats.array().values(), out);
        } else if (tensor instanceof LongTensor longs) {
            write(longs.values(), out);
        }
    }

    private static void write(float[] values, OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        int perChunk = CHUNK / Float.BYTES;
        for (int from = 0; from < values.length; from += perChunk) {
            int count = Math.min(perChunk, values.length - from);
            chunk.asFloatBuffer().put(values, from, count);
            out.write(chunk.array(), 0, count * Float.BYTES);
        }
    }

    private static void write(long[] values, OutputStream out) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        int perChunk = CHUNK / Long.BYTES;
        for (int from = 0; from < values.length; from += perChunk) {
            int count = Math.min(perChunk, values.length - from);
            chunk.asLongBuffer().put(values, from, count);
            out.write(chunk.array(), 0, count * Long.BYTES);
        }
    }
}
