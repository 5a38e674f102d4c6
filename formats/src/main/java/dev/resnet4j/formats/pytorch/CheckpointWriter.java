package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.StateDict;
import dev.resnet4j.formats.Tensor;
import dev.resnet4j.formats.TensorBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Writes the zip of {@code torch.save}: entries stored as they are, each on a boundary of 64 bytes. */
final class CheckpointWriter {
    private static final String FOLDER = "archive/";
    /** PyTorch maps its files into memory and reads tensors where they lie. */
    private static final int ALIGNMENT = 64;
    /** The version of the zip's form that PyTorch 1.6 and all later ones read. */
    private static final String VERSION = "3\n";
    /** The earliest that a zip can say, so that equal state dicts make equal files. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private CheckpointWriter() {}

    static void write(StateDict stateDict, Path file) throws IOException {
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(file)) {
            zip.setMethod(ZipEntry.STORED);
            store(zip, "data.pkl", StateDictPickle.of(stateDict));
            store(zip, "byteorder", ascii("little"));
            int key = 0;
            for (Tensor tensor : stateDict.tensors().values()) {
                begin(zip, "data/" + key);
                TensorBytes.write(tensor, zip);
                zip.closeArchiveEntry();
                key++;
            }
            store(zip, "version", ascii(VERSION));
        }
    }

    private static void store(ZipArchiveOutputStream zip, String name, byte[] bytes) throws IOException {
        begin(zip, name);
        zip.write(bytes);
        zip.closeArchiveEntry();
    }

    private static void begin(ZipArchiveOutputStream zip, String name) throws IOException {
        ZipArchiveEntry entry = new ZipArchiveEntry(FOLDER + name);
        entry.setTimeLocal(NO_TIME);
        entry.setAlignment(ALIGNMENT);
        zip.putArchiveEntry(entry);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
