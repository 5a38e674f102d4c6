package dev.resnet4j.formats.model;

import dev.resnet4j.formats.ExistingFile;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.ZipArchive;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of files that hold a model: told from their content when they are read, from their names when written. */
public enum ModelFormat {
    /** Keras 3's own: a zip of configuration and weights. */
    KERAS(".keras"),
    /** The HDF5 files of Keras 1 to 3: whole models, or weights alone. */
    KERAS_HDF5(".h5", ".hdf5"),
    /** Keras 3's files of weights alone. Read, it is told apart from {@link #KERAS_HDF5} by its reader. */
    KERAS_WEIGHTS(".weights.h5"),
    /** A Keras model's configuration alone: what its {@code to_json} gives. */
    KERAS_JSON(".json"),
    /** PyTorch's state dicts: zip files, and pickles of PyTorch before 1.6. */
    PYTORCH(".pth", ".pt", ".th"),
    /** State dicts as safetensors. */
    SAFETENSORS(".safetensors"),
    /** ONNX, which is written and not read. */
    ONNX(".onnx");

    private static final byte[] HDF5_SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final byte[] ZIP_SIGNATURE = {'P', 'K'};
    private static final byte PICKLE_PROTOCOL = (byte) 0x80;
    private static final int BYTES_LOOKED_AT = 16;

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final List<String> endings;

    ModelFormat(String... endings) {
        this.endings = List.of(endings);
    }

    /** In small letters: {@code keras_hdf5}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How the names of such files end: {@code .keras}. */
    public List<String> endings() {
        return endings;
    }

    /**
     * The format that a file's name asks for.
     *
     * @throws FormatException if its ending is none of a model's file
     */
    public static ModelFormat ofName(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        // The longest ending wins: .weights.h5 is not .h5.
        return Arrays.stream(values())
                .filter(format -> format.longestEnding(name) > 0)
                .max(Comparator.comparing(format -> format.longestEnding(name)))
                .orElseThrow(() -> new FormatException(
                        path.toString(),
                        "its ending is none of a model's file",
                        "take one of "
                                + Arrays.stream(values())
                                        .flatMap(format -> format.endings.stream())
                                        .collect(Collectors.joining(", "))));
    }

    private int longestEnding(String name) {
        return endings.stream()
                .filter(name::endsWith)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /**
     * The format that a file's content shows.
     *
     * @throws FormatException if it is no file that can be read, or none of a model
     */
    public static ModelFormat ofContent(Path path) {
        return ExistingFile.read(path, ModelFormat::detect);
    }

    private static ModelFormat detect(Path path) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(path)) {
            start = in.readNBytes(BYTES_LOOKED_AT);
        }
        if (startsWith(start, HDF5_SIGNATURE)) {
            return KERAS_HDF5;
        }
        if (startsWith(start, ZIP_SIGNATURE)) {
            return ofZip(path);
        }
        if (isSafetensors(start, Files.size(path))) {
            return SAFETENSORS;
        }
        if (new String(start, StandardCharsets.UTF_8).stripLeading().startsWith("{")) {
            return KERAS_JSON;
        }
        if (start.length > 0 && start[0] == PICKLE_PROTOCOL) {
            return PYTORCH;
        }
        boolean onnx = path.toString().toLowerCase(Locale.ROOT).endsWith(".onnx");
        throw new FormatException(
                "start",
                onnx ? "ONNX files are written, not read" : "it is no model's file that resnet4j knows",
                "give a file of Keras (.keras, .h5, .json) or PyTorch (.pth, .safetensors)");
    }

    private static ModelFormat ofZip(Path path) throws IOException {
        try (ZipArchive zip = ZipArchive.open(path)) {
            return zip.names().stream().anyMatch(name -> name.endsWith("/data.pkl") || name.equals("data.pkl"))
                    ? PYTORCH
                    : KERAS;
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] signature) {
        return bytes.length >= signature.length
                && Arrays.equals(bytes, 0, signature.length, signature, 0, signature.length);
    }

    /** A length of 8 bytes that fits into the file, then JSON. */
    private static boolean isSafetensors(byte[] start, long size) {
        if (start.length <= Long.BYTES || start[Long.BYTES] != '{') {
            return false;
        }
        long header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return header > 0 && header <= size - Long.BYTES;
    }
}
