package dev.resnet4j.cli;

import dev.resnet4j.data.NewFile;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.model.training.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The folder that a training run leaves its files in. Each file is written beside and moved into place, so that it is
 * whole at any moment. What writes one throws a {@link dev.resnet4j.formats.FormatException} where it cannot.
 *
 * @param path of the folder
 */
record RunFolder(Path path) {
    private static final Path RUNS = Path.of("runs");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);

    /** A folder for a run that starts now: {@code runs/<date-time>}, which does not exist yet. */
    static RunFolder named(LocalDateTime start) {
        String name = start.format(DATE_TIME);
        Path path = RUNS.resolve(name);
        for (int number = 2; Files.exists(path); number++) {
            path = RUNS.resolve(name + "-" + number);
        }
        return new RunFolder(path);
    }

    /** The model with the weights of the last step. */
    Path model() {
        return path.resolve("model.keras");
    }

    /** The model with the weights of the best epoch. */
    Path best() {
        return path.resolve("best.keras");
    }

    /** What is needed to go on. */
    Path checkpoints() {
        return path.resolve("checkpoints");
    }

    /** Held by the process that trains here. */
    private Path lockFile() {
        return path.resolve(".lock");
    }

    /** Loss and accuracy of each epoch. */
    Path history() {
        return path.resolve("history.csv");
    }

    /** The same for programs that read JSON. */
    Path historyJson() {
        return path.resolve("history.json");
    }

    /** Loss and accuracy as a picture. */
    Path curves() {
        return path.resolve("curves.png");
    }

    /** Events for TensorBoard. */
    Path tensorBoard() {
        return path.resolve("tensorboard");
    }

    /** The norms of gradients and weights in each step. */
    Path norms() {
        return path.resolve("norms.csv");
    }

    /** The run's settings. */
    Path settings() {
        return path.resolve("settings.json");
    }

    /**
     * Makes sure that a new run overwrites nothing: the settings of a run that saved nothing are no loss.
     *
     * @throws CommandException if there is anything else in the folder
     */
    void requireFree() {
        if (!isFree()) {
            boolean started = Files.exists(settings()) || new SeedsFolder(path).isStarted();
            String advice = started ? ", or --resume to go on with the run in it" : "";
            throw new CommandException(path + " is there already and not empty: give another --out" + advice);
        }
    }

    /** Whether nothing is there, or nothing that would be lost. */
    boolean isFree() {
        if (!Files.isDirectory(path)) {
            return !Files.exists(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            List<Path> files = inside.filter(file -> !file.equals(lockFile()) && !NewFile.isLeftover(file))
                    .toList();
            return files.isEmpty() || (files.equals(List.of(settings())) && holdsARecord());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether {@code settings.json} is a run's, and not another program's. */
    private boolean holdsARecord() {
        try {
            readRecord();
            return true;
        } catch (CommandException notARun) {
            return false;
        }
    }

    /** Makes the folder, where it is not there. */
    void create() {
        try {
            Files.createDirectories(path);
        } catch (IOException e) {
            throw new CommandException("the folder " + path + " cannot be made (" + e + "): give another --out", e);
        }
    }

    /**
     * Takes the folder for this process, and removes what a killed one left half-written.
     *
     * @throws CommandException if another process has it, or nothing may be written here
     */
    RunLock lock() {
        RunLock lock = RunLock.take(lockFile());
        try {
            NewFile.removeLeftovers(path);
        } catch (IOException e) {
            lock.close();
            throw new UncheckedIOException(e);
        }
        return lock;
    }

    /**
     * The record of the run in this folder.
     *
     * @throws CommandException if there is none, or it cannot be understood
     */
    RunRecord readRecord() {
        if (!Files.isRegularFile(settings())) {
            throw new CommandException(
                    "there is no run to go on with in " + path + ": it has no settings.json; check --out");
        }
        return JsonFile.read(settings(), RunRecord.class);
    }

    /** Writes {@code settings.json}. */
    void writeRecord(RunRecord record) {
        JsonFile.write(settings(), record);
    }

    /** Writes {@code history.csv} and {@code history.json}. */
    void writeHistory(History history) {
        JsonFile.write(historyJson(), HistoryJson.of(history));
        String table = HistoryCsv.of(history);
        OutputFile.write(history(), beside -> Files.writeString(beside, table));
    }

    /** Writes {@code curves.png}. @throws DrawingException if this Java cannot draw */
    void writeCurves(History history) {
        byte[] png = Curves.png(history);
        OutputFile.write(curves(), beside -> Files.write(beside, png));
    }
}
