package dev.resnet4j.formats.hdf5;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.tensor.Shape;
import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An object header of version 2 (HDF5 File Format Specification 3.0, IV.A.1.b) with the messages that groups of links
 * and arrays in one piece need. Addresses and lengths have 8 bytes.
 */
final class Hdf5Header {
    static final long UNDEFINED_ADDRESS = -1;

    private static final byte VERSION = 2;
    /** The length of the messages is given in 4 bytes; no times, no creation order. */
    private static final byte FLAGS = 2;

    private static final int PREFIX_BYTES = 10;
    private static final int MESSAGE_PREFIX_BYTES = 4;
    private static final int LARGEST_MESSAGE = 0xffff;

    private static final byte UTF_8 = 1;

    private final List<byte[]> messages = new ArrayList<>();

    /** A group whose links stand in the header itself. */
    void addGroup() {
        add(
                MessageType.LINK_INFO,
                buffer(18)
                        .put((byte) 0)
                        .put((byte) 0)
                        .putLong(UNDEFINED_ADDRESS)
                        .putLong(UNDEFINED_ADDRESS));
        add(MessageType.GROUP_INFO, buffer(2).putShort((short) 0));
    }

    /** A hard link. */
    void addLink(String name, long address) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        // Flags: the name's length has 2 bytes, and its character set is given.
        add(
                MessageType.LINK,
                buffer(13 + text.length)
                        .put((byte) 1)
                        .put((byte) 0x11)
                        .put(UTF_8)
                        .putShort((short) text.length)
                        .put(text)
                        .putLong(address));
    }

    /** A string of fixed length. */
    void addAttribute(String name, String value) {
        byte[] nameText = (name + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] text = (value + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] type = stringType(text.length);
        byte[] space = dataspace(Shape.of());
        add(
                MessageType.ATTRIBUTE,
                buffer(9 + nameText.length + type.length + space.length + text.length)
                        .put((byte) 3)
                        .put((byte) 0)
                        .putShort((short) nameText.length)
                        .putShort((short) type.length)
                        .putShort((short) space.length)
                        .put(UTF_8)
                        .put(nameText)
                        .put(type)
                        .put(space)
                        .put(text));
    }

    /** The shape; a single number for an empty one. */
    void addDataspace(Shape shape) {
        add(MessageType.DATASPACE, dataspace(shape));
    }

    private static byte[] dataspace(Shape shape) {
        ByteBuffer message = buffer(4 + Long.BYTES * shape.rank())
                .put((byte) 2)
                .put((byte) shape.rank())
                .put((byte) 0)
                .put((byte) (shape.rank() == 0 ? 0 : 1));
        shape.dimensions().forEach(message::putLong);
        return bytes(message);
    }

    /** IEEE single precision, little-endian. */
    void addFloat32() {
        add(
                MessageType.DATATYPE,
                datatype(20, 1, 0x1f20, Float.BYTES)
                        .putShort((short) 0)
                        .putShort((short) Float.SIZE)
                        .put((byte) 23)
                        .put((byte) 8)
                        .put((byte) 0)
                        .put((byte) 23)
                        .putInt(127));
    }

    /** A signed integer of 64 bits, little-endian. */
    void addInt64() {
        add(
                MessageType.DATATYPE,
                datatype(12, 0, 0x08, Long.BYTES).putShort((short) 0).putShort((short) Long.SIZE));
    }

    private static byte[] stringType(int length) {
        // Ended by a zero, in UTF-8.
        return bytes(datatype(8, 3, 0x10, length));
    }

    private static ByteBuffer datatype(int length, int typeClass, int bitField, int elementBytes) {
        return buffer(length).putInt(bitField << Byte.SIZE | 1 << 4 | typeClass).putInt(elementBytes);
    }

    /** Numbers in one piece, without a fill value. */
    void addContiguousData(long address, long bytes) {
        // Flags: space is taken late, and a fill value would be written only if there were one.
        add(MessageType.FILL_VALUE, buffer(2).put((byte) 3).put((byte) 0x0a));
        add(
                MessageType.DATA_LAYOUT,
                buffer(18).put((byte) 3).put((byte) 1).putLong(address).putLong(bytes));
    }

    private void add(MessageType type, ByteBuffer content) {
        add(type, bytes(content));
    }

    private void add(MessageType type, byte[] content) {
        if (content.length > LARGEST_MESSAGE) {
            throw new FormatException(
                    "HDF5", "a name of " + content.length + " bytes does not fit into HDF5", "use shorter names");
        }
        messages.add(bytes(buffer(MESSAGE_PREFIX_BYTES + content.length)
                .put(type.number)
                .putShort((short) content.length)
                .put((byte) 0)
                .put(content)));
    }

    byte[] toBytes() {
        int length = messages.stream().mapToInt(message -> message.length).sum();
        ByteBuffer header = buffer(PREFIX_BYTES + length + Integer.BYTES)
                .put("OHDR".getBytes(StandardCharsets.US_ASCII))
                .put(VERSION)
                .put(FLAGS)
                .putInt(length);
        messages.forEach(header::put);
        return withChecksum(header);
    }

    /** What a structure holds, and after it the checksum of that. */
    static byte[] withChecksum(ByteBuffer structure) {
        byte[] covered = bytes(structure.duplicate());
        return bytes(structure.putInt(JenkinsLookup3HashLittle.hash(covered)));
    }

    /** What was put into a buffer. */
    private static byte[] bytes(ByteBuffer filled) {
        filled.flip();
        byte[] bytes = new byte[filled.remaining()];
        filled.get(bytes);
        return bytes;
    }

    static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private enum MessageType {
        DATASPACE(1),
        LINK_INFO(2),
        DATATYPE(3),
        FILL_VALUE(5),
        LINK(6),
        DATA_LAYOUT(8),
        GROUP_INFO(10),
        ATTRIBUTE(12);

        private final byte number;

        MessageType(int number) {
            this.number = (byte) number;
        }
    }
}
