package dev.resnet4j.formats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that is written beside its place under a name of its own and moved into place when it is whole. Until then the
 * old file stays; what is left over after a failure is removed.
 */
public final class NewFile implements AutoCloseable {
    private final Path target;
    private final Path beside;

    /** Writes what is to stand in place of the target. */
    public interface Content {
        void writeTo(Path beside) throws IOException;
    }

    /**
     * Writes a file whole, or not at all: an older file at the path stays as it is if anything fails.
     *
     * @param path where; its folder must exist
     * @throws FormatException if the file cannot be written
     */
    public static void write(Path path, Content content) {
        Path target = path.toAbsolutePath();
        requireFolder(path, target);
        try (NewFile file = new NewFile(target)) {
            content.writeTo(file.path());
            file.moveIntoPlace();
        } catch (FormatException e) {
            throw e.in(path);
        } catch (IOException e) {
            throw new FormatException(
                            "saving",
                            "it cannot be written: " + FormatException.reasonOf(e),
                            "make room on the disk, or save somewhere else",
                            e)
                    .in(path);
        }
    }

    private static void requireFolder(Path path, Path target) {
        Path folder = target.getParent();
        String problem = null;
        if (folder == null || Files.isDirectory(target)) {
            problem = "this is a folder";
        } else if (!Files.isDirectory(folder)) {
            problem = "there is no folder " + folder;
        } else if (!Files.isWritable(folder)) {
            problem = "nothing may be written into the folder " + folder;
        }
        if (problem != null) {
            throw new FormatException("saving", problem, "create the folder, or save somewhere else").in(path);
        }
    }

    public NewFile(Path target) {
        this.target = target;
        this.beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /** Where to write what is to stand in place of the target. */
    public Path path() {
        return beside;
    }

    /** Puts the file on the disk and in its place, in one step. */
    public void moveIntoPlace() throws IOException {
        try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(beside);
    }
}
