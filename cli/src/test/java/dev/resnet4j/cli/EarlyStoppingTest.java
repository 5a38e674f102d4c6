package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EarlyStoppingTest {
    @TempDir
    private Path folder;

    @Test
    void endsTheRunAndSaysWhereTheBestWeightsAre() {
        RunFolder run = new RunFolder(folder.resolve("run"));
        Call trained = Call.of(List.of(
                "train",
                "--data",
                DrawnPictures.drawInto(folder.resolve("pictures")),
                "--model",
                "resnet20",
                "--epochs",
                50,
                "--batch-size",
                6,
                "--early-stopping",
                2,
                "--seed",
                1,
                "--out",
                run.path()));

        assertThat(trained.exitStatus()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("--early-stopping 2", "Test Accuracy = ");
        assertThat(trained.err()).contains("stopped early after epoch ", "weights are in " + run.best());

        Call resumed = Call.of(List.of("train", "--resume", "--out", run.path()));

        assertThat(resumed.exitStatus()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("stopped early after epoch ");
        assertThat(resumed.out()).doesNotContain("Epoch");
    }
}
