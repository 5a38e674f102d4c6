package dev.resnet4j.benchmarks.contest;

import java.util.Locale;

/** What is raced in. */
public enum Task {
    /** Steps of forward, backward and Adam on one batch. */
    TRAINING(4),
    /** The classes' scores of one batch. */
    PREDICTION(8);

    private final int warmUpSteps;

    Task(int warmUpSteps) {
        this.warmUpSteps = warmUpSteps;
    }

    /** Steps before the clock starts: libraries choose kernels and fill their memory in the first ones. */
    int warmUpSteps() {
        return warmUpSteps;
    }

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
