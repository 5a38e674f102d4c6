package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.engine.TrainingListener.Plan;
import dev.resnet4j.engine.TrainingListener.Progress;
import dev.resnet4j.model.training.History;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
    private static final History.Scores SCORES = new History.Scores(1.23456, 0.5678);

    private final StringWriter written = new StringWriter();

    private ProgressBar barIn(int columns) {
        PrintWriter out = new PrintWriter(written);
        ProgressBar bar = new ProgressBar(new Console(out, out, new Terminal(() -> true, () -> columns), false));
        bar.onTrainBegin(new Plan(1, 2, 34, 1080));
        bar.onEpochBegin(1);
        return bar;
    }

    /** The lines that were written over each other. */
    private String[] lines() {
        return written.toString().split("\r", -1);
    }

    @Test
    void fillsTheBarAsTheEpochGoesOn() {
        barIn(80).onBatchEnd(new Progress(1, 17, 34, SCORES, 1.2, 0.001, 0));

        assertThat(lines()[2])
                .startsWith("Epoch 1/2 17/34 [=========>.........] ")
                .endsWith(" left - loss: 1.2346 - accuracy: 0.5678");
    }

    @Test
    void neverReachesTheTerminalsEdge() {
        for (int columns : new int[] {20, 40, 60, 80, 200}) {
            written.getBuffer().setLength(0);
            ProgressBar bar = barIn(columns);
            bar.onBatchEnd(new Progress(1, 34, 34, SCORES, 1.2, 0.001, 0.5));

            assertThat(Arrays.stream(lines()).map(String::stripTrailing))
                    .allSatisfy(line -> assertThat(line.length()).isLessThan(columns));
        }
    }

    @Test
    void tellsWhereTimeGoesIntoWaitingForPictures() {
        ProgressBar bar = barIn(120);
        bar.onBatchEnd(new Progress(1, 34, 34, SCORES, 1.2, 0.001, 0.25));

        assertThat(lines()[2]).endsWith("waiting for data: 25%");
    }

    @Test
    void isNotWrittenMoreThanTenTimesASecond() {
        ProgressBar bar = barIn(80);
        for (int step = 1; step < 34; step++) {
            bar.onBatchEnd(new Progress(1, step, 34, SCORES, 1.2, 0.001, 0));
        }

        assertThat(lines()).hasSizeLessThan(10);
    }

    @Test
    void leavesTheEpochsScoresBehind() {
        ProgressBar bar = barIn(80);
        bar.onBatchEnd(new Progress(1, 34, 34, SCORES, 1.2, 0.001, 0));
        bar.onEpochEnd(new History.Epoch(1, SCORES, Optional.of(new History.Scores(2, 0.25)), 0.001, 16));

        assertThat(lines()[3].strip())
                .isEqualTo("Epoch 1/2 - 16s - loss: 1.2346 - accuracy: 0.5678 - val_accuracy: 0.2500");
        assertThat(written.toString()).endsWith(System.lineSeparator());
    }
}
