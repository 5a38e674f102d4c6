package dev.resnet4j.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The zip around a model's entries, which are read by name and never unpacked. Every size is checked before memory is taken, every checksum after. */
public final class ZipArchive implements AutoCloseable {
    private final FileChannel channel;
    private final ZipFile zip;

    private ZipArchive(FileChannel channel, ZipFile zip) {
        this.channel = channel;
        this.zip = zip;
    }

    public static ZipArchive open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new ZipArchive(
                    channel, ZipFile.builder().setSeekableByteChannel(channel).get());
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            channel.close();
            throw new FormatException(
                    "zip", "it is not a whole zip file: " + FormatException.reasonOf(e), Advice.SAVE_AGAIN, e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
        channel.close();
    }

    /** The names of all entries, in the order of the zip's directory. */
    public List<String> names() {
        return Collections.list(zip.getEntries()).stream()
                .map(ZipArchiveEntry::getName)
                .toList();
    }

    /** The bytes of an entry, if there is one, of at most the given size. */
    public Optional<byte[]> read(String name, long largest) throws IOException {
        Optional<ZipArchiveEntry> entry = entry(name);
        return entry.isPresent() ? Optional.of(inflate(entry.get(), largest)) : Optional.empty();
    }

    /**
     * The bytes of an entry, if there is one. Where it is stored as it is and long, they are the file's own, mapped, and
     * take no memory.
     *
     * @param largestInflated the most bytes that a compressed entry may take
     */
    public Optional<ByteBuffer> map(String name, long largestInflated) throws IOException {
        Optional<ZipArchiveEntry> found = entry(name);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        ZipArchiveEntry entry = found.get();
        if (entry.getMethod() != ZipEntry.STORED) {
            return Optional.of(ByteBuffer.wrap(inflate(entry, largestInflated)));
        }
        requireAtMost(entry, Integer.MAX_VALUE);
        ByteBuffer bytes = FileBytes.of(channel, entry.getDataOffset(), Math.toIntExact(entry.getSize()));
        requireChecksum(entry, bytes.duplicate());
        return Optional.of(bytes);
    }

    private Optional<ZipArchiveEntry> entry(String name) {
        ZipArchiveEntry found = null;
        for (ZipArchiveEntry entry : zip.getEntries(name)) {
            if (found != null) {
                throw new FormatException(name, "the zip has two entries of this name", Advice.SAVE_AGAIN);
            }
            found = entry;
        }
        if (found != null) {
            requireInFile(found);
        }
        return Optional.ofNullable(found);
    }

    private void requireInFile(ZipArchiveEntry entry) {
        boolean stored = entry.getMethod() == ZipEntry.STORED;
        boolean deflated = entry.getMethod() == ZipEntry.DEFLATED;
        if (!(stored || deflated) || entry.getGeneralPurposeBit().usesEncryption()) {
            throw new FormatException(
                    entry.getName(),
                    "it is encrypted or compressed by method " + entry.getMethod(),
                    "zip the entries as they are");
        }
        long size = entry.getCompressedSize();
        long offset = entry.getDataOffset();
        if (size < 0 || offset < 0 || size > fileSize() - offset || (stored && entry.getSize() != size)) {
            throw new FormatException(
                    entry.getName(),
                    "its " + size + " bytes do not lie inside the file of " + fileSize() + " bytes",
                    Advice.SAVE_AGAIN);
        }
    }

    private long fileSize() {
        try {
            return channel.size();
        } catch (IOException e) {
            throw new FormatException(
                    "zip", "its size cannot be told: " + FormatException.reasonOf(e), Advice.SAVE_AGAIN, e);
        }
    }

    private byte[] inflate(ZipArchiveEntry entry, long largest) throws IOException {
        requireAtMost(entry, largest);
        int size = Math.toIntExact(entry.getSize());
        byte[] bytes;
        try (InputStream in = zip.getInputStream(entry)) {
            bytes = in.readNBytes(size);
            if (bytes.length < size || in.read() >= 0) {
                throw new FormatException(
                        entry.getName(), "it does not hold the " + size + " bytes that it declares", Advice.SAVE_AGAIN);
            }
        }
        requireChecksum(entry, ByteBuffer.wrap(bytes));
        return bytes;
    }

    private static void requireAtMost(ZipArchiveEntry entry, long largest) {
        if (entry.getSize() < 0 || entry.getSize() > Math.min(largest, Integer.MAX_VALUE - 8)) {
            throw new FormatException(
                    entry.getName(),
                    "it is declared with " + entry.getSize() + " bytes, but at most "
                            + Math.min(largest, Integer.MAX_VALUE - 8) + " make sense",
                    Advice.SAVE_AGAIN);
        }
    }

    private static void requireChecksum(ZipArchiveEntry entry, ByteBuffer bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        if (checksum.getValue() != entry.getCrc()) {
            throw new FormatException(entry.getName(), "its checksum is wrong", Advice.SAVE_AGAIN);
        }
    }
}
