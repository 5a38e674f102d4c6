package dev.resnet4j.formats.safetensors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.ElementType;
import dev.resnet4j.formats.ExistingFile;
import dev.resnet4j.formats.FileBytes;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Tensor;
import dev.resnet4j.formats.TensorBytes;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * State dicts in safetensors files: the length of a header in 8 bytes, the header in JSON (types, shapes, places), and the
 * numbers, little-endian and without gaps.
 */
public final class SafetensorsFile {
    /** The format allows 100 MB; a tensor takes about a hundred bytes. */
    private static final int LONGEST_HEADER = 16 << 20;

    private static final int HEADER_ALIGNMENT = 8;

    private SafetensorsFile() {}

    /**
     * Reads all tensors, in the order of the header.
     *
     * @throws FormatException if the file is missing or damaged, or holds types or empty tensors that are not read
     */
    public static StateDict read(Path path) {
        return ExistingFile.read(path, file -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return read(channel);
            }
        });
    }

    private static StateDict read(FileChannel channel) throws IOException {
        int length = headerLength(channel);
        byte[] header = new byte[length];
        FileBytes.of(channel, Long.BYTES, length).get(header);
        long data = Long.BYTES + (long) length;
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (StoredTensor stored : HeaderReader.read(header, channel.size() - data)) {
            ByteBuffer bytes =
                    FileBytes.of(channel, data + stored.begin(), Math.toIntExact(stored.end() - stored.begin()));
            tensors.put(stored.name(), TensorBytes.decode(stored.name(), stored.type(), stored.shape(), bytes));
        }
        return new StateDict(tensors);
    }

    private static int headerLength(FileChannel channel) throws IOException {
        long size = channel.size();
        long length = size < Long.BYTES
                ? -1
                : FileBytes.of(channel, 0, Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getLong();
        if (length < 0 || length > size - Long.BYTES || length > LONGEST_HEADER) {
            throw new FormatException(
                    "header",
                    "it is not a safetensors file: its first 8 bytes give no header's length that fits into "
                            + Math.min(size, LONGEST_HEADER) + " bytes",
                    "give a whole safetensors file");
        }
        return (int) length;
    }

    /**
     * Writes a state dict, with the metadata {@code {"format": "pt"}} that readers for PyTorch look for. An older file at
     * the path stays whole if anything fails.
     *
     * @param path where; its folder must exist
     * @throws FormatException if the file cannot be written
     */
    public static void write(StateDict stateDict, Path path) {
        OutputFile.write(path, beside -> {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW))) {
                write(stateDict, out);
            }
        });
    }

    private static void write(StateDict stateDict, OutputStream out) throws IOException {
        List<String> dataOrder = dataOrder(stateDict);
        byte[] header = header(stateDict, dataOrder);
        out.write(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(header.length)
                .array());
        out.write(header);
        for (String name : dataOrder) {
            TensorBytes.write(stateDict.tensors().get(name), out);
        }
    }

    /** The widest numbers first, so that each lies on a boundary of its own size. */
    private static List<String> dataOrder(StateDict stateDict) {
        Comparator<String> width = Comparator.comparingInt(
                name -> stateDict.tensors().get(name).elementType().bytes());
        return stateDict.tensors().keySet().stream().sorted(width.reversed()).toList();
    }

    private static byte[] header(StateDict stateDict, List<String> dataOrder) {
        Map<String, Long> begins = new HashMap<>();
        long reached = 0;
        for (String name : dataOrder) {
            begins.put(name, reached);
            reached += TensorBytes.size(stateDict.tensors().get(name));
        }
        ObjectNode header = Json.object();
        header.putObject(HeaderReader.METADATA).put("format", "pt");
        stateDict.tensors().forEach((name, tensor) -> describe(name, tensor, begins.get(name), header));
        return padded(Json.bytes(header));
    }

    private static void describe(String name, Tensor tensor, long begin, ObjectNode header) {
        if (name.equals(HeaderReader.METADATA)) {
            throw new FormatException(
                    "tensor '" + name + "'", "the format keeps this name for itself", "give the tensor another name");
        }
        ElementType type = tensor.elementType();
        ObjectNode info = header.putObject(name).put("dtype", SafetensorsType.nameOf(type));
        tensor.shape().dimensions().forEach(info.putArray("shape")::add);
        info.putArray("data_offsets").add(begin).add(begin + TensorBytes.size(tensor));
    }

    /** With spaces behind, which JSON allows, up to where numbers of 8 bytes may begin. */
    private static byte[] padded(byte[] header) {
        int length = (header.length + HEADER_ALIGNMENT - 1) / HEADER_ALIGNMENT * HEADER_ALIGNMENT;
        byte[] padded = Arrays.copyOf(header, length);
        Arrays.fill(padded, header.length, length, (byte) ' ');
        return padded;
    }
}
