package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Tensor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * A state dict as the pickle that {@code torch.save} writes: an OrderedDict of tensors, whose numbers stand in storages
 * outside of it with the keys 0, 1, 2 and so on.
 */
final class StateDictPickle {
    private static final int PROTOCOL = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private StateDictPickle() {}

    static byte[] of(StateDict stateDict) {
        StateDictPickle pickle = new StateDictPickle();
        pickle.write(stateDict);
        return pickle.out.toByteArray();
    }

    private void write(StateDict stateDict) {
        write(Opcode.PROTO);
        out.write(PROTOCOL);
        writeEmptyOrderedDict();
        write(Opcode.MARK);
        int key = 0;
        for (Map.Entry<String, Tensor> tensor : stateDict.tensors().entrySet()) {
            writeText(tensor.getKey());
            writeTensor(tensor.getValue(), key);
            key++;
        }
        write(Opcode.SETITEMS);
        write(Opcode.STOP);
    }

    /** Storage, offset, sizes, strides, whether it wants gradients, and hooks, of which a state dict has none. */
    private void writeTensor(Tensor tensor, int key) {
        writeGlobal(Function.REBUILD_TENSOR_V2.module(), Function.REBUILD_TENSOR_V2.functionName());
        write(Opcode.MARK);
        writeStorage(tensor, key);
        writeInteger(0);
        List<Integer> sizes = tensor.shape().dimensions();
        write(Opcode.MARK);
        sizes.forEach(this::writeInteger);
        write(Opcode.TUPLE);
        write(Opcode.MARK);
        for (int axis = 0; axis < sizes.size(); axis++) {
            writeInteger(sizes.subList(axis + 1, sizes.size()).stream().reduce(1, (a, b) -> a * b));
        }
        write(Opcode.TUPLE);
        write(Opcode.NEWFALSE);
        writeEmptyOrderedDict();
        write(Opcode.TUPLE);
        write(Opcode.REDUCE);
    }

    private void writeStorage(Tensor tensor, int key) {
        write(Opcode.MARK);
        writeText("storage");
        writeGlobal("torch", StorageType.of(tensor.elementType()).className());
        writeText(String.valueOf(key));
        writeText("cpu");
        writeInteger(Math.toIntExact(tensor.shape().elements()));
        write(Opcode.TUPLE);
        write(Opcode.BINPERSID);
    }

    private void writeEmptyOrderedDict() {
        writeGlobal(Function.ORDERED_DICT.module(), Function.ORDERED_DICT.functionName());
        write(Opcode.EMPTY_TUPLE);
        write(Opcode.REDUCE);
    }

    private void writeGlobal(String module, String name) {
        write(Opcode.GLOBAL);
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void writeText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(Opcode.BINUNICODE);
        writeInt(bytes.length);
        out.writeBytes(bytes);
    }

    private void writeInteger(int value) {
        write(Opcode.BININT);
        writeInt(value);
    }

    private void writeInt(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private void write(Opcode opcode) {
        out.write(opcode.code());
    }
}
