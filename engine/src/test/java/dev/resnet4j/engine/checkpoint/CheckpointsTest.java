package dev.resnet4j.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.keras.KerasFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
    @TempDir
    private Path folder;

    private Checkpoints checkpoints;

    @BeforeEach
    void open() {
        checkpoints = new Checkpoints(folder);
    }

    @Test
    void findsNothingWhereNothingWasSaved() {
        Checkpoints.Found found = new Checkpoints(folder.resolve("none")).find();

        assertThat(found.newestWhole()).isEmpty();
        assertThat(found.damaged()).isEmpty();
    }

    @Test
    void keepsTheTwoNewest() throws IOException {
        for (int step : new int[] {9, 10, 11}) {
            checkpoints.save(model(step), step);
        }

        assertThat(names())
                .containsExactlyInAnyOrder(
                        "step-00000010.keras",
                        "step-00000010.keras.sha256",
                        "step-00000011.keras",
                        "step-00000011.keras.sha256");
        assertThat(found()).isEqualTo("step-00000011.keras");
    }

    @Test
    void keepsTheNewestAloneAtTheEnd() throws IOException {
        checkpoints.save(model(1), 1);
        checkpoints.save(model(2), 2);

        checkpoints.removeOlder();

        assertThat(names()).containsExactlyInAnyOrder("step-00000002.keras", "step-00000002.keras.sha256");
    }

    @Test
    void holdsTheModel() {
        SavedModel model = model(3);

        Path file = checkpoints.save(model, 3);

        assertThat(KerasFile.read(file).weights()).isEqualTo(model.weights());
    }

    @Test
    void writesTheChecksumAsSha256sumDoes() throws Exception {
        Path file = checkpoints.save(model(4), 4);

        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        assertThat(folder.resolve("step-00000004.keras.sha256"))
                .hasContent(HexFormat.of().formatHex(digest) + "  step-00000004.keras\n");
    }

    @Test
    void takesTheOneBeforeWhereTheNewestIsCutShort() throws IOException {
        Path before = checkpoints.save(model(1), 1);
        Path newest = checkpoints.save(model(2), 2);
        byte[] bytes = Files.readAllBytes(newest);
        Files.write(newest, Arrays.copyOf(bytes, bytes.length / 2));

        Checkpoints.Found found = new Checkpoints(folder).find();

        assertThat(found.newestWhole()).contains(before);
        assertThat(found.damaged()).containsExactly(newest);
    }

    @Test
    void takesTheOneBeforeWhereAByteOfTheNewestIsAnother() throws IOException {
        Path before = checkpoints.save(model(1), 1);
        Path newest = checkpoints.save(model(2), 2);
        byte[] bytes = Files.readAllBytes(newest);
        bytes[bytes.length - 300] ^= 1;
        Files.write(newest, bytes);

        assertThat(new Checkpoints(folder).find().newestWhole()).contains(before);
    }

    @Test
    void takesTheOneBeforeWhereTheNewestHasNoChecksum() throws IOException {
        Path before = checkpoints.save(model(1), 1);
        checkpoints.save(model(2), 2);
        Files.delete(folder.resolve("step-00000002.keras.sha256"));

        assertThat(new Checkpoints(folder).find().newestWhole()).contains(before);
    }

    /** A folder of the name stands for what cannot be read: a bad block, a file that is another user's. */
    @Test
    void takesTheOneBeforeWhereTheNewestCannotBeRead() throws IOException {
        Path before = checkpoints.save(model(1), 1);
        Path newest = checkpoints.save(model(2), 2);
        Files.delete(newest);
        Path inside = Files.createDirectory(newest).resolve("notes.txt");
        Files.writeString(inside, "mine");

        Checkpoints next = new Checkpoints(folder);
        Checkpoints.Found found = next.find();

        assertThat(found.newestWhole()).contains(before);
        assertThat(found.damaged()).containsExactly(newest);

        next.save(model(3), 3);

        assertThat(inside).as("what is no checkpoint stays").hasContent("mine");
    }

    @Test
    void keepsTheOneBeforeWhereTheNewestIsWrittenAgain() throws IOException {
        checkpoints.save(model(1), 1);
        checkpoints.save(model(2), 2);

        checkpoints.save(model(2), 2);

        assertThat(names().stream().filter(name -> name.endsWith(".keras")))
                .containsExactlyInAnyOrder("step-00000001.keras", "step-00000002.keras");
    }

    @Test
    void keepsTheOneBeforeWhereTheOneThatWasFoundIsWrittenAgain() throws IOException {
        for (int step : new int[] {1, 2}) {
            checkpoints.save(model(step), step);
        }

        Checkpoints next = new Checkpoints(folder);
        next.find();
        next.save(model(2), 2);

        assertThat(names().stream().filter(name -> name.endsWith(".keras")))
                .containsExactlyInAnyOrder("step-00000001.keras", "step-00000002.keras");
    }

    @Test
    void findsNoneWhereNoneIsWhole() throws IOException {
        Path only = checkpoints.save(model(1), 1);
        Files.write(only, new byte[0]);

        Checkpoints.Found found = new Checkpoints(folder).find();

        assertThat(found.newestWhole()).isEmpty();
        assertThat(found.damaged()).containsExactly(only);
    }

    @Test
    void removesWhatIsDamagedOnceThereIsANewOne() throws IOException {
        checkpoints.save(model(1), 1);
        Files.write(checkpoints.save(model(5), 5), new byte[10]);

        Checkpoints next = new Checkpoints(folder);
        next.find();
        next.save(model(2), 2);

        assertThat(names().stream().filter(name -> name.endsWith(".keras")))
                .containsExactlyInAnyOrder("step-00000001.keras", "step-00000002.keras");
    }

    @Test
    void leavesOtherFilesAndRemovesLeftovers() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.writeString(folder.resolve(".step-1.keras.0b4ff6a1-90cb-4a3b-8d6e-1f6d1c3a2b4c.tmp"), "half");

        checkpoints.save(model(1), 1);

        assertThat(names()).containsExactlyInAnyOrder("notes.txt", "step-00000001.keras", "step-00000001.keras.sha256");
    }

    @Test
    void leavesTheEarlierOneWhereANewOneCannotBeWritten() throws IOException {
        Path before = checkpoints.save(model(1), 1);
        Files.createDirectory(folder.resolve("step-00000002.keras"));

        assertThatThrownBy(() -> checkpoints.save(model(2), 2))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("step-00000002.keras");

        Files.delete(folder.resolve("step-00000002.keras"));
        assertThat(new Checkpoints(folder).find().newestWhole()).contains(before);
        assertThat(names()).noneMatch(name -> name.endsWith(".tmp"));
    }

    private String found() {
        return new Checkpoints(folder)
                .find()
                .newestWhole()
                .orElseThrow()
                .getFileName()
                .toString();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static SavedModel model(int seed) {
        return Networks.savedModel(seed);
    }
}
