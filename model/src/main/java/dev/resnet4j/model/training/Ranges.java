package dev.resnet4j.model.training;

/** Checks of numbers that several rules share. */
final class Ranges {
    private Ranges() {}

    /**
     * Passes a number on.
     *
     * @throws IllegalArgumentException if it is negative, infinite or not a number
     */
    static double requireAtLeastZero(String what, double value) {
        if (!(value >= 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(what + " must be a finite number of at least 0, got " + value);
        }
        return value;
    }
}
