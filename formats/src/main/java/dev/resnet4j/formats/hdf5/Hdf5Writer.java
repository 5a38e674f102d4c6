package dev.resnet4j.formats.hdf5;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes groups and arrays as an HDF5 file, from front to back into any stream: the superblock, all headers, all
 * numbers. It takes no memory for the numbers.
 *
 * <p>Why not jhdf, which reads them: version 0.13.0 calls its own writing alpha, writes over the last group where that
 * is empty, as Keras's last group is, and wants every array as Java's arrays of arrays, which doubles the memory.
 */
public final class Hdf5Writer {
    private static final int SUPERBLOCK_BYTES = 48;
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private final Hdf5Group root;
    private final List<Hdf5Node> nodes = new ArrayList<>();
    private final Map<Hdf5Node, Long> headerAddresses = new HashMap<>();
    private final Map<Hdf5Node, Long> dataAddresses = new HashMap<>();
    private final long size;

    public Hdf5Writer(Hdf5Group root) {
        this.root = root;
        addWithChildren(root);
        long address = SUPERBLOCK_BYTES;
        for (Hdf5Node node : nodes) {
            headerAddresses.put(node, address);
            address += node.header(Map.of()).length;
        }
        for (Hdf5Node node : nodes) {
            if (node instanceof Hdf5Dataset dataset) {
                dataAddresses.put(node, address);
                address += dataset.bytes();
            }
        }
        size = address;
    }

    private void addWithChildren(Hdf5Node node) {
        nodes.add(node);
        if (node instanceof Hdf5Group group) {
            group.children().values().forEach(this::addWithChildren);
        }
    }

    /** The length of the whole file in bytes. */
    public long size() {
        return size;
    }

    /** Writes the whole file. */
    public void writeTo(OutputStream out) throws IOException {
        out.write(superblock());
        for (Hdf5Node node : nodes) {
            out.write(node.header(node instanceof Hdf5Group ? headerAddresses : dataAddresses));
        }
        for (Hdf5Node node : nodes) {
            if (node instanceof Hdf5Dataset dataset) {
                dataset.writeNumbers(out);
            }
        }
    }

    /** Of version 2 (HDF5 File Format Specification 3.0, II.B). */
    private byte[] superblock() {
        ByteBuffer superblock = Hdf5Header.buffer(SUPERBLOCK_BYTES)
                .put(SIGNATURE)
                .put((byte) 2)
                .put((byte) Long.BYTES)
                .put((byte) Long.BYTES)
                .put((byte) 0)
                .putLong(0)
                .putLong(Hdf5Header.UNDEFINED_ADDRESS)
                .putLong(size)
                .putLong(headerAddresses.get(root));
        return Hdf5Header.withChecksum(superblock);
    }
}
