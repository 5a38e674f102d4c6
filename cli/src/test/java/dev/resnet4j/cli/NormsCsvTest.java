package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.training.WeightNorms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormsCsvTest {
    private static final List<WeightNorms> NORMS = List.of(
            new WeightNorms(new WeightName("conv1", "kernel"), 0.5, 2),
            new WeightNorms(new WeightName("conv1", "bias"), 0.25, 0),
            new WeightNorms(new WeightName("a,b", "depthwise_kernel"), Double.NaN, 1));

    @TempDir
    private Path folder;

    @Test
    void hasALineForEachKernelOfEachStep() {
        Path file = folder.resolve("norms.csv");
        NormsCsv norms = new NormsCsv(file);
        norms.onNorms(1, NORMS);
        norms.onNorms(2, NORMS);

        assertThat(file).hasContent("""
                step,layer,weight,gradient_norm,weight_norm
                1,conv1,kernel,0.5,2.0
                1,"a,b",depthwise_kernel,NaN,1.0
                2,conv1,kernel,0.5,2.0
                2,"a,b",depthwise_kernel,NaN,1.0
                """);
    }

    @Test
    void goesOnAfterTheStepsThatARunKeeps() throws IOException {
        Path file = folder.resolve("norms.csv");
        Files.writeString(file, """
                step,layer,weight,gradient_norm,weight_norm
                8,conv1,kernel,9,9
                9,conv1,kernel,9,9
                10,conv1,kernel,9,9
                11,conv1,ker""");

        new NormsCsv(file).onNorms(10, NORMS.subList(0, 1));

        assertThat(file).hasContent("""
                step,layer,weight,gradient_norm,weight_norm
                8,conv1,kernel,9,9
                9,conv1,kernel,9,9
                10,conv1,kernel,0.5,2.0
                """);
    }

    @Test
    void saysWhichFileItIsWhereTheDiskIsFull() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "skipped: there is no " + full);
        Path file = folder.resolve("norms.csv");
        NormsCsv norms = new NormsCsv(file);
        norms.onNorms(1, NORMS);
        Files.delete(file);
        Files.createSymbolicLink(file, full);

        assertThatThrownBy(() -> norms.onNorms(2, NORMS)).hasMessageContainingAll(file.toString(), "No space left");
    }

    @Test
    void isWrittenByARunThatIsAskedForItAlsoWhereItGoesOn() throws IOException {
        Path pictures = DrawnPictures.drawInto(folder.resolve("pictures"));
        Path run = folder.resolve("run");
        Call first = Call.of(
                "train",
                "--data",
                pictures,
                "--test",
                pictures,
                "--model",
                "resnet20",
                "--epochs",
                1,
                "--batch-size",
                6,
                "--norms",
                "--out",
                run);
        Call second = Call.of("train", "--resume", "--epochs", 2, "--out", run);

        assertThat(first.exitStatus()).as(first.err()).isZero();
        assertThat(second.exitStatus()).as(second.err()).isZero();
        List<String> lines = Files.readAllLines(run.resolve("norms.csv"));
        assertThat(lines).hasSize(1 + 4 * 20);
        assertThat(lines.get(1)).matches("1,conv1,kernel,[0-9.E-]+,[0-9.E-]+");
        assertThat(lines.get(80)).startsWith("4,linear,kernel,");
    }
}
