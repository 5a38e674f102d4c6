package dev.resnet4j.cli;

import dev.resnet4j.data.Dataset;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run's settings and the calls that it took, as they stand in {@code settings.json}.
 *
 * @param settings what decides how the run goes
 * @param calls what is good to know of each call that trained: the first one, and those that went on
 */
record RunRecord(RunSettings settings, List<Facts> calls) {
    /** Takes a copy of the list. @throws IllegalArgumentException if there are no settings */
    RunRecord {
        if (settings == null) {
            throw new IllegalArgumentException("it holds no settings");
        }
        calls = calls == null ? List.of() : List.copyOf(calls);
    }

    /** The record of a run that starts. */
    RunRecord(RunSettings settings) {
        this(settings, List.of());
    }

    /** This record with other settings. */
    RunRecord withSettings(RunSettings newSettings) {
        return new RunRecord(newSettings, calls);
    }

    /**
     * Makes sure that a run goes on with the pictures it began with: the order of other ones would be another.
     *
     * @throws CommandException if their number, size or classes have changed
     */
    void requireSameData(TrainingData data) {
        Pictures now = Pictures.of(data.training());
        List<String> classesNow = data.training().classNames();
        if (calls.isEmpty()
                || (calls.get(0).training().equals(now)
                        && calls.get(0).classNames().equals(classesNow))) {
            return;
        }
        Facts first = calls.get(0);
        throw new CommandException("the training pictures have changed: the run began with " + first.training() + " of "
                + first.classNames() + ", now there are " + now + " of " + classesNow
                + ": bring them back, or start anew with another --out");
    }

    /** This record and a call that starts now. */
    RunRecord plusCall(List<String> commandLine, TrainingData data) {
        Facts call = new Facts(
                commandLine,
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Version.program(),
                Version.java(),
                Version.operatingSystem(),
                Runtime.getRuntime().availableProcessors(),
                Pictures.of(data.training()),
                Pictures.of(data.test()),
                data.training().classNames());
        return new RunRecord(
                settings, Stream.concat(calls.stream(), Stream.of(call)).toList());
    }

    /**
     * Facts of a call, which decide nothing.
     *
     * @param commandLine the call, word by word
     * @param started when, in UTC
     * @param resnet4j the program's version
     * @param java Java's version
     * @param operatingSystem its name, version and architecture
     * @param processors how many Java sees
     * @param training the pictures learned from
     * @param test the pictures judged by
     * @param classNames in the order of the network's outputs
     */
    record Facts(
            List<String> commandLine,
            String started,
            String resnet4j,
            String java,
            String operatingSystem,
            int processors,
            Pictures training,
            Pictures test,
            List<String> classNames) {}

    /**
     * A data set in short.
     *
     * @param count how many pictures
     * @param height rows of each
     * @param width columns of each
     * @param channels 3 for red, green, blue
     */
    record Pictures(int count, int height, int width, int channels) {
        static Pictures of(Dataset dataset) {
            return new Pictures(dataset.size(), dataset.height(), dataset.width(), dataset.channels());
        }

        @Override
        public String toString() {
            return count + " pictures of " + height + "x" + width + "x" + channels;
        }
    }
}
