package dev.resnet4j.engine.finder;

import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.PiecewiseConstantDecay;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The learning rates to try, from low to high, one a step. Each is the one before times the same factor, so that every
 * power of ten gets as many steps.
 *
 * @param from the first rate, above 0
 * @param to the last rate, above the first
 * @param steps how many rates, at least 10
 */
public record LearningRateRange(double from, double to, int steps) {
    private static final int FEWEST_STEPS = 10;

    /** From 10^-6 to 1 in 100 steps. */
    public static final LearningRateRange DEFAULT = new LearningRateRange(1e-6, 1, 100);

    /** @throws IllegalArgumentException if a number is out of range */
    public LearningRateRange {
        if (!(from > 0 && from < to) || Double.isInfinite(to)) {
            throw new IllegalArgumentException(
                    "learning rates are tried from one above 0 to a higher one, but these were " + from + " and " + to);
        }
        if (steps < FEWEST_STEPS) {
            throw new IllegalArgumentException(
                    "at least " + FEWEST_STEPS + " learning rates must be tried, but these were " + steps);
        }
    }

    /** The rates in order. */
    public List<Double> rates() {
        return IntStream.range(0, steps).mapToObj(this::rate).toList();
    }

    private double rate(int step) {
        // The ends are met exactly, which powers would miss by a rounding.
        return step == steps - 1 ? to : from * Math.pow(to / from, (double) step / (steps - 1));
    }

    /** The first rate in a model's first step, and so on. */
    LearningRate schedule() {
        return new PiecewiseConstantDecay(LongStream.range(0, steps - 1).boxed().toList(), rates());
    }
}
