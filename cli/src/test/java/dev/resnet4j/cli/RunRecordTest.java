package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
    @TempDir
    private Path folder;

    private static RunRecord started() {
        RunSettings settings = new RunSettings(
                BuiltInNetwork.named("resnet20").orElseThrow(),
                null,
                "photos",
                null,
                Recipes.DEFAULT,
                0,
                Precision.FP32,
                Preprocessing.UNIT,
                null,
                null,
                false,
                Device.CPU,
                ReportingSettings.NONE);
        return new RunRecord(settings);
    }

    /** One picture of many classes. */
    private static TrainingData data(int count, String className) {
        List<String> classes = IntStream.range(0, count)
                .mapToObj(number -> className + ", the bird of a long name with the number " + number)
                .toList();
        Dataset pictures = new Dataset(List.of(new Image(1, 1, 3, new byte[3])), List.of(0), classes);
        return new TrainingData(pictures, pictures, List.of());
    }

    @Test
    void canBeReadHoweverOftenTheRunGoesOn() throws IOException {
        RunFolder run = new RunFolder(folder);
        TrainingData data = data(1000, "wren");
        run.writeRecord(started().plusCall(List.of("train", "--data", "photos"), data));
        long sizeAtFirst = Files.size(run.settings());

        for (int call = 0; call < 300; call++) {
            run.writeRecord(run.readRecord().plusCall(List.of("train", "--resume", "--epochs", "" + call), data));
        }

        assertThat(Files.size(run.settings())).isLessThan(sizeAtFirst + 100_000);
        List<RunRecord.Facts> calls = run.readRecord().calls();
        assertThat(calls).hasSize(RunRecord.MOST_CALLS);
        assertThat(calls.get(0).commandLine()).contains("photos");
        assertThat(calls.get(calls.size() - 1).commandLine()).endsWith("299");
        assertThatThrownBy(() -> run.readRecord().requireSameData(data(1000, "carp")))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("the training pictures have changed");
    }

    @Test
    void canBeReadWhereItIsOfManyClasses() {
        RunFolder run = new RunFolder(folder);
        TrainingData data = data(22_000, "wren");

        run.writeRecord(started().plusCall(List.of("train"), data));

        assertThat(run.readRecord().calls().get(0).classNames())
                .isEqualTo(data.training().classNames());
    }
}
