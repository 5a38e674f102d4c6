package dev.resnet4j.cli;

import dev.resnet4j.data.NewFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The folder of several runs that differ in their seed: {@code seed-1}, {@code seed-2} and so on, each a
 * {@link RunFolder}, and what they came to together.
 *
 * @param path of the folder
 */
record SeedsFolder(Path path) {
    /** What was asked for. */
    private Path record() {
        return path.resolve("seeds-settings.json");
    }

    /** What the runs came to. */
    private Path result() {
        return path.resolve("seeds.json");
    }

    /** The folder of one run. */
    RunFolder run(long seed) {
        return new RunFolder(path.resolve("seed-" + seed));
    }

    /** Whether runs of several seeds were started here. */
    boolean isStarted() {
        return Files.isRegularFile(record());
    }

    /**
     * Makes sure that new runs overwrite nothing: what was asked for of runs that saved nothing is no loss.
     *
     * @throws CommandException if there is anything else in the folder
     */
    void requireFree() {
        if (!isStarted() || !holdsNoRun()) {
            new RunFolder(path).requireFree();
        }
    }

    private boolean holdsNoRun() {
        try (Stream<Path> inside = Files.list(path)) {
            return inside.allMatch(
                    file -> file.equals(record()) || NewFile.isLeftover(file) || isRunThatSavedNothing(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRunThatSavedNothing(Path file) {
        return file.getFileName().toString().matches("seed-.+") && new RunFolder(file).isFree();
    }

    /** Makes the folder, where it is not there. */
    void create() {
        new RunFolder(path).create();
    }

    /** Keeps what was asked for, so that it can be gone on with. */
    void writeRecord(SeedsRecord settings) {
        JsonFile.write(record(), settings);
    }

    /** @throws CommandException if it cannot be understood */
    SeedsRecord readRecord() {
        return JsonFile.read(record(), SeedsRecord.class);
    }

    void writeResult(SeedsResult together) {
        JsonFile.write(result(), together);
    }

    /**
     * What was asked for.
     *
     * @param settings of the first run
     * @param count how many runs
     */
    record SeedsRecord(RunSettings settings, int count) {
        /** @throws IllegalArgumentException if there are no settings, or no runs */
        SeedsRecord {
            if (settings == null || count < 1) {
                throw new IllegalArgumentException("it holds no settings, or no number of runs");
            }
        }
    }
}
