package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeedsTest {
    @Test
    void spreadsAsStatisticsSays() {
        SeedsResult.Spread spread = SeedsResult.Spread.of(0.9, 0.95, 1.0, 0.85);

        assertThat(spread.mean()).isEqualTo(0.925, within(1e-12));
        assertThat(spread.median()).isEqualTo(0.925, within(1e-12));
        assertThat(spread.minimum()).isEqualTo(0.85);
        assertThat(spread.maximum()).isEqualTo(1.0);
        assertThat(spread.standardDeviation()).isEqualTo(Math.sqrt(0.0125 / 3), within(1e-12));
        assertThat(SeedsResult.Spread.of(0.9).standardDeviation()).isZero();
    }

    @Test
    void trainsARunForEachSeedAndGoesOnWhereItStopped(@TempDir Path folder) throws IOException {
        Path pictures = DrawnPictures.drawInto(folder.resolve("pictures"));
        Path out = folder.resolve("runs");

        Call first = Call.of(
                "train",
                "--data",
                pictures,
                "--model",
                "resnet20",
                "--epochs",
                1,
                "--batch-size",
                5,
                "--seed",
                7,
                "--seeds",
                2,
                "--out",
                out,
                "--json");

        assertThat(first.exitStatus()).as(first.err()).isZero();
        assertThat(first.out()).contains("Seed 7 (1 of 2)", "Seed 8 (2 of 2)", "Test Accuracy of 2 seeds: mean ");
        JsonNode result = first.json();
        assertThat(result.path("runs")).hasSize(2);
        assertThat(result.path("runs").path(1).path("seed").asLong()).isEqualTo(8);
        assertThat(result.path("accuracy").path("minimum").asDouble()).isBetween(0.0, 1.0);
        assertThat(RecordJson.MAPPER.readTree(out.resolve("seeds.json").toFile()))
                .isEqualTo(result);
        assertThat(Files.exists(out.resolve("seed-8").resolve("model.keras"))).isTrue();

        Call further = Call.of("train", "--resume", "--out", out, "--epochs", 2, "--json");

        assertThat(further.exitStatus()).as(further.err()).isZero();
        assertThat(further.json().path("runs").path(0).path("epochs").asInt()).isEqualTo(2);
    }
}
