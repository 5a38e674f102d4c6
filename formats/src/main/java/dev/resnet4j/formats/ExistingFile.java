package dev.resnet4j.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is to be read, with every way in which that fails as a {@link FormatException} about the file. */
public final class ExistingFile {
    private ExistingFile() {}

    /** Makes something of a file. */
    public interface Reader<T> {
        T read(Path file) throws IOException;
    }

    /**
     * What a reader makes of a file.
     *
     * @throws FormatException if there is no such file, it cannot be read, or the reader refuses it
     */
    public static <T> T read(Path path, Reader<T> reader) {
        requireReadable(path);
        try {
            return reader.read(path);
        } catch (FormatException e) {
            throw e.in(path);
        } catch (OutOfMemoryError e) {
            throw new FormatException(
                            "reading",
                            "it needs more memory than there is",
                            "give Java a larger heap (-Xmx), or do not trust the file",
                            e)
                    .in(path);
        } catch (IOException e) {
            throw new FormatException(
                            "reading", "it cannot be read: " + FormatException.reasonOf(e), Advice.SAVE_AGAIN, e)
                    .in(path);
        }
    }

    private static void requireReadable(Path path) {
        String problem = null;
        if (!Files.exists(path)) {
            problem = "there is no such file";
        } else if (!Files.isRegularFile(path)) {
            problem = "this is not a file";
        } else if (!Files.isReadable(path)) {
            problem = "it may not be read";
        }
        if (problem != null) {
            throw new FormatException("opening", problem, "check the path and its permissions").in(path);
        }
    }
}
