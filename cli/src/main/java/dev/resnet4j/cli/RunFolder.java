package dev.resnet4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resnet4j.data.NewFile;
import dev.resnet4j.model.training.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The folder that a training run leaves its files in. Each file is written beside and moved into place, so that it is
 * whole at any moment.
 *
 * @param path of the folder
 */
record RunFolder(Path path) {
    private static final Path RUNS = Path.of("runs");
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss", Locale.ROOT);
    private static final long LARGEST_SETTINGS = 1_000_000;

    /** A folder for a run that starts now: {@code runs/<date-time>}, which does not exist yet. */
    static RunFolder named(LocalDateTime start) {
        String name = start.format(DATE_TIME);
        Path path = RUNS.resolve(name);
        for (int number = 2; Files.exists(path); number++) {
            path = RUNS.resolve(name + "-" + number);
        }
        return new RunFolder(path);
    }

    /** The trained model. */
    Path model() {
        return path.resolve("model.keras");
    }

    /** Loss and accuracy of each epoch. */
    Path history() {
        return path.resolve("history.csv");
    }

    /** Loss and accuracy as a picture. */
    Path curves() {
        return path.resolve("curves.png");
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
        if (Files.exists(path) && !isFreeFolder()) {
            String advice = Files.exists(settings()) ? ", or --resume to go on with the run in it" : "";
            throw new CommandException(path + " is there already and not empty: give another --out" + advice);
        }
    }

    private boolean isFreeFolder() {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> inside = Files.list(path)) {
            List<Path> files = inside.toList();
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
     * The record of the run in this folder.
     *
     * @throws CommandException if there is none, or it cannot be understood
     */
    RunRecord readRecord() {
        if (!Files.isRegularFile(settings())) {
            throw new CommandException(
                    "there is no run to go on with in " + path + ": it has no settings.json; check --out");
        }
        try {
            if (Files.size(settings()) > LARGEST_SETTINGS) {
                throw new CommandException(settings() + " is too large to be the settings of a run");
            }
            return RecordJson.MAPPER
                    .readValue(settings().toFile(), RunRecord.class)
                    .requireComplete();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new CommandException(
                    settings() + " is damaged: start the run anew with another --out (" + reason(e) + ")", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(Exception problem) {
        return problem instanceof JsonProcessingException inJson ? inJson.getOriginalMessage() : problem.getMessage();
    }

    /** Writes {@code settings.json}. */
    void writeRecord(RunRecord record) {
        try {
            write(settings(), (RecordJson.INDENTED.writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the run's settings cannot be written as JSON", e);
        }
    }

    /** Writes {@code history.csv}. */
    void writeHistory(History history) {
        write(history(), HistoryCsv.of(history).getBytes(StandardCharsets.UTF_8));
    }

    /** Writes {@code curves.png}. @throws CurvesException if this Java cannot draw */
    void writeCurves(History history) {
        write(curves(), Curves.png(history));
    }

    private static void write(Path path, byte[] content) {
        try (NewFile file = new NewFile(path)) {
            Files.write(file.path(), content);
            file.moveIntoPlace();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
