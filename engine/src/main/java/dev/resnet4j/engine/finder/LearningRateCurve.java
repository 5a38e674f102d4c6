package dev.resnet4j.engine.finder;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the loss came to while the learning rate grew. Too low a rate changes nothing, a good one lets the loss fall, too
 * high a one lets it grow.
 *
 * <p>Losses of single steps are noisy. They are smoothed by the mean of a window around each step, a tenth of all steps
 * wide; a mean of the steps before alone would tell of each rate too late, and so suggest too high a one.
 *
 * @param steps in order, at least one, each with a higher rate than the one before
 */
public record LearningRateCurve(List<Step> steps) {
    private static final int STEPS_PER_RADIUS = 20;
    private static final int STEPS_PER_SPAN = 10;
    private static final double FALL_WORTH_THE_NAME = 0.05;

    /**
     * Takes a copy of the list.
     *
     * @throws IllegalArgumentException if there is no step
     */
    public LearningRateCurve {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a curve of losses over learning rates needs at least one step");
        }
    }

    /**
     * One step of training.
     *
     * @param learningRate of the step
     * @param loss mean over the step's pictures, before the step
     */
    public record Step(double learningRate, double loss) {}

    /** The smoothed loss of each step. */
    public List<Double> smoothedLosses() {
        return IntStream.range(0, steps.size()).mapToObj(this::smoothedLoss).toList();
    }

    private double smoothedLoss(int step) {
        // As far to one side as to the other, so that a slope is not mistaken for a level at the ends.
        int most = Math.max(1, steps.size() / STEPS_PER_RADIUS);
        int radius = Math.min(most, Math.min(step, steps.size() - 1 - step));
        return meanLoss(step - radius, 2 * radius + 1);
    }

    /** The rate of the lowest smoothed loss: where more would begin to harm. Too high to train with. */
    public double rateOfLowestLoss() {
        return steps.get(lowest()).learningRate();
    }

    private int lowest() {
        List<Double> losses = smoothedLosses();
        return losses.indexOf(losses.stream().min(Double::compare).orElseThrow());
    }

    /**
     * The rate at which the loss falls fastest: what to train with. By the mean of a tenth of all steps behind it less
     * that of a tenth before it, so that noise at one step decides nothing. Empty where no tenth of the steps, one after
     * the other, has a mean loss that is lower by a twentieth than that of the first tenth.
     */
    public Optional<Double> suggestion() {
        int span = Math.max(1, steps.size() / STEPS_PER_SPAN);
        if (!falls(span)) {
            return Optional.empty();
        }
        return IntStream.range(span, Math.min(lowest() + 1, steps.size() - span))
                .boxed()
                .min(Comparator.comparingDouble(step -> meanLoss(step + 1, span) - meanLoss(step - span, span)))
                .map(steepest -> steps.get(steepest).learningRate());
    }

    private boolean falls(int span) {
        double lowest = IntStream.rangeClosed(0, steps.size() - span)
                .mapToDouble(first -> meanLoss(first, span))
                .min()
                .orElseThrow();
        return lowest <= (1 - FALL_WORTH_THE_NAME) * meanLoss(0, span);
    }

    private double meanLoss(int first, int count) {
        return steps.subList(first, first + count).stream()
                .mapToDouble(Step::loss)
                .average()
                .orElseThrow();
    }
}
