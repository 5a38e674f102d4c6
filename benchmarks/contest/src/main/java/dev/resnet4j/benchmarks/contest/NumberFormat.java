package dev.resnet4j.benchmarks.contest;

import java.util.Locale;

/** The numbers in which convolutions are worked out. Not every contestant knows each. */
public enum NumberFormat {
    FP32,
    BF16,
    /** Of prediction alone. */
    INT8;

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
