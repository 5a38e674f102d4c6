package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageFiles;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.keras.KerasFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that train and are killed (SIGKILL), against one that never was: the same bytes of weights. */
class KilledTrainingTest {
    private static final int KILLS = 50;
    private static final int SIZE = 32;
    private static final int PICTURES_A_CLASS = 20;
    private static final int LAST_STEP = 54;

    @TempDir
    private static Path folder;

    private static Path pictures;
    private static Path whole;
    private static long wholeMilliseconds;

    @BeforeAll
    static void trainWithoutAStop() throws Exception {
        pictures = draw(folder.resolve("pictures"));
        whole = folder.resolve("whole");
        // The first call also unpacks libraries and fills the system's caches.
        run(train(folder.resolve("warm-up")));
        long start = System.nanoTime();
        run(train(whole));
        wholeMilliseconds = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static Path draw(Path target) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        for (String name : List.of("bright", "dark", "grey")) {
            Path ofClass = Files.createDirectories(target.resolve(name));
            for (int number = 0; number < PICTURES_A_CLASS; number++) {
                byte[] pixels = new byte[SIZE * SIZE * 3];
                random.nextBytes(pixels);
                ImageFiles.writePng(new Image(SIZE, SIZE, 3, pixels), ofClass.resolve(number + ".png"));
            }
        }
        return target;
    }

    private static List<String> train(Path out) {
        return CommandLine.words(List.of(
                "train",
                "--data",
                pictures,
                "--model",
                "resnet20",
                "--epochs",
                6,
                "--batch-size",
                6,
                "--ema-momentum",
                0.9,
                "--checkpoint-steps",
                3,
                "--seed",
                7,
                "--out",
                out));
    }

    private static List<String> resume(Path out) {
        return CommandLine.words(List.of("train", "--resume", "--out", out));
    }

    /** To its end, which must be a good one. */
    private static void run(List<String> words) throws Exception {
        Path output = folder.resolve("output.txt");
        Files.deleteIfExists(output);
        Process process = CommandLine.start(output, words);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    }

    private static void killAfter(List<String> words, long milliseconds) throws Exception {
        Process process = CommandLine.start(folder.resolve("killed.txt"), words);
        process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        process.destroyForcibly();
        process.waitFor();
    }

    @Test
    void comesToTheSameBytesWheneverItIsKilled() throws Exception {
        SplittableRandom random = new SplittableRandom(20261124);
        List<String> different = new ArrayList<>();
        int withCheckpoint = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            Path out = folder.resolve("killed-" + kill);
            long moment = random.nextLong(wholeMilliseconds);
            killAfter(train(out), moment);
            withCheckpoint +=
                    Files.isDirectory(out.resolve("checkpoints")) && !Files.exists(out.resolve("model.keras")) ? 1 : 0;
            // Killed before it had noted its settings, the run has not begun: the same call begins it.
            run(Files.exists(out.resolve("settings.json")) ? resume(out) : train(out));
            if (!bytes(out).equals(bytes(whole))) {
                different.add("killed after " + moment + " ms");
            }
            remove(out);
        }
        System.out.printf(
                "killed %d times within %d ms, %d of them in the midst of training: %d of %d came to the same bytes%n",
                KILLS, wholeMilliseconds, withCheckpoint, KILLS - different.size(), KILLS);
        assertThat(different).isEmpty();
        assertThat(withCheckpoint).as("kills in the midst of training").isPositive();
    }

    @Test
    void comesToTheSameBytesWhereItIsKilledAgainAndAgain() throws Exception {
        Path out = folder.resolve("killed-often");
        SplittableRandom random = new SplittableRandom(3);
        for (int kill = 0; kill < 8 && !Files.exists(out.resolve("model.keras")); kill++) {
            List<String> call = Files.exists(out.resolve("settings.json")) ? resume(out) : train(out);
            killAfter(call, wholeMilliseconds / 2 + random.nextLong(wholeMilliseconds / 2));
        }
        run(resume(out));

        assertThat(bytes(out)).isEqualTo(bytes(whole));
    }

    @Test
    void keepsTheCheckpointBeforeWhereTheDiskIsFull() throws Exception {
        assumeTrue(Files.exists(Path.of("/bin/bash")), "this system has no bash to limit the size of files with");
        Path out = folder.resolve("full");
        killAfter(train(out), wholeMilliseconds / 2);
        assertThat(out.resolve("settings.json")).exists();
        run(resume(out));
        Path checkpoint = newestCheckpoint(out);
        List<String> longer = new ArrayList<>(resume(out));
        longer.addAll(List.of("--epochs", "8"));
        String limited = "ulimit -f " + Files.size(checkpoint) / 2 / 1024 + "; exec \"$@\"";
        List<String> words = new ArrayList<>(List.of("/bin/bash", "-c", limited, "bash"));
        words.addAll(longer);
        Path output = folder.resolve("full.txt");

        Process process = CommandLine.start(output, words);

        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(1);
        assertThat(Files.readString(output)).contains("cannot be written", "train --resume");
        assertThat(newestCheckpoint(out)).isEqualTo(checkpoint);
        assertThat(bytes(out)).isEqualTo(bytes(whole));
        try (Stream<Path> files = Files.walk(out)) {
            assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        }
        run(longer);
    }

    /** The weights of the last and of the best model, and all that the last checkpoint holds. */
    private static List<Object> bytes(Path run) {
        SavedModel checkpoint =
                KerasFile.read(run.resolve("checkpoints").resolve(String.format("step-%08d.keras", LAST_STEP)));
        return List.of(
                KerasFile.read(run.resolve("model.keras")).weights(),
                KerasFile.read(run.resolve("best.keras")).weights(),
                checkpoint.weights(),
                checkpoint.optimizerState().orElseThrow());
    }

    private static Path newestCheckpoint(Path run) throws IOException {
        try (Stream<Path> files = Files.list(run.resolve("checkpoints"))) {
            return files.filter(file -> file.toString().endsWith(".keras"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    private static void remove(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
