package dev.resnet4j.formats;

import dev.resnet4j.data.NewFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file whole, or not at all, and says in one line why it cannot be written. */
public final class OutputFile {
    private OutputFile() {}

    /** Writes what is to stand in place of the target. */
    public interface Content {
        /**
         * Writes the whole content.
         *
         * @param beside a path beside the target, where there is no file yet
         */
        void writeTo(Path beside) throws IOException;
    }

    /**
     * Writes a file beside its place and moves it there: an older file at the path stays as it is if anything fails.
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
            throw cannotWrite(path, e);
        }
    }

    /** Says of a file why it cannot be written: the system's own exception does not name it where the disk is full. */
    public static FormatException cannotWrite(Path path, IOException problem) {
        return new FormatException(
                        "saving",
                        "it cannot be written: " + FormatException.reasonOf(problem),
                        "make room on the disk, or save somewhere else",
                        problem)
                .in(path);
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
}
