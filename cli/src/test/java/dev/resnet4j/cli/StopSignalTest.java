package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.keras.KerasFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopSignalTest {
    @BeforeAll
    static void needsSignals() {
        assumeTrue(Files.exists(Path.of("/bin/kill")), "this system has no kill to send signals with");
    }

    @Test
    void hearsTheFirstSignal() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (StopSignal stop = StopSignal.listen(told::countDown)) {
            assertThat(stop.requested()).isFalse();

            // Not HUP or INT: under nohup or as a job in the background, a process is started deaf to them.
            send("TERM", ProcessHandle.current().pid());

            assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(stop.requested()).isTrue();
            assertThat(stop.exitStatus()).isEqualTo(143);
        }
    }

    @Test
    void savesTheTrainingThatItStops(@TempDir Path folder) throws Exception {
        Path run = folder.resolve("run");
        Process training = java(
                "train",
                "--data",
                DrawnPictures.drawInto(folder.resolve("pictures")),
                "--epochs",
                100,
                "--batch-size",
                5,
                "--out",
                run);
        try (BufferedReader out = training.inputReader(StandardCharsets.UTF_8)) {
            waitForLine(out, "Epoch   1/100");
            send("TERM", training.pid());
            assertThat(training.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(new String(training.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("stopping after this step", "saved in " + run, "train --resume --out " + run);
        } finally {
            training.destroyForcibly();
        }

        assertThat(training.exitValue()).isEqualTo(143);
        SavedModel saved = KerasFile.read(run.resolve("model.keras"));
        assertThat(saved.facts().history().epochs()).isNotEmpty();
        assertThat(saved.optimizerState()).isPresent();
        assertThat(run.resolve("history.csv")).exists();
        assertThat(run.resolve("curves.png")).exists();
    }

    private static void waitForLine(BufferedReader out, String start) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith(start)) {
            line = out.readLine();
        }
        assertThat(line).startsWith(start);
    }

    private static Process java(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:-UsePerfData",
                "-Djava.awt.headless=true",
                "-Duser.home=" + System.getProperty("user.home"),
                "-Dorg.bytedeco.javacpp.cachedir=" + System.getProperty("org.bytedeco.javacpp.cachedir"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command).start();
    }

    private static void send(String signal, long process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, String.valueOf(process))
                        .start()
                        .waitFor())
                .isZero();
    }
}
