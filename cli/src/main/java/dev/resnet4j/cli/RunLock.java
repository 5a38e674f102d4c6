package dev.resnet4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A run's folder, taken for one process: two that trained into one folder would spoil each other's files. The system gives
 * it back when the process ends, however it ends; the file stays.
 */
final class RunLock implements AutoCloseable {
    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws CommandException if another process has it, or the file cannot be written */
    static RunLock take(Path file) {
        FileChannel channel = open(file);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new RunLock(channel);
            }
        } catch (OverlappingFileLockException takenByThisProcess) {
            // As if another process had it.
        } catch (IOException noLocksHere) {
            // Some network file systems know no locks: then the person must take care.
            return new RunLock(channel);
        }
        close(channel);
        throw new CommandException("another process is training in " + file.getParent()
                + ": wait until it is done, or give another --out");
    }

    private static FileChannel open(Path file) {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new CommandException(
                    "nothing can be written into the folder " + file.getParent() + " (" + e
                            + "): check its permissions, or give another --out",
                    e);
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        close(channel);
    }
}
