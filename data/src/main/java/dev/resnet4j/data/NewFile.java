package dev.resnet4j.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A file that is written beside its place under a name of its own and moved into place when it is whole. Until then the
 * old file stays; what is left over after a failure is removed.
 *
 * <p>Use it in a try-with-resources block: write to {@link #path}, then {@link #moveIntoPlace}.
 */
public final class NewFile implements AutoCloseable {
    private static final Pattern LEFTOVER =
            Pattern.compile("\\..+\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.tmp", Pattern.DOTALL);

    private final Path target;
    private final Path beside;

    /** @param target the place to be; its folder must exist when something is written to {@link #path} */
    public NewFile(Path target) {
        this.target = target;
        this.beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /** Where to write what is to stand in place of the target; no file of that name is there yet. */
    public Path path() {
        return beside;
    }

    /**
     * Puts the file on the disk and in its place, in one step where the file system can do that, and the folder that names it
     * on the disk where the system can do that.
     *
     * @throws IOException if nothing was written to {@link #path}, or it cannot be moved
     */
    public void moveIntoPlace() throws IOException {
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        try {
            Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException unsupported) {
            Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
        }
        forceFolder(target.toAbsolutePath().getParent());
    }

    /** Until its folder is on the disk, a file that was moved may be back in its old place after a power failure. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException systemDoesNotForceFolders) {
            // Windows opens no folder as a file, and some network file systems force none. The file is whole and in its
            // place all the same; when the folder reaches the disk is then the system's to decide.
        }
    }

    /** Whether a file is what a program that was killed left of one that was not whole. */
    public static boolean isLeftover(Path file) {
        return LEFTOVER.matcher(file.getFileName().toString()).matches();
    }

    /**
     * Removes from a folder what killed programs left of files that were not whole. No other program may be writing there.
     *
     * @throws IOException if the folder cannot be read, or a file not removed
     */
    public static void removeLeftovers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(NewFile::isLeftover).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Removes what was written and not moved. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(beside);
    }
}
