package dev.resnet4j.data;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What all readers of files say in the same words. */
final class SourceFiles {
    private SourceFiles() {}

    /** @throws DataException if there is no such file, it is a folder, or it may not be read */
    static void requireReadable(Path file) {
        if (!Files.exists(file)) {
            throw new DataException("there is no file " + file + ": check the path");
        }
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + " is not a file");
        }
        if (!Files.isReadable(file)) {
            throw new DataException(file + " may not be read: check its permissions");
        }
    }

    /** Why something failed, in one line, from an exception of someone else's code. */
    static String reason(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null && (cause.getMessage() == null || cause instanceof UncheckedIOException)) {
            cause = cause.getCause();
        }
        if (cause instanceof NoSuchFileException missing) {
            return "there is no file or folder " + missing.getFile();
        }
        if (cause instanceof FileSystemLoopException loop) {
            return loop.getFile() + " is a link to a folder above itself";
        }
        if (cause instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be accessed";
        }
        if (cause instanceof OutOfMemoryError) {
            return "it takes more memory than there is";
        }
        if (cause instanceof StackOverflowError) {
            return "its structure is nested without end";
        }
        String message = cause.getMessage();
        return message == null || message.isBlank()
                ? cause.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElseThrow();
    }
}
