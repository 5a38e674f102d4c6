package dev.resnet4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;

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
