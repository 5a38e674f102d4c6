package dev.resnet4j.formats.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/** Everything that can be read of a file: each group, attribute and array. */
final class WholeFile {
    private final List<String> lines = new ArrayList<>();
    private int arrays;
    private int attributes;
    private long checksum;

    private WholeFile() {}

    static WholeFile read(byte[] bytes) {
        try (Hdf5File file = Hdf5File.open("", ByteBuffer.wrap(bytes))) {
            return read(file);
        }
    }

    static WholeFile read(Hdf5File file) {
        WholeFile whole = new WholeFile();
        whole.add(file.root());
        return whole;
    }

    private void add(Hdf5Group group) {
        add(group.path(), group.attributes());
        for (String name : group.datasetNames()) {
            Hdf5Dataset dataset = group.dataset(name).orElseThrow();
            add(dataset.path(), dataset.attributes());
            float[] values = dataset.isInteger()
                    ? new float[] {dataset.readInteger()}
                    : dataset.read().values();
            arrays++;
            checksum += checksum(values);
            lines.add(dataset.path() + " " + dataset);
        }
        for (String name : group.groupNames()) {
            add(group.group(name).orElseThrow());
        }
    }

    private void add(String path, Hdf5Attributes owned) {
        for (String name : owned.names()) {
            lines.add(path + "@" + name + " " + owned.strings(name).orElseThrow());
            attributes++;
        }
    }

    static long checksum(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return checksum.getValue();
    }

    /** A line for each attribute and array. */
    List<String> lines() {
        return lines;
    }

    int arrays() {
        return arrays;
    }

    int attributes() {
        return attributes;
    }

    /** The sum of the arrays' checksums (CRC-32 of their numbers as float32, little-endian). */
    long checksum() {
        return checksum;
    }
}
