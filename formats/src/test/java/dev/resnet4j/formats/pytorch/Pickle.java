package dev.resnet4j.formats.pytorch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** A pickle put together by hand, instruction by instruction. */
final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle() {
        op(Opcode.PROTO).raw(2);
    }

    Pickle op(Opcode... opcodes) {
        for (Opcode opcode : opcodes) {
            out.write(opcode.code());
        }
        return this;
    }

    Pickle raw(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
        return this;
    }

    Pickle raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Pickle line(String line) {
        return raw((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    Pickle global(String module, String name) {
        return op(Opcode.GLOBAL).line(module).line(name);
    }

    Pickle text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return op(Opcode.BINUNICODE).littleEndian(bytes.length).raw(bytes);
    }

    Pickle integer(long value) {
        return op(Opcode.LONG1)
                .raw(Long.BYTES)
                .raw(ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(value)
                        .array());
    }

    Pickle littleEndian(int value) {
        return raw(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    Pickle tuple(long... values) {
        op(Opcode.MARK);
        for (long value : values) {
            integer(value);
        }
        return op(Opcode.TUPLE);
    }

    /** A reference to a storage of FloatStorage. */
    Pickle floatStorage(String key, long elements) {
        return op(Opcode.MARK)
                .text("storage")
                .global("torch", "FloatStorage")
                .text(key)
                .text("cpu")
                .integer(elements)
                .op(Opcode.TUPLE, Opcode.BINPERSID);
    }

    /** A tensor of numbers of 32 bits. */
    Pickle tensor(String key, long elements, long offset, long[] sizes, long[] strides) {
        return global("torch._utils", "_rebuild_tensor_v2")
                .op(Opcode.MARK)
                .floatStorage(key, elements)
                .integer(offset)
                .tuple(sizes)
                .tuple(strides)
                .op(Opcode.NEWFALSE, Opcode.NONE, Opcode.TUPLE, Opcode.REDUCE);
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** A dict of one tensor under the name {@code w}. */
    static Pickle ofOneTensor(long elements, long offset, long[] sizes, long[] strides) {
        return new Pickle()
                .op(Opcode.EMPTY_DICT)
                .text("w")
                .tensor("0", elements, offset, sizes, strides)
                .op(Opcode.SETITEM, Opcode.STOP);
    }
}
