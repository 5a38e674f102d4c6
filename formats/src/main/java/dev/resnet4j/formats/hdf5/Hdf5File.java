package dev.resnet4j.formats.hdf5;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import io.jhdf.HdfFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/**
 * An HDF5 file that is read, whoever made it. Its structures are checked as a whole when it is opened; links to other
 * names or files are never followed. Every failure is a {@link FormatException} whose place is the path in the file.
 */
public final class Hdf5File implements AutoCloseable {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

    private final String name;
    private final HdfFile file;
    private final GlobalHeaps heaps;
    private final long size;
    private final Set<Long> datasetsRead = new HashSet<>();
    private long bytesRead;

    private Hdf5File(String name, HdfFile file, ByteBuffer bytes) {
        this.name = name;
        this.file = file;
        this.heaps = new GlobalHeaps(bytes);
        this.size = bytes.remaining();
    }

    /**
     * Opens a file. It is mapped, and takes no memory but for what is read of it.
     *
     * @throws FormatException if it is not HDF5, is damaged, or larger than 2 GiB; {@link FormatException#in} adds
     *     the file
     * @throws IOException if it cannot be read
     */
    public static Hdf5File open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new FormatException(
                        "HDF5",
                        "it has " + channel.size() + " bytes, but at most " + Integer.MAX_VALUE + " can be read",
                        "save the weights alone, without the optimizer's");
            }
            return open("", channel.map(MapMode.READ_ONLY, 0, channel.size()));
        }
    }

    /**
     * Opens a file that lies in memory.
     *
     * @param name what stands before the paths in messages, such as the entry of a zip; may be empty
     * @throws FormatException if it is not HDF5, or is damaged
     */
    public static Hdf5File open(String name, ByteBuffer bytes) {
        String place = name.isEmpty() ? "HDF5" : name;
        byte[] start = new byte[Math.min(SIGNATURE.length, bytes.remaining())];
        bytes.get(bytes.position(), start);
        if (!Arrays.equals(start, SIGNATURE)) {
            throw new FormatException(place, "it is not HDF5", "give a file that Keras or resnet4j saved");
        }
        return guarded(place, () -> {
            StructureCheck.check(name, bytes);
            // jhdf moves the position and the limit of what it is given.
            return new Hdf5File(name, HdfFile.fromByteBuffer(bytes.slice()), bytes.slice());
        });
    }

    /** The group that holds all others. */
    public Hdf5Group root() {
        return new Hdf5Group(this, file, "");
    }

    @Override
    public void close() {
        file.close();
    }

    /** Where something is, for messages. */
    String place(String path) {
        return name + (path.isEmpty() ? "/" : path);
    }

    GlobalHeaps heaps() {
        return heaps;
    }

    /**
     * Counts the bytes of an array once. Arrays do not overlap in a sound file.
     *
     * @throws FormatException if all arrays read so far are larger than the file
     */
    void requireRoom(String path, long address, long bytes) {
        if (!datasetsRead.add(address)) {
            return;
        }
        if (bytes > size - bytesRead) {
            throw new FormatException(
                    place(path),
                    "it is declared with " + bytes + " bytes, more than the file of " + size + " bytes has for it",
                    Advice.SAVE_AGAIN);
        }
        bytesRead += bytes;
    }

    /** What reading comes to, or a clear failure, whatever jhdf trips over. */
    static <T> T guarded(String place, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (FormatException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | InternalError e) {
            throw new FormatException(
                    place, "it is not HDF5 that can be read: " + FormatException.reasonOf(e), Advice.SAVE_AGAIN, e);
        }
    }
}
