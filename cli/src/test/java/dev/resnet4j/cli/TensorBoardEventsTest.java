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
        assertThat(epochs).extracting(Event::getStep).containsExactly(1L, 2L);
        JsonNode last = call.json().get("history").get(1);
        for (String name : List.of("loss", "accuracy", "val_loss", "val_accuracy", "learning_rate")) {
            assertThat(scalar(epochs.get(1), "epoch/" + name))
                    .isEqualTo((float) last.get(name).asDouble());
        }

        assertThat(events.stream()
                        .filter(event -> event.getStep() == 2)
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
        assertThat(withTag(events, "epoch/loss")).extracting(Event::getStep).containsExactly(3L);
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
