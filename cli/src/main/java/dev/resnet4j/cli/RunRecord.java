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
 * @param calls what is good to know of the calls that trained: the first one, and of those that went on the newest
 */
record RunRecord(RunSettings settings, List<Facts> calls) {
    /** However often a run goes on, its record stays small enough to be read. */
    static final int MOST_CALLS = 100;

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
     * Makes sure that a run goes on with the pictures it began with: the order of other ones to learn from would be another,
     * and others to judge by would make the best epoch, and where it stops, another.
     *
     * @throws CommandException if their number, size or classes have changed
     */
    void requireSameData(TrainingData data) {
        if (calls.isEmpty()) {
            return;
        }
        Facts first = calls.get(0);
        Pictures training = Pictures.of(data.training());
        List<String> classNames = data.training().classNames();
        if (!first.training().equals(training) || !first.classNames().equals(classNames)) {
            throw changed(
                    "training",
                    first.training() + " of " + NamesText.withDifference(first.classNames(), classNames),
                    training + " of " + NamesText.withDifference(classNames, first.classNames()));
        }
        Pictures test = Pictures.of(data.test());
        if (!first.test().equals(test)) {
            throw changed("test", first.test().toString(), test.toString());
        }
    }

    private static CommandException changed(String which, String before, String now) {
        return new CommandException("the " + which + " pictures have changed: the run began with " + before
                + ", now there are " + now + ": bring them back, or start anew with another --out");
    }

    /** This record and a call that starts now; where that is one too many, without the oldest that went on. */
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
                calls.isEmpty() ? data.training().classNames() : null);
        Stream<Facts> first = calls.stream().limit(1);
        Stream<Facts> newest = calls.stream().skip(Math.max(1, calls.size() - (MOST_CALLS - 2)));
        return new RunRecord(
                settings,
                Stream.of(first, newest.map(Facts::withoutClassNames), Stream.of(call))
                        .flatMap(each -> each)
                        .toList());
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
     * @param classNames in the order of the network's outputs; null of all calls but the first, which had the same
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
            List<String> classNames) {
        private Facts withoutClassNames() {
            return new Facts(commandLine, started, resnet4j, java, operatingSystem, processors, training, test, null);
        }
    }

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
