package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.keras.KerasFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumeTest {
    @TempDir
    private static Path shared;

    /** A run of four epochs of three steps each that was never stopped. */
    private static Path whole;

    private static Path pictures;

    @TempDir
    private Path folder;

    private RunFolder run;

    @BeforeAll
    static void trainWithoutAStop() {
        pictures = DrawnPictures.drawInto(shared.resolve("pictures"));
        whole = shared.resolve("whole");
        Call call = train(whole, "--epochs", 4);
        assertThat(call.exitStatus()).as(call.err()).isZero();
    }

    @BeforeEach
    void nameTheRun() {
        run = new RunFolder(folder.resolve("run"));
    }

    private static Call train(Path out, Object... more) {
        return Call.of(
                List.of(
                        "train",
                        "--data",
                        pictures,
                        "--model",
                        "resnet20",
                        "--batch-size",
                        4,
                        "--schedule",
                        "constant",
                        "--ema-momentum",
                        0.9,
                        "--checkpoint-steps",
                        2,
                        "--seed",
                        7,
                        "--out",
                        out),
                more);
    }

    private Call resume(Object... more) {
        return Call.of(List.of("train", "--resume", "--out", run.path()), more);
    }

    private void assertSameAsTheWholeRun() {
        for (String name : List.of("model.keras", "best.keras")) {
            assertThat(KerasFile.read(run.path().resolve(name)).weights())
                    .as(name)
                    .isEqualTo(KerasFile.read(whole.resolve(name)).weights());
        }
        assertThat(checkpoint(run.path()).weights()).isEqualTo(checkpoint(whole).weights());
        assertThat(checkpoint(run.path()).optimizerState())
                .isEqualTo(checkpoint(whole).optimizerState());
    }

    private static SavedModel checkpoint(Path run) {
        return KerasFile.read(run.resolve("checkpoints").resolve("step-00000012.keras"));
    }

    @Test
    void comesToTheWeightsOfARunThatNeverStopped() {
        train(run.path(), "--epochs", 2);

        Call call = resume("--epochs", 4);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertSameAsTheWholeRun();
    }

    @Test
    void goesOnFromTheOneBeforeWhereTheNewestIsTorn() throws IOException {
        Path torn = runWithATornCheckpoint();

        Call call = resume("--epochs", 4);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.err()).contains(torn + " is damaged", "going on from ", "step-00000003.keras");
        assertSameAsTheWholeRun();
    }

    /** Checkpoints of steps 3 and 6, and that of step 6 was cut short. @return it */
    private Path runWithATornCheckpoint() throws IOException {
        train(run.path(), "--epochs", 1);
        Path before = folder.resolve("before");
        copy(run.checkpoints(), before);
        resume("--epochs", 2);
        copy(before, run.checkpoints());
        Path newest = run.checkpoints().resolve("step-00000006.keras");
        try (FileChannel channel = FileChannel.open(newest, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
        return newest;
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void saysSoWhereNoCheckpointIsWhole() throws IOException {
        train(run.path(), "--epochs", 1);
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            for (Path file : files.toList()) {
                Files.write(file, new byte[1]);
            }
        }

        Call call = resume("--epochs", 2);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err()).contains("is damaged", "no checkpoint in " + run.checkpoints() + " is whole");
    }

    @Test
    void beginsAnewWhereNoCheckpointWasWrittenYet() throws IOException {
        train(run.path(), "--epochs", 4);
        try (Stream<Path> files = Files.walk(run.path())) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(run.settings()))
                    .toList()) {
                Files.delete(file);
            }
        }

        Call call = resume();

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.err()).contains("no checkpoint was written yet");

        assertSameAsTheWholeRun();
    }

    @Test
    void removesWhatAKilledProcessLeftHalfWritten() throws IOException {
        Path leftover =
                Files.createDirectories(run.path()).resolve(".settings.json.0b4ff6a1-90cb-4a3b-8d6e-1f6d1c3a2b4c.tmp");
        Files.writeString(leftover, "{");

        assertThat(train(run.path(), "--epochs", 1).exitStatus()).isZero();

        assertThat(leftover).doesNotExist();
    }

    @Test
    void refusesAFolderInWhichAnotherTrainingRuns() {
        run.create();
        try (RunLock lock = run.lock()) {
            assertThat(lock).isNotNull();
            Call call = train(run.path(), "--epochs", 1);

            assertThat(call.exitStatus()).isEqualTo(1);
            assertThat(call.err()).contains("another process is training in " + run.path());
        }
    }

    @Test
    void refusesOtherPicturesThanItBeganWith() throws IOException {
        Path mine = DrawnPictures.drawInto(folder.resolve("pictures"));
        Call first = Call.of(
                "train", "--data", mine, "--model", "resnet20", "--epochs", 1, "--batch-size", 4, "--out", run.path());
        assertThat(first.exitStatus()).as(first.err()).isZero();
        Files.delete(mine.resolve("dark").resolve("0.png"));
        Files.delete(mine.resolve("bright").resolve("0.png"));

        Call call = resume("--epochs", 2);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err()).contains("the training pictures have changed", "another --out");
    }

    @Test
    void refusesOtherTestPicturesThanItBeganWith() throws IOException {
        Path test = DrawnPictures.drawInto(folder.resolve("test"));
        Call first = train(run.path(), "--epochs", 1, "--test", test);
        assertThat(first.exitStatus()).as(first.err()).isZero();
        Files.delete(test.resolve("dark").resolve("0.png"));

        Call call = resume("--epochs", 2);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err())
                .contains("the test pictures have changed", "12 pictures of 32x32x3", "11 pictures", "another --out");
    }

    @Test
    void keepsTheLastAndTheBestModel() {
        assertThat(KerasFile.read(whole.resolve("model.keras"))
                        .facts()
                        .history()
                        .epochs())
                .hasSize(4);
        assertThat(KerasFile.read(whole.resolve("best.keras")).facts().history().best())
                .isEqualTo(KerasFile.read(whole.resolve("model.keras"))
                        .facts()
                        .history()
                        .best());
    }

    @Test
    void keepsAModelWhoseCheckpointsAreGone() throws IOException {
        train(run.path(), "--epochs", 1);
        byte[] model = Files.readAllBytes(run.model());
        try (Stream<Path> files = Files.list(run.checkpoints())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        Call call = resume("--epochs", 2);

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err()).contains("no longer in " + run.checkpoints(), "--from " + run.model());
        assertThat(run.model()).hasBinaryContent(model);
    }
}
