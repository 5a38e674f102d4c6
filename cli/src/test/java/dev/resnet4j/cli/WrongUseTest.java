package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong with other people's pictures and folders, and is said before the first step. */
class WrongUseTest {
    @TempDir
    private Path folder;

    private Path pictures;
    private Path out;

    @BeforeEach
    void draw() {
        pictures = DrawnPictures.drawInto(folder.resolve("pictures"));
        out = folder.resolve("run");
    }

    private Call train(Object... more) {
        return Call.of(List.of("train", "--data", pictures, "--model", "resnet20", "--epochs", 1, "--out", out), more);
    }

    private void assertRefused(Call call, String... words) {
        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err().lines().reduce((before, last) -> last).orElseThrow())
                .contains(words);
        assertThat(call.out()).doesNotContain("Epoch");
        assertThat(new RunFolder(out).isFree())
                .as("nothing is left that would be in the way")
                .isTrue();
    }

    @Test
    void refusesATestSetWithOtherClasses() throws IOException {
        Path test = DrawnPictures.drawInto(folder.resolve("test"));
        Files.move(test.resolve("dark"), test.resolve("gloomy"));

        assertRefused(train("--test", test), "gloomy", "dark");
    }

    @Test
    void refusesATestSetWithAClassMore() throws IOException {
        Path test = DrawnPictures.drawInto(folder.resolve("test"));
        Files.createDirectory(test.resolve("gloomy"));
        Files.copy(test.resolve("dark").resolve("0.png"), test.resolve("gloomy").resolve("0.png"));

        assertRefused(train("--test", test), "gloomy");
    }

    @Test
    void refusesPicturesOfOneClass() throws IOException {
        try (Stream<Path> files = Files.list(pictures.resolve("dark"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(pictures.resolve("dark"));

        assertRefused(train(), "one class", "bright");
    }

    @Test
    void saysSoWhereThereAreFewerPicturesThanABatch() {
        Call call = train("--batch-size", 64);

        assertThat(call.exitStatus()).isZero();
        assertThat(call.err()).contains("an epoch is a single step", "--batch-size");
    }

    @Test
    void refusesAFolderThatCannotBeWrittenInto() {
        // The superuser may write into any folder but those of the system's own file systems.
        Call call = Call.of("train", "--data", pictures, "--model", "resnet20", "--epochs", 1, "--out", "/proc/self/x");

        assertThat(call.exitStatus()).isEqualTo(1);
        assertThat(call.err()).contains("/proc/self/x", "another --out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "NaN", "Infinity", "often"})
    void refusesMinutesThatAreNoTime(String minutes) {
        Call call = train("--checkpoint-minutes", minutes);

        assertThat(call.exitStatus()).isEqualTo(2);
        assertThat(call.err().lines())
                .singleElement()
                .asString()
                .contains("--checkpoint-minutes", "above 0, but was '" + minutes + "'");
    }

    @Test
    void leavesTheFolderOfSeveralSeedsToTheNextTryWhereTheFirstFails() {
        Path elsewhere = folder.resolve("elsewhere");
        Object[] several = {"train", "--model", "resnet20", "--epochs", 1, "--seeds", 1, "--seed", 3, "--out", out};
        assertThat(Call.of(List.of(several), "--data", elsewhere).exitStatus()).isEqualTo(1);
        assertThat(Call.of(List.of(several), "--data", pictures, "--checkpoint-steps", 0)
                        .exitStatus())
                .isEqualTo(2);

        Call call = Call.of(List.of(several), "--data", pictures);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        Call again = Call.of(List.of(several), "--data", pictures);
        assertThat(again.exitStatus()).isEqualTo(1);
        assertThat(again.err()).contains("is there already", "--resume");
    }

    @Test
    void refusesPicturesOfOneClassForGradients() throws IOException {
        Path one = Files.createDirectories(folder.resolve("one"));
        Files.move(pictures.resolve("dark"), one.resolve("dark"));

        Call call = Call.of("gradients", "--model", "resnet20", "--data", one, "--steps", 1, "--out", out);

        assertRefused(call, "one class", "dark");
    }
}
