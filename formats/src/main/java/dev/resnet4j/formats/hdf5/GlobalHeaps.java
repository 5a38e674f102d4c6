package dev.resnet4j.formats.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Where HDF5 keeps strings of variable length (File Format Specification 3.0, III.E). jhdf reads a heap anew for each
 * attribute, and a text as often as something points at it, so that small files may become texts without end.
 */
final class GlobalHeaps {
    private static final int COLLECTION_PREFIX = 16;
    private static final int OBJECT_PREFIX = 16;
    /** How often a text may be read on average, over the whole file. */
    private static final long READINGS = 8;

    private final ByteBuffer bytes;
    private final Map<Long, Map<Integer, ByteBuffer>> collections = new HashMap<>();
    private long roomForCollections;
    private long roomForTexts;

    GlobalHeaps(ByteBuffer bytes) {
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.roomForCollections = bytes.remaining();
        this.roomForTexts = READINGS * bytes.remaining();
    }

    /**
     * The text that a reference of an attribute points at.
     *
     * @param reference a length of 4 bytes, the address of a collection of 8, and the text's number in it of 4
     * @throws RuntimeException if there is no such text
     */
    String text(ByteBuffer reference) {
        int length = reference.getInt();
        long address = reference.getLong();
        int number = reference.getInt();
        if (length == 0) {
            return "";
        }
        ByteBuffer found =
                collections.computeIfAbsent(address, this::readCollection).get(number);
        if (found == null) {
            throw new IllegalArgumentException("there is no text " + number + " in the heap at " + address);
        }
        roomForTexts -= found.remaining();
        if (roomForTexts < 0) {
            throw new IllegalArgumentException("its texts are far larger than the file");
        }
        String text = StandardCharsets.UTF_8.decode(found.duplicate()).toString();
        int end = text.indexOf('\0');
        return end < 0 ? text : text.substring(0, end);
    }

    private Map<Integer, ByteBuffer> readCollection(long address) {
        ByteBuffer prefix = slice(address, COLLECTION_PREFIX);
        if (prefix.getInt(0) != ('G' | 'C' << 8 | 'O' << 16 | 'L' << 24)) {
            throw new IllegalArgumentException("there is no heap at " + address);
        }
        long size = prefix.getLong(8);
        ByteBuffer objects = slice(address + COLLECTION_PREFIX, size - COLLECTION_PREFIX);
        roomForCollections -= size;
        if (roomForCollections < 0) {
            throw new IllegalArgumentException("its heaps lie on top of each other");
        }
        Map<Integer, ByteBuffer> collection = new HashMap<>();
        while (objects.remaining() >= OBJECT_PREFIX) {
            int number = objects.getShort() & 0xffff;
            objects.position(objects.position() + 6);
            long length = objects.getLong();
            if (number == 0) {
                break;
            }
            if (length < 0 || length > objects.remaining()) {
                throw new IllegalArgumentException("text " + number + " does not fit into the heap at " + address);
            }
            collection.put(number, objects.slice(objects.position(), (int) length));
            objects.position((int) Math.min(objects.limit(), objects.position() + (length + 7) / 8 * 8));
        }
        return collection;
    }

    private ByteBuffer slice(long address, long length) {
        if (address < 0 || length < 0 || length > bytes.capacity() || address > bytes.capacity() - length) {
            throw new IllegalArgumentException("the heap at " + address + " does not lie inside the file");
        }
        return bytes.slice((int) address, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
