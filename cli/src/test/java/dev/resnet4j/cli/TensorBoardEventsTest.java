package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.tensorboard.proto.Event;
import dev.resnet4j.formats.tensorboard.proto.SessionLog.SessionStatus;
import dev.resnet4j.formats.tensorboard.proto.Summary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorBoardEventsTest {
    @TempDir
    private Path folder;

    private Call train(Object... more) {
        return Call.of(
                List.of(
                        "train",
                        "--data",
                        DrawnPictures.drawInto(folder.resolve("pictures")),
                        "--model",
                        "resnet20",
                        "--epochs",
                        2,
                        "--batch-size",
                        4,
                        "--seed",
                        3,
                        "--out",
                        folder.resolve("run"),
                        "--json"),
                more);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("run").resolve("tensorboard"))) {
            return files.sorted().toList();
        }
    }

    private static List<Event> read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            byte[] message = new byte[(int) bytes.getLong()];
            bytes.getInt();
            bytes.get(message);
            bytes.getInt();
            events.add(Event.parseFrom(message));
        }
        return events;
    }

    private static List<Event> withTag(List<Event> events, String tag) {
        return events.stream()
                .filter(event -> event.getSummary().getValueList().stream()
                        .anyMatch(value -> value.getTag().equals(tag)))
                .toList();
    }

    private static float scalar(Event event, String tag) {
        return event.getSummary().getValueList().stream()
                .filter(value -> value.getTag().equals(tag))
                .findFirst()
                .orElseThrow()
                .getSimpleValue();
    }

    @Test
    void tellOfStepsEpochsWeightsAndPictures() throws IOException {
        Call call = train("--tensorboard-steps", 2);
        assertThat(call.exitStatus()).as(call.err()).isZero();

        List<Event> events = read(files().get(0));
        // Three steps an epoch; the first one, and then every second one.
        assertThat(withTag(events, "step/loss")).extracting(Event::getStep).containsExactly(1L, 3L, 5L);
        assertThat(withTag(events, "step/learning_rate")).hasSize(3);

        List<Event> epochs = withTag(events, "epoch/loss");
        assertThat(epochs).extracting(Event::getStep).containsExactly(3L, 6L);
        JsonNode last = call.json().get("history").get(1);
        for (String name : List.of("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate")) {
            assertThat(scalar(epochs.get(1), "epoch/" + name))
                    .isEqualTo((float) last.get(name).asDouble());
        }

        assertThat(events.stream()
                        .filter(event -> event.getStep() == 6)
                        .flatMap(event -> event.getSummary().getValueList().stream()))
                .filteredOn(Summary.Value::hasHisto)
                .extracting(Summary.Value::getTag)
                .anyMatch(tag -> tag.endsWith("/kernel"))
                .doesNotHaveDuplicates();
        assertThat(events.stream().flatMap(event -> event.getSummary().getValueList().stream()))
                .filteredOn(Summary.Value::hasImage)
                .hasSize(call.json().get("test_examples").asInt())
                .allSatisfy(value -> assertThat(value.getMetadata().getDisplayName())
                        .matches("(bright|dark), taken for (bright|dark) \\([01]\\.\\d{3}\\)"));
    }

    @Test
    void goOnInAFileOfTheirOwn() throws IOException {
        train("--tensorboard");
        Call call = Call.of("train", "--resume", "--out", folder.resolve("run"), "--epochs", 3);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(files()).hasSize(2);
        List<Event> events = read(files().get(1));
        assertThat(events).filteredOn(Event::hasSessionLog).singleElement().satisfies(start -> {
            assertThat(start.getSessionLog().getStatus()).isEqualTo(SessionStatus.START);
            assertThat(start.getStep()).isEqualTo(7);
        });
        assertThat(withTag(events, "epoch/loss")).extracting(Event::getStep).containsExactly(9L);
    }

    @Test
    void showNothingTwiceWhereARunGoesOnFromAnEarlierCheckpoint() throws IOException {
        assertThat(train("--tensorboard-steps", 1).exitStatus()).isZero();
        RunFolder run = new RunFolder(folder.resolve("run"));
        Path before = folder.resolve("before");
        replaceBy(run.checkpoints(), before);
        Call lost = Call.of("train", "--resume", "--out", run.path(), "--epochs", 3);
        replaceBy(before, run.checkpoints());

        Call call = Call.of("train", "--resume", "--out", run.path(), "--epochs", 4);

        assertThat(lost.exitStatus()).as(lost.err()).isZero();
        assertThat(call.exitStatus()).as(call.err()).isZero();
        List<Event> shown = shown(files());
        assertThat(withTag(shown, "step/loss"))
                .extracting(Event::getStep)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(withTag(shown, "epoch/val_loss")).extracting(Event::getStep).containsExactly(3L, 6L, 9L, 12L);
        assertThat(withTag(shown, "linear/kernel")).extracting(Event::getStep).containsExactly(3L, 6L, 9L, 12L);
    }

    private static void replaceBy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> old = Files.list(to)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** What TensorBoard shows of a run: each start but the first drops what was read before from its step on. */
    private static List<Event> shown(List<Path> files) throws IOException {
        List<Event> shown = new ArrayList<>();
        boolean started = false;
        for (Path file : files) {
            for (Event event : read(file)) {
                boolean start = event.getSessionLog().getStatus() == SessionStatus.START;
                if (start && started) {
                    shown.removeIf(earlier -> earlier.getStep() >= event.getStep());
                }
                started |= start;
                shown.add(event);
            }
        }
        return shown;
    }

    @Test
    void countTheOptimizersStepsWhereGradientsAreAccumulated() throws IOException {
        Call call = train("--tensorboard-steps", 1, "--gradient-accumulation-steps", 2);
        assertThat(call.exitStatus()).as(call.err()).isZero();

        List<Event> events = read(files().get(0));
        // Three batches an epoch, which are two steps.
        assertThat(withTag(events, "step/loss")).extracting(Event::getStep).containsExactly(1L, 2L, 3L, 4L);
        assertThat(withTag(events, "epoch/loss")).extracting(Event::getStep).containsExactly(2L, 4L);
    }

    @Test
    void areNotWrittenUnasked() {
        assertThat(train().exitStatus()).isZero();

        assertThat(folder.resolve("run").resolve("tensorboard")).doesNotExist();
    }

    @Test
    void doNotEndATrainingWhereTheyCannotBeWritten() throws IOException {
        assertThat(train("--tensorboard").exitStatus()).isZero();
        for (Path file : files()) {
            Files.delete(file);
        }
        Path place = folder.resolve("run").resolve("tensorboard");
        Files.delete(place);
        Files.writeString(place, "in the way");

        Call call = Call.of("train", "--resume", "--out", folder.resolve("run"), "--epochs", 3);

        assertThat(call.exitStatus()).as(call.err()).isZero();
        assertThat(call.err().lines().filter(line -> line.contains("TensorBoard is told no more")))
                .hasSize(1);
    }
}
