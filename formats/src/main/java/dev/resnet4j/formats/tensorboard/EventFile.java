package dev.resnet4j.formats.tensorboard;

import com.google.protobuf.ByteString;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageFiles;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.tensorboard.proto.Event;
import dev.resnet4j.formats.tensorboard.proto.SessionLog;
import dev.resnet4j.formats.tensorboard.proto.Summary;
import dev.resnet4j.formats.tensorboard.proto.SummaryMetadata;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Map;

/**
 * A file of events for TensorBoard, which is looked at while it grows: when the method that writes an event returns, the
 * system has it, so that other programs see it and it outlives this one. It is not forced onto the disk: a power failure
 * may take the last events. The file is open only while an event is written, so there is nothing to close.
 */
public final class EventFile {
    /** The version of the file format, which stands in its first record. */
    private static final String VERSION = "brain.Event:2";

    private final Path path;

    private EventFile(Path path) {
        this.path = path;
    }

    /**
     * A new file beside the earlier ones of a folder. TensorBoard reads all of a folder's, the oldest first.
     *
     * @param folder made where it is not there
     * @throws FormatException if it cannot be written
     */
    public static EventFile create(Path folder) {
        EventFile file = new EventFile(newFileIn(folder));
        file.write(Event.newBuilder().setFileVersion(VERSION));
        return file;
    }

    /** TensorBoard takes files with this word in their names and sorts them by name, which the time begins. */
    private static Path newFileIn(Path folder) {
        String name =
                String.format(Locale.ROOT, "events.out.tfevents.%010d.resnet4j", System.currentTimeMillis() / 1000);
        Path path = folder.resolve(name);
        try {
            Files.createDirectories(folder);
            for (int number = 2; ; number++) {
                try {
                    return Files.createFile(path);
                } catch (FileAlreadyExistsException inTheSameSecond) {
                    path = folder.resolve(String.format(Locale.ROOT, "%s.%03d", name, number));
                }
            }
        } catch (IOException problem) {
            throw cannotWrite(path, problem);
        }
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /**
     * Says that training starts, or goes on, with a step: what earlier files hold from this step on was lost and is not
     * shown.
     */
    public void writeStart(long step) {
        write(Event.newBuilder()
                .setStep(step)
                .setSessionLog(SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START)));
    }

    /**
     * Numbers, each a point of the curve of its name.
     *
     * @param step where on the curve
     * @param values by their names; a slash in a name parts group and name
     */
    public void writeScalars(long step, Map<String, Double> values) {
        Summary.Builder summary = Summary.newBuilder();
        values.forEach((name, value) ->
                summary.addValue(Summary.Value.newBuilder().setTag(name).setSimpleValue(value.floatValue())));
        write(Event.newBuilder().setStep(step).setSummary(summary));
    }

    /**
     * How numbers are distributed, in 30 buckets of equal width. What is infinite or not a number is left out; where
     * nothing else is left, nothing is written.
     *
     * @param step when
     * @param name a slash in it parts group and name
     */
    public void writeHistogram(long step, String name, float[] values) {
        Histogram.of(values)
                .ifPresent(histogram -> write(Event.newBuilder()
                        .setStep(step)
                        .setSummary(Summary.newBuilder()
                                .addValue(
                                        Summary.Value.newBuilder().setTag(name).setHisto(histogram)))));
    }

    /**
     * A picture.
     *
     * @param step when
     * @param name a slash in it parts group and name
     * @param caption shown over the picture
     * @param image of 1 or 3 channels
     */
    public void writePicture(long step, String name, String caption, Image image) {
        Summary.Image picture = Summary.Image.newBuilder()
                .setHeight(image.height())
                .setWidth(image.width())
                .setColorspace(image.channels())
                .setEncodedImageString(ByteString.copyFrom(ImageFiles.toPng(image)))
                .build();
        Summary.Value value = Summary.Value.newBuilder()
                .setTag(name)
                .setMetadata(SummaryMetadata.newBuilder().setDisplayName(caption))
                .setImage(picture)
                .build();
        write(Event.newBuilder().setStep(step).setSummary(Summary.newBuilder().addValue(value)));
    }

    private void write(Event.Builder event) {
        byte[] message =
                event.setWallTime(System.currentTimeMillis() / 1000.0).build().toByteArray();
        try {
            Files.write(path, TfRecord.framed(message), StandardOpenOption.APPEND);
        } catch (IOException problem) {
            throw cannotWrite(path, problem);
        }
    }

    private static FormatException cannotWrite(Path path, IOException problem) {
        return new FormatException(
                        "writing events for TensorBoard",
                        "it cannot be written: " + FormatException.reasonOf(problem),
                        "make room on the disk, or train into another folder",
                        problem)
                .in(path);
    }
}
