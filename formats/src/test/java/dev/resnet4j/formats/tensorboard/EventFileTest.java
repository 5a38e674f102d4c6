package dev.resnet4j.formats.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.data.Image;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.tensorboard.proto.Event;
import dev.resnet4j.formats.tensorboard.proto.HistogramProto;
import dev.resnet4j.formats.tensorboard.proto.SessionLog;
import dev.resnet4j.formats.tensorboard.proto.Summary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
    @TempDir
    private Path folder;

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

    /** The first bytes of every event file that TensorFlow writes: the length 24 and its checksum. */
    @Test
    void beginsAsTensorFlowsOwnFilesDo() throws IOException {
        Path file = EventFile.create(folder).path();

        assertThat(Files.readAllBytes(file))
                .startsWith(0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22, 0x09)
                .hasSize(8 + 4 + 24 + 4);
        assertThat(read(file)).singleElement().satisfies(event -> {
            assertThat(event.getFileVersion()).isEqualTo("brain.Event:2");
            assertThat(event.getWallTime()).isCloseTo(System.currentTimeMillis() / 1000.0, within(60.0));
        });
    }

    @Test
    void writesNumbersAndWhereTheyStart() throws IOException {
        EventFile file = EventFile.create(folder.resolve("new").resolve("folder"));
        file.writeStart(7);
        file.writeScalars(8, Map.of("epoch/loss", 1.5));

        List<Event> events = read(file.path());
        assertThat(events).hasSize(3);
        assertThat(events.get(1).getStep()).isEqualTo(7);
        assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
        assertThat(events.get(2).getStep()).isEqualTo(8);
        Summary.Value value = events.get(2).getSummary().getValue(0);
        assertThat(value.getTag()).isEqualTo("epoch/loss");
        assertThat(value.getSimpleValue()).isEqualTo(1.5f);
    }

    @Test
    void countsNumbersInBuckets() throws IOException {
        EventFile file = EventFile.create(folder);
        float[] values = new float[62];
        for (int index = 0; index < 60; index++) {
            values[index] = index >> 1;
        }
        values[60] = 30;
        values[61] = Float.NaN;
        file.writeHistogram(1, "conv1/kernel", values);
        file.writeHistogram(1, "conv1/bias", new float[] {0, 0, 0});
        file.writeHistogram(1, "broken", new float[] {Float.NaN, Float.POSITIVE_INFINITY});

        List<Event> events = read(file.path());
        assertThat(events).hasSize(3);
        HistogramProto kernel = events.get(1).getSummary().getValue(0).getHisto();
        assertThat(kernel.getNum()).isEqualTo(61);
        assertThat(kernel.getMin()).isZero();
        assertThat(kernel.getMax()).isEqualTo(30);
        assertThat(kernel.getSum()).isEqualTo(2 * 29 * 30 / 2 + 30);
        assertThat(kernel.getBucketLimitList()).hasSize(30).startsWith(1.0, 2.0).endsWith(30.0);
        assertThat(kernel.getBucketList()).startsWith(2.0, 2.0).endsWith(3.0);
        HistogramProto bias = events.get(2).getSummary().getValue(0).getHisto();
        assertThat(bias.getBucketList()).containsExactly(3.0);
    }

    @Test
    void writesPicturesWithTheirCaptions() throws IOException {
        EventFile file = EventFile.create(folder);
        file.writePicture(2, "test/00", "cat, taken for dog", new Image(3, 4, 3, new byte[36]));

        Summary.Value value = read(file.path()).get(1).getSummary().getValue(0);
        assertThat(value.getMetadata().getDisplayName()).isEqualTo("cat, taken for dog");
        assertThat(ImageIO.read(new ByteArrayInputStream(
                                value.getImage().getEncodedImageString().toByteArray()))
                        .getWidth())
                .isEqualTo(4);
    }

    @Test
    void leavesEarlierFilesOfTheFolderAlone() {
        List<String> names = List.of(
                EventFile.create(folder).path().toString(),
                EventFile.create(folder).path().toString(),
                EventFile.create(folder).path().toString());

        assertThat(names).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void saysWhyItCannotWrite() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "no folder");

        assertThatThrownBy(() -> EventFile.create(file))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("file")
                .hasMessageContaining("cannot be written");
    }
}
