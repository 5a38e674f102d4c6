package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.data.Image;
import dev.resnet4j.formats.tensorboard.EventFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.ndarray.ByteNdArray;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.io.ReaderRead;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** Event files, read back by TensorFlow: its reader of records checks every checksum, its messages are its own. */
class TensorBoardConformanceTest {
    @TempDir
    private Path folder;

    private static List<Event> read(Path file) throws IOException {
        List<Event> events = new ArrayList<>();
        for (byte[] record : records(file)) {
            events.add(Event.parseFrom(record));
        }
        return events;
    }

    private static List<byte[]> records(Path file) {
        List<byte[]> records = new ArrayList<>();
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Operand<?> files = tf.io.fifoQueue(List.of(TString.class));
            Op named = tf.io.queueEnqueue(files, List.of(tf.constant(file.toString())));
            Op closed = tf.io.queueClose(files);
            ReaderRead next = tf.io.readerRead(tf.io.tfRecordReader(), files);
            session.runner().addTarget(named).run().close();
            session.runner().addTarget(closed).run().close();
            while (true) {
                try (Result result = session.runner().fetch(next.value()).run()) {
                    records.add(((TString) result.get(0)).asBytes().getObject());
                }
            }
        } catch (TFOutOfRangeException end) {
            return records;
        }
    }

    @Test
    void tensorFlowReadsEveryKindOfEvent() throws IOException {
        EventFile file = EventFile.create(folder);
        file.writeStart(4);
        file.writeScalars(5, Map.of("epoch/val_loss", 0.125));
        file.writeHistogram(6, "conv1/kernel", new float[] {-1, 0, 0.5f, 2});
        byte[] pixels = new byte[5 * 7 * 3];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = (byte) (index * 2);
        }
        file.writePicture(7, "test/00", "<cat>, taken for \u72ac", new Image(5, 7, 3, pixels));

        List<Event> events = read(file.path());

        assertThat(events).hasSize(5);
        assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
        assertThat(events).extracting(Event::getStep).containsExactly(0L, 4L, 5L, 6L, 7L);
        assertThat(events.get(1).getSessionLog().getStatus()).isEqualTo(SessionLog.SessionStatus.START);
        Summary.Value scalar = events.get(2).getSummary().getValue(0);
        assertThat(scalar.getTag()).isEqualTo("epoch/val_loss");
        assertThat(scalar.getSimpleValue()).isEqualTo(0.125f);
        HistogramProto histogram = events.get(3).getSummary().getValue(0).getHisto();
        assertThat(histogram.getNum()).isEqualTo(4);
        assertThat(histogram.getMin()).isEqualTo(-1);
        assertThat(histogram.getMax()).isEqualTo(2);
        assertThat(histogram.getSum()).isEqualTo(1.5);
        assertThat(histogram.getSumSquares()).isEqualTo(5.25);
        assertThat(histogram.getBucketLimitCount()).isEqualTo(histogram.getBucketCount());
        assertThat(histogram.getBucketList().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isEqualTo(4);
        Summary.Value picture = events.get(4).getSummary().getValue(0);
        assertThat(picture.getMetadata().getDisplayName()).isEqualTo("<cat>, taken for \u72ac");
        assertThat(picture.getImage().getColorspace()).isEqualTo(3);
        assertThat(decoded(picture.getImage().getEncodedImageString().toByteArray()))
                .isEqualTo(pixels);
    }

    /** The pixels of a PNG file, as TensorFlow sees them. */
    private static byte[] decoded(byte[] png) {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Operand<TUint8> pixels = tf.image.decodePng(
                    tf.constantOf(TString.tensorOfBytes(NdArrays.scalarOfObject(png))), TUint8.class);
            try (Result result = session.runner().fetch(pixels).run()) {
                TUint8 tensor = (TUint8) result.get(0);
                byte[] values = new byte[(int) tensor.size()];
                int index = 0;
                for (ByteNdArray value : tensor.scalars()) {
                    values[index++] = value.getByte();
                }
                return values;
            }
        }
    }

    @Test
    void itsReaderNoticesADamagedByte() throws IOException {
        EventFile file = EventFile.create(folder);
        file.writeScalars(1, Map.of("epoch/loss", 1.0));
        byte[] bytes = Files.readAllBytes(file.path());
        bytes[bytes.length - 6] ^= 1;
        Files.write(file.path(), bytes);

        assertThatThrownBy(() -> records(file.path())).hasMessageContaining("corrupted record");
    }
}
