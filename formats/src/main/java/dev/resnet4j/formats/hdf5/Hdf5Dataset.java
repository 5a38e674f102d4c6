package dev.resnet4j.formats.hdf5;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import io.jhdf.api.Dataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * An array of an HDF5 file that is read. It must be stored in one piece, as Keras stores all its arrays, and hold
 * numbers: int32, int64, or IEEE 754's float16, float32 or float64.
 */
public final class Hdf5Dataset {
    private static final String CONTIGUOUS = "store it in one piece and uncompressed (h5repack -l CONTI)";

    private final Hdf5File file;
    private final Dataset dataset;
    private final String path;

    Hdf5Dataset(Hdf5File file, Dataset dataset, String path) {
        this.file = file;
        this.dataset = dataset;
        this.path = path;
    }

    /** The path from the root, such as {@code /layers/conv2d/vars/0}. */
    public String path() {
        return path;
    }

    /** The declared sizes, outermost first: what a file says, so anything from 0 on. */
    public List<Long> sizes() {
        return Arrays.stream(dataset.getDimensionsAsLong()).boxed().toList();
    }

    /** Whether the sizes are those of a shape. */
    public boolean hasShape(Shape shape) {
        return sizes().equals(
                        shape.dimensions().stream().map(Integer::longValue).toList());
    }

    /** Whether it is of float32. */
    public boolean isFloat32() {
        return kind() == Kind.FLOAT32;
    }

    /** Whether it is a single int32 or int64. */
    public boolean isInteger() {
        return (kind() == Kind.INT32 || kind() == Kind.INT64) && sizes().isEmpty();
    }

    /** The array's attributes. */
    public Hdf5Attributes attributes() {
        return new Hdf5Attributes(file, dataset, path);
    }

    /**
     * The numbers, if the array has the shape.
     *
     * @see #read()
     * @throws FormatException if it has another
     */
    public NdArray read(Shape shape) {
        if (!hasShape(shape)) {
            throw wrong("it must be of shape " + shape + ", but is " + this, Advice.SAVE_AGAIN);
        }
        return read();
    }

    /**
     * The numbers, as float32: those of that type and of float16 exactly, others as the nearest float32 (the even one
     * of two), which is infinite beyond 3.4e38.
     *
     * @throws FormatException if it is damaged, empty, of another type or stored in pieces; what the file does not
     *     hold takes no memory
     */
    public NdArray read() {
        return Hdf5File.guarded(file.place(path), () -> {
            Shape shape = shape();
            Kind kind = kind();
            ByteBuffer bytes = bytes(kind);
            float[] values = new float[Math.toIntExact(shape.elements())];
            switch (kind) {
                case FLOAT16 -> fill(values, index -> FloatingPoint.toFloat(bytes.getShort(2 * index)));
                case FLOAT32 -> bytes.asFloatBuffer().get(values);
                case FLOAT64 -> fill(values, index -> (float) bytes.getDouble(8 * index));
                case INT32 -> fill(values, index -> bytes.getInt(4 * index));
                case INT64 -> fill(values, index -> bytes.getLong(8 * index));
                case OTHER -> throw ofAnotherType();
            }
            return new NdArray(shape, values);
        });
    }

    /**
     * The number, if it is a single int32 or int64.
     *
     * @throws FormatException if it is not, or is damaged
     */
    public long readInteger() {
        if (!isInteger()) {
            throw wrong("it must be a single integer, but is " + this, Advice.SAVE_AGAIN);
        }
        return Hdf5File.guarded(file.place(path), () -> {
            ByteBuffer bytes = bytes(kind());
            return kind() == Kind.INT32 ? bytes.getInt(0) : bytes.getLong(0);
        });
    }

    private static void fill(float[] values, FloatAt numbers) {
        for (int index = 0; index < values.length; index++) {
            values[index] = numbers.get(index);
        }
    }

    private interface FloatAt {
        float get(int index);
    }

    private Shape shape() {
        for (long size : sizes()) {
            if (size < 1 || size > Integer.MAX_VALUE) {
                throw wrong("it is " + this + ", which is no array of numbers", Advice.SAVE_AGAIN);
            }
        }
        return new Shape(sizes().stream().map(Math::toIntExact).toList());
    }

    /** The bytes as they lie in the file, in the order of the numbers. */
    private ByteBuffer bytes(Kind kind) {
        DataLayout layout = dataset.getDataLayout();
        if (layout != DataLayout.CONTIGUOUS && layout != DataLayout.COMPACT) {
            throw wrong("it is stored in pieces or compressed (" + layout + ")", CONTIGUOUS);
        }
        if (kind == Kind.OTHER) {
            throw ofAnotherType();
        }
        file.requireRoom(path, dataset.getAddress(), Math.multiplyExact(shape().elements(), (long) kind.bytes));
        return ((DatasetBase) dataset).getDataBuffer();
    }

    private FormatException ofAnotherType() {
        return wrong("it is " + this, "convert it to float32, of which Keras's weights are");
    }

    private Kind kind() {
        DataType type = dataset.getDataType();
        int bytes = type.getSize();
        if (type instanceof FloatingPoint floats) {
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind.isFloats(floats))
                    .findFirst()
                    .orElse(Kind.OTHER);
        }
        boolean plain = type instanceof FixedPoint integers
                && integers.isSigned()
                && integers.getBitOffset() == 0
                && integers.getBitPrecision() == Byte.SIZE * bytes;
        return plain && bytes == Integer.BYTES ? Kind.INT32 : plain && bytes == Long.BYTES ? Kind.INT64 : Kind.OTHER;
    }

    private enum Kind {
        FLOAT16(Short.BYTES, 10),
        FLOAT32(Float.BYTES, 23),
        FLOAT64(Double.BYTES, 52),
        INT32(Integer.BYTES, 0),
        INT64(Long.BYTES, 0),
        OTHER(0, 0);

        private final int bytes;
        private final int mantissaBits;

        Kind(int bytes, int mantissaBits) {
            this.bytes = bytes;
            this.mantissaBits = mantissaBits;
        }

        /** Whether this is the type, in the layout of IEEE 754's. */
        private boolean isFloats(FloatingPoint type) {
            int exponentBits = Byte.SIZE * bytes - 1 - mantissaBits;
            return mantissaBits > 0
                    && type.getSize() == bytes
                    && type.getMantissaSize() == mantissaBits
                    && type.getExponentSize() == exponentBits
                    && type.getExponentBias() == (1 << (exponentBits - 1)) - 1
                    && type.getSignLocation() == Byte.SIZE * bytes - 1;
        }
    }

    private FormatException wrong(String reason, String advice) {
        return new FormatException(file.place(path), reason, advice);
    }

    /** Type and sizes, such as {@code float32 [3, 3, 16, 32]}. */
    @Override
    public String toString() {
        Kind kind = kind();
        String type = kind == Kind.OTHER
                ? dataset.getDataType().getClass().getSimpleName() + " of "
                        + dataset.getDataType().getSize() + " bytes"
                : kind.name().toLowerCase(Locale.ROOT);
        return type + " " + sizes();
    }
}
