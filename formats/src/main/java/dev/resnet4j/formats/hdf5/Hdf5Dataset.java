package dev.resnet4j.formats.hdf5;

import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/** An array of an HDF5 file to be written, stored in one piece. */
final class Hdf5Dataset implements Hdf5Node {
    private static final int BUFFER_BYTES = 1 << 18;

    private final Shape shape;
    private final float[] floats;
    private final long integer;

    private Hdf5Dataset(Shape shape, float[] floats, long integer) {
        this.shape = shape;
        this.floats = floats;
        this.integer = integer;
    }

    static Hdf5Dataset of(NdArray array) {
        return new Hdf5Dataset(array.shape(), array.values(), 0);
    }

    static Hdf5Dataset of(float value) {
        return new Hdf5Dataset(Shape.of(), new float[] {value}, 0);
    }

    static Hdf5Dataset of(long value) {
        return new Hdf5Dataset(Shape.of(), null, value);
    }

    /** How many bytes the numbers take. */
    long bytes() {
        return floats == null ? Long.BYTES : (long) floats.length * Float.BYTES;
    }

    @Override
    public byte[] header(Map<Hdf5Node, Long> addresses) {
        Hdf5Header header = new Hdf5Header();
        header.addDataspace(shape);
        if (floats == null) {
            header.addInt64();
        } else {
            header.addFloat32();
        }
        header.addContiguousData(addresses.getOrDefault(this, 0L), bytes());
        return header.toBytes();
    }

    /** Writes the numbers, in little-endian order. */
    void writeNumbers(OutputStream out) throws IOException {
        if (floats == null) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(integer)
                    .array());
            return;
        }
        int step = Math.min(floats.length, BUFFER_BYTES / Float.BYTES);
        byte[] bytes = new byte[step * Float.BYTES];
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = 0; start < floats.length; start += step) {
            int length = Math.min(step, floats.length - start);
            buffer.asFloatBuffer().put(floats, start, length);
            out.write(bytes, 0, length * Float.BYTES);
        }
    }
}
