package dev.resnet4j.engine.checkpoint;

import dev.resnet4j.data.NewFile;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.keras.KerasFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of one training in a folder: the two newest, so that one is left where the newest is damaged. Each is a
 * {@code .keras} file and beside it its SHA-256 as {@code sha256sum} writes it.
 *
 * <p>Whatever ends the program at whatever moment, the folder holds the newest checkpoint that was whole: a new one is
 * written beside, then its checksum, then it is moved into place, and only then an older one is removed.
 */
public final class Checkpoints {
    private static final String ENDING = ".keras";
    private static final String CHECKSUM_ENDING = ".sha256";
    private static final Pattern NAME = Pattern.compile("step-\\d{1,18}\\.keras");

    private final Path folder;
    private Optional<Path> newestWhole = Optional.empty();

    /** @param folder is made with the first checkpoint; other programs' files in it stay */
    public Checkpoints(Path folder) {
        this.folder = folder;
    }

    /**
     * What {@link #find} found.
     *
     * @param newestWhole the newest checkpoint with the checksum that it was written with; empty where there is none
     * @param damaged newer ones that are not whole or cannot be read, newest first
     */
    public record Found(Optional<Path> newestWhole, List<Path> damaged) {
        /** Takes a copy of the list. */
        public Found {
            damaged = List.copyOf(damaged);
        }
    }

    /**
     * Looks for the checkpoint to go on from, and reads each newer one to its end for it.
     *
     * @throws UncheckedIOException if the folder cannot be read
     */
    public Found find() {
        List<Path> damaged = new ArrayList<>();
        for (Path checkpoint : newestFirst()) {
            if (isWhole(checkpoint)) {
                newestWhole = Optional.of(checkpoint);
                break;
            }
            damaged.add(checkpoint);
        }
        return new Found(newestWhole, damaged);
    }

    /**
     * Writes a checkpoint, and removes all but it and the newest whole one besides.
     *
     * @param step the optimizer's steps so far; a checkpoint of the same step is replaced
     * @return the file
     * @throws UncheckedIOException if the folder or its checksum cannot be written; the earlier checkpoints stay
     * @throws dev.resnet4j.formats.FormatException if the checkpoint cannot be written; the earlier ones stay
     */
    public Path save(SavedModel snapshot, long step) {
        Path checkpoint = folder.resolve(String.format(Locale.ROOT, "step-%08d%s", step, ENDING));
        try {
            Files.createDirectories(folder);
            NewFile.removeLeftovers(folder);
            OutputFile.write(checkpoint, beside -> {
                KerasFile.write(snapshot, beside);
                writeChecksum(checkpoint, Sha256.of(beside));
            });
            removeAllBut(checkpoint, newestWholeBesides(checkpoint));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        newestWhole = Optional.of(checkpoint);
        return checkpoint;
    }

    /** Leaves only the newest whole one, once training is done. */
    public void removeOlder() {
        try {
            if (newestWhole.isPresent()) {
                removeAllBut(newestWhole.get(), Optional.empty());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeChecksum(Path checkpoint, String checksum) throws IOException {
        try (NewFile file = new NewFile(checksumOf(checkpoint))) {
            Files.writeString(file.path(), Sha256.line(checksum, checkpoint));
            file.moveIntoPlace();
        }
    }

    private static Path checksumOf(Path checkpoint) {
        return checkpoint.resolveSibling(checkpoint.getFileName() + CHECKSUM_ENDING);
    }

    private static boolean isWhole(Path checkpoint) {
        try {
            return Files.isRegularFile(checksumOf(checkpoint))
                    && Sha256.read(checksumOf(checkpoint)).equals(Sha256.of(checkpoint));
        } catch (IOException cannotBeRead) {
            // A bad block, say: then the one before is what there is to go on from.
            return false;
        }
    }

    /** The one that was there before; where that is of the same step and was replaced, the one before that. */
    private Optional<Path> newestWholeBesides(Path checkpoint) {
        if (!newestWhole.equals(Optional.of(checkpoint))) {
            return newestWhole;
        }
        return newestFirst().stream()
                .filter(other -> step(other) < step(checkpoint) && isWhole(other))
                .findFirst();
    }

    private void removeAllBut(Path newest, Optional<Path> before) throws IOException {
        for (Path checkpoint : newestFirst()) {
            boolean isKept = checkpoint.equals(newest) || before.equals(Optional.of(checkpoint));
            if (!isKept && !Files.isDirectory(checkpoint)) {
                Files.deleteIfExists(checkpoint);
                Files.deleteIfExists(checksumOf(checkpoint));
            }
        }
    }

    private List<Path> newestFirst() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparingLong(Checkpoints::step).reversed())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long step(Path checkpoint) {
        String name = checkpoint.getFileName().toString();
        return Long.parseLong(name.substring("step-".length(), name.length() - ENDING.length()));
    }
}
