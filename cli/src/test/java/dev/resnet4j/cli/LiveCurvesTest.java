package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.training.History;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCurvesTest {
    private static final History.Epoch EPOCH =
            new History.Epoch(1, new History.Scores(2, 0.4), Optional.empty(), 0.001, 16);

    @TempDir
    private Path folder;

    private final StringWriter notes = new StringWriter();
    private History history = History.EMPTY.plus(EPOCH);

    private LiveCurves curvesIn(Path place) {
        Console console = new Console(new PrintWriter(notes), new PrintWriter(notes), Terminal.NONE, false);
        return new LiveCurves(new RunFolder(place), () -> history, console);
    }

    @Test
    void areThereAfterTheFirstEpochAndRestAfterADrawing() throws IOException {
        LiveCurves curves = curvesIn(folder);
        Path picture = folder.resolve("curves.png");

        curves.onEpochEnd(EPOCH);
        byte[] first = Files.readAllBytes(picture);
        history = history.plus(new History.Epoch(2, new History.Scores(1, 0.7), Optional.empty(), 0.001, 16));
        curves.onEpochEnd(EPOCH);
        byte[] soonAfter = Files.readAllBytes(picture);
        curves.draw();

        assertThat(soonAfter).isEqualTo(first);
        assertThat(Files.readAllBytes(picture)).isNotEqualTo(first);
        assertThat(notes.toString()).isEmpty();
    }

    @Test
    void areNotDrawnBeforeTheFirstEpoch() {
        history = History.EMPTY;

        curvesIn(folder).draw();

        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void sayOnceThatTheyCannotBeWrittenAndLetTrainingGoOn() {
        LiveCurves curves = curvesIn(folder.resolve("missing"));

        curves.onEpochEnd(EPOCH);
        curves.draw();

        assertThat(notes.toString().lines()).singleElement().asString().contains("curves.png cannot be written");
    }
}
