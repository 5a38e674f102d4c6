package dev.resnet4j.data.augment;

import java.util.SplittableRandom;

/** Ranges of numbers. */
final class Range {
    private Range() {}

    /** Evenly from -max to max. */
    static double between(SplittableRandom random, double max) {
        return (2 * random.nextDouble() - 1) * max;
    }

    /** @throws IllegalArgumentException if a value is not in its range */
    static void require(String what, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            String from = min == Double.MIN_VALUE ? "above 0 and at most " : "from " + text(min) + " to ";
            throw new IllegalArgumentException(what + " must be " + from + text(max) + ", but it is " + text(value));
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? String.valueOf((long) value)
                : String.valueOf(value);
    }
}
