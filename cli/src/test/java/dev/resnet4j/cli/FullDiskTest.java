package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.training.History;
import dev.resnet4j.model.training.WeightNorms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said where a run's files cannot be written: in a process whose files may not grow, as on a full disk. */
class FullDiskTest {
    private static final Path SHELL = Path.of("/bin/sh");

    @TempDir
    private Path folder;

    /** Writes a run's small files into a folder, and prints why each cannot be written. */
    public static void main(String[] arguments) {
        RunFolder run = new RunFolder(Path.of(arguments[0]));
        History history =
                History.EMPTY.plus(new History.Epoch(1, new History.Scores(2, 0.4), Optional.empty(), 0.001, 16));
        WeightNorms norms = new WeightNorms(new WeightName("conv1", "kernel"), 0.5, 2);
        List<Runnable> writers = List.of(
                () -> run.writeHistory(history),
                () -> run.writeCurves(history),
                () -> new NormsCsv(run.norms()).onNorms(1, List.of(norms)));
        for (Runnable writer : writers) {
            try {
                writer.run();
            } catch (RuntimeException failure) {
                System.out.println(Failures.describe(failure));
            }
        }
    }

    @Test
    void namesTheFile() throws Exception {
        assumeTrue(Files.exists(SHELL), "this system has no shell to limit the size of files with");
        Process process = new ProcessBuilder(
                        SHELL.toString(),
                        "-c",
                        "ulimit -f 0; exec \"$@\"",
                        "sh",
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:-UsePerfData",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullDiskTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said.lines()).hasSize(3).allMatch(line -> line.contains("cannot be written"));
        assertThat(said)
                .contains(List.of("history.json", "curves.png", "norms.csv").stream()
                        .map(name -> folder.resolve(name) + ": ")
                        .toList());
        assertThat(folder).isEmptyDirectory();
    }
}
