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
