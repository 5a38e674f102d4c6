package dev.resnet4j.formats.hdf5;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Walks through a file's structures (HDF5 File Format Specification 3.0) before jhdf does, which follows whatever
 * addresses it finds, in circles and along exponentially many ways if the file is made so.
 *
 * <p>The structures of a sound file do not overlap, so together they are not larger than the file. That is checked
 * here, and with it goes every loop. What stands in a file and Keras never writes is refused, where jhdf could be led
 * astray by it: dense storage of links and attributes, shared messages, types made of types.
 */
final class StructureCheck {
    private static final int LONGEST_SUPERBLOCK = 100;
    private static final int DEEPEST_GROUP = 64;
    private static final int LONGEST_NAME = 4096;
    private static final long UNDEFINED_ADDRESS = -1;

    private static final int DATASPACE = 0x01;
    private static final int LINK_INFO = 0x02;
    private static final int DATATYPE = 0x03;
    private static final int FILL_VALUE = 0x05;
    private static final int LINK = 0x06;
    private static final int DATA_LAYOUT = 0x08;
    private static final int ATTRIBUTE = 0x0c;
    private static final int CONTINUATION = 0x10;
    private static final int SYMBOL_TABLE = 0x11;
    private static final int ATTRIBUTE_INFO = 0x15;

    private static final int SHARED = 2;

    private static final int INTEGERS = 0;
    private static final int FLOATS = 1;
    private static final int STRINGS = 3;
    private static final int ENUMERATION = 8;
    private static final int VARIABLE_LENGTH = 9;

    private final String file;
    private final ByteBuffer bytes;
    private final Deque<HeaderAt> unvisited = new ArrayDeque<>();
    private long room;

    /** An object header to be visited. */
    private record HeaderAt(long address, String path, int depth) {}

    private StructureCheck(String file, ByteBuffer bytes) {
        this.file = file;
        this.bytes = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        this.room = bytes.remaining();
    }

    /**
     * Checks a whole file.
     *
     * @param file what to call it in messages
     * @throws FormatException if it is not sound
     */
    static void check(String file, ByteBuffer bytes) {
        StructureCheck check = new StructureCheck(file, bytes);
        check.unvisited.add(new HeaderAt(check.rootAddress(), "/", 0));
        while (!check.unvisited.isEmpty()) {
            check.visit(check.unvisited.pop());
        }
    }

    private long rootAddress() {
        ByteBuffer superblock = slice(0, Math.min(bytes.capacity(), LONGEST_SUPERBLOCK), "/");
        int version = superblock.get(8);
        boolean old = version == 0 || version == 1;
        if (!old && version != 2 && version != 3) {
            throw unsound("/", "its superblock is of the unknown version " + version);
        }
        int sizes = old ? 13 : 9;
        if (superblock.get(sizes) != Long.BYTES || superblock.get(sizes + 1) != Long.BYTES) {
            throw unsound("/", "its addresses are not of 8 bytes");
        }
        return superblock.getLong(old ? 64 + 4 * version : 36);
    }

    private void visit(HeaderAt header) {
        if (header.depth() > DEEPEST_GROUP) {
            throw unsound(header.path(), "its groups are nested deeper than " + DEEPEST_GROUP);
        }
        if (slice(header.address(), 1, header.path()).get(0) == 'O') {
            visitNewHeader(header, take(header.address(), 6, header.path()).get(5));
        } else {
            ByteBuffer prefix = take(header.address(), 16, header.path());
            visitMessages(header, prefix.getInt(8), prefix.getShort(2) & 0xffff);
        }
    }

    /** Of version 1: as many messages as are declared, in one block and its continuations. */
    private void visitMessages(HeaderAt header, int size, int count) {
        Deque<ByteBuffer> blocks = new ArrayDeque<>();
        blocks.push(take(header.address() + 16, Integer.toUnsignedLong(size), header.path()));
        int left = count;
        while (left > 0 && !blocks.isEmpty()) {
            ByteBuffer block = blocks.peek();
            if (block.remaining() < 8) {
                blocks.pop();
                continue;
            }
            int type = block.getShort() & 0xffff;
            int length = block.getShort() & 0xffff;
            int flags = block.getInt() & 0xff;
            ByteBuffer message = cut(block, length, header.path());
            left--;
            if (type == CONTINUATION) {
                blocks.push(take(message.getLong(0), message.getLong(8), header.path()));
            } else {
                visitMessage(header, type, flags, message);
            }
        }
    }

    /** Of version 2: messages to each block's end. */
    private void visitNewHeader(HeaderAt header, int flags) {
        boolean creationOrder = (flags & 4) != 0;
        long sizeAt = header.address() + 6 + ((flags & 32) != 0 ? 16 : 0) + ((flags & 16) != 0 ? 4 : 0);
        int sizeBytes = 1 << (flags & 3);
        long size = number(take(sizeAt, sizeBytes, header.path()), sizeBytes);
        Deque<ByteBuffer> blocks = new ArrayDeque<>();
        blocks.push(take(sizeAt + sizeBytes, size, header.path()));
        while (!blocks.isEmpty()) {
            ByteBuffer block = blocks.peek();
            if (block.remaining() < 8) {
                blocks.pop();
                continue;
            }
            int type = block.get() & 0xff;
            int length = block.getShort() & 0xffff;
            int messageFlags = block.get();
            if (creationOrder) {
                block.getShort();
            }
            ByteBuffer message = cut(block, length, header.path());
            if (type == CONTINUATION) {
                ByteBuffer continuation = take(message.getLong(0), message.getLong(8), header.path());
                blocks.push(continuation.position(4));
            } else {
                visitMessage(header, type, messageFlags, message);
            }
        }
    }

    private void visitMessage(HeaderAt header, int type, int flags, ByteBuffer message) {
        switch (type) {
            case DATASPACE, FILL_VALUE, DATA_LAYOUT -> requireNotShared(header, flags);
            case DATATYPE -> {
                requireNotShared(header, flags);
                requireKnownType(header, message, 0);
            }
            case ATTRIBUTE -> {
                requireNotShared(header, flags);
                visitAttribute(header, message);
            }
            case LINK -> visitLink(header, message);
            case LINK_INFO -> requireNotDense(header, message, 2 + ((message.get(1) & 1) != 0 ? 8 : 0));
            case ATTRIBUTE_INFO -> requireNotDense(header, message, 2 + ((message.get(1) & 1) != 0 ? 2 : 0));
            case SYMBOL_TABLE -> visitGroup(header, message.getLong(0), message.getLong(8));
            default -> {
                // The others lead nowhere.
            }
        }
    }

    private void visitAttribute(HeaderAt header, ByteBuffer message) {
        int version = message.get(0);
        int nameLength = message.getShort(2) & 0xffff;
        int type = switch (version) {
            case 1 -> 8 + (nameLength + 7) / 8 * 8;
            case 2 -> 8 + nameLength;
            case 3 -> 9 + nameLength;
            default -> throw unsound(header.path(), "it has an attribute of the unknown version " + version);
        };
        if (version > 1) {
            requireNotShared(header, message.get(1) == 0 ? 0 : SHARED);
        }
        requireKnownType(header, message, type);
    }

    private void requireKnownType(HeaderAt header, ByteBuffer message, int offset) {
        int type = message.get(offset) & 0x0f;
        boolean known = switch (type) {
            case INTEGERS, FLOATS, STRINGS -> true;
            case ENUMERATION, VARIABLE_LENGTH -> {
                int base = message.get(offset + 8) & 0x0f;
                yield base == INTEGERS || base == STRINGS;
            }
            default -> false;
        };
        if (!known) {
            throw new FormatException(
                    file + header.path(),
                    "it has something of HDF5's type class " + type + ", and not just numbers and strings",
                    "give a file that Keras or resnet4j saved");
        }
    }

    private void requireNotShared(HeaderAt header, int flags) {
        if ((flags & SHARED) != 0) {
            throw notOfKeras(header, "it shares messages with other objects");
        }
    }

    private void requireNotDense(HeaderAt header, ByteBuffer message, int heapAt) {
        if (message.getLong(heapAt) != UNDEFINED_ADDRESS || message.getLong(heapAt + 8) != UNDEFINED_ADDRESS) {
            throw notOfKeras(header, "its links or attributes are stored densely");
        }
    }

    private FormatException notOfKeras(HeaderAt header, String reason) {
        return new FormatException(
                file + header.path(),
                reason + ", as in files of HDF5's latest format",
                "save it in the form that h5py takes by default (libver='earliest')");
    }

    private void visitLink(HeaderAt group, ByteBuffer message) {
        int flags = message.get(1);
        message.position(2);
        int type = (flags & 8) != 0 ? message.get() : 0;
        message.position(message.position() + ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0));
        long nameLength = number(message, 1 << (flags & 3));
        String name = text(cut(message, nameLength, group.path()), group.path());
        if (type == 0) {
            addChild(group, name, message.getLong());
        }
    }

    /** An old group: a B-tree of symbol tables, whose entries' names are in a heap. */
    private void visitGroup(HeaderAt group, long treeAddress, long heapAddress) {
        ByteBuffer heap = take(heapAddress, 32, group.path());
        requireSignature("HEAP", heap, group.path());
        Names names = new Names(heap.getLong(24), heap.getLong(8));
        Deque<Long> nodes = new ArrayDeque<>();
        nodes.push(treeAddress);
        while (!nodes.isEmpty()) {
            long address = nodes.pop();
            ByteBuffer node = take(address, 24, group.path());
            requireSignature("TREE", node, group.path());
            int level = node.get(5);
            int entries = node.getShort(6) & 0xffff;
            ByteBuffer children = take(address + 24, 16L * entries + 8, group.path());
            for (int entry = 0; entry < entries; entry++) {
                long child = children.getLong(8 + 16 * entry);
                if (level == 0) {
                    visitSymbolTable(group, child, names);
                } else {
                    nodes.push(child);
                }
            }
        }
    }

    /** Where a group's names lie. */
    private record Names(long address, long length) {}

    private void visitSymbolTable(HeaderAt group, long address, Names names) {
        ByteBuffer table = take(address, 8, group.path());
        requireSignature("SNOD", table, group.path());
        int entries = table.getShort(6);
        for (int entry = 0; entry < entries; entry++) {
            ByteBuffer symbol = take(address + 8 + 40L * entry, 40, group.path());
            String name = name(group, names, symbol.getLong(0));
            if (symbol.getInt(16) == 2) {
                name(group, names, Integer.toUnsignedLong(symbol.getInt(24)));
            } else {
                addChild(group, name, symbol.getLong(8));
            }
        }
    }

    private String name(HeaderAt group, Names names, long offset) {
        if (offset < 0 || offset >= names.length()) {
            throw unsound(group.path(), "a name lies outside the group's names");
        }
        long start = names.address() + offset;
        int most = (int) Math.min(LONGEST_NAME, names.length() - offset);
        for (int length = 0; length < most; length++) {
            if (slice(start + length, 1, group.path()).get(0) == 0) {
                return text(take(start, length + 1L, group.path()).limit(length), group.path());
            }
        }
        throw unsound(group.path(), "a name in it does not end");
    }

    private String text(ByteBuffer name, String path) {
        if (name.remaining() > LONGEST_NAME) {
            throw unsound(path, "a name in it has " + name.remaining() + " bytes");
        }
        return StandardCharsets.UTF_8.decode(name).toString();
    }

    private void addChild(HeaderAt group, String name, long address) {
        if (name.isEmpty() || name.indexOf('/') >= 0) {
            throw unsound(group.path(), "it has something of the impossible name '" + name + "'");
        }
        String path = group.path().equals("/") ? "/" + name : group.path() + "/" + name;
        unvisited.push(new HeaderAt(address, path, group.depth() + 1));
    }

    private void requireSignature(String signature, ByteBuffer structure, String path) {
        byte[] found = new byte[signature.length()];
        structure.get(0, found);
        if (!new String(found, StandardCharsets.ISO_8859_1).equals(signature)) {
            throw unsound(path, "there is no '" + signature + "' where it says");
        }
    }

    /** The next bytes of a structure, of which as many must be there. */
    private ByteBuffer cut(ByteBuffer structure, long length, String path) {
        if (length < 0 || length > structure.remaining()) {
            throw unsound(path, "a part of " + length + " bytes does not fit into its structure");
        }
        ByteBuffer part = structure.slice(structure.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        structure.position(structure.position() + (int) length);
        return part;
    }

    private static long number(ByteBuffer structure, int length) {
        return switch (length) {
            case 1 -> structure.get() & 0xff;
            case 2 -> structure.getShort() & 0xffff;
            case 4 -> Integer.toUnsignedLong(structure.getInt());
            case 8 -> structure.getLong();
            default -> throw new IllegalArgumentException("a number of " + length + " bytes");
        };
    }

    /** The bytes of a structure, which no other structure may have. */
    private ByteBuffer take(long address, long length, String path) {
        ByteBuffer structure = slice(address, length, path);
        room -= length;
        if (room < 0) {
            throw unsound(path, "its structures lead in a circle, or lie on top of each other");
        }
        return structure;
    }

    private ByteBuffer slice(long address, long length, String path) {
        if (address < 0 || length < 0 || length > bytes.capacity() || address > bytes.capacity() - length) {
            throw unsound(
                    path,
                    "a structure of " + length + " bytes at " + address + " does not lie inside the file of "
                            + bytes.capacity() + " bytes");
        }
        return bytes.slice((int) address, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private FormatException unsound(String path, String reason) {
        return new FormatException(file + path, reason, Advice.SAVE_AGAIN);
    }
}
