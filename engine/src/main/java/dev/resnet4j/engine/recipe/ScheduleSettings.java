package dev.resnet4j.engine.recipe;

import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.CosineDecay;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.LinearWarmup;
import dev.resnet4j.model.training.OneCycle;
import dev.resnet4j.model.training.PiecewiseConstantDecay;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How the learning rate of a recipe goes over the epochs.
 *
 * @param kind its course
 * @param warmupEpochs over how many epochs the rate grows to its highest, at least 0; 0 for one cycle, which grows by
 *     itself
 * @param warmupShare the share of the highest rate that the warm-up starts from, in [0, 1]
 * @param finalShare the share of the highest rate that is left at the end, in [0, 1]; of the cosine
 * @param stepEpochs after which epochs the rate falls, ascending, each at least 1; of the steps; empty for half and three
 *     quarters of the epochs, as He et al. 2015 have it
 * @param stepFactor what the rate is multiplied with each time, above 0 and at most 1; of the steps
 */
public record ScheduleSettings(
        Kind kind,
        double warmupEpochs,
        double warmupShare,
        double finalShare,
        List<Integer> stepEpochs,
        double stepFactor) {
    private static final double STEP_FACTOR = 0.1;
    private static final double SMALL_SHARE = 0.01;

    // PyTorch's usual numbers of OneCycleLR.
    private static final double ONE_CYCLE_INITIAL_SHARE = 1 / 25.0;
    private static final double ONE_CYCLE_FINAL_SHARE = ONE_CYCLE_INITIAL_SHARE / 10_000;
    private static final double ONE_CYCLE_GROWING_SHARE = 0.3;

    /** The courses that recipes know. */
    public enum Kind {
        /** The same rate at each step. */
        CONSTANT,
        /** Down by a factor after some epochs. */
        STEP,
        /** Half a cosine down. */
        COSINE,
        /** Half a cosine up and one down, with PyTorch's usual shares. */
        ONE_CYCLE;

        /** The word for it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The same rate at each step. */
    public static final ScheduleSettings CONSTANT = of(Kind.CONSTANT, 0, 0);

    /**
     * Takes a copy of the list.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public ScheduleSettings {
        stepEpochs = List.copyOf(stepEpochs);
        if (!(warmupEpochs >= 0 && Double.isFinite(warmupEpochs))) {
            throw new IllegalArgumentException("the warm-up epochs must be at least 0, but were " + warmupEpochs);
        }
        if (kind == Kind.ONE_CYCLE && warmupEpochs > 0) {
            throw new IllegalArgumentException("one-cycle grows by itself, but was given a warm-up of " + warmupEpochs
                    + " epochs: leave the warm-up out");
        }
        requireShare("the share of the rate that the warm-up starts from", warmupShare);
        requireShare("the share of the rate left at the end", finalShare);
        requireAscending(stepEpochs);
        if (!(stepFactor > 0 && stepFactor <= 1)) {
            throw new IllegalArgumentException(
                    "the factor of each step must be above 0 and at most 1, but was " + stepFactor);
        }
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must be between 0 and 1, but was " + value);
        }
    }

    private static void requireAscending(List<Integer> epochs) {
        int before = 0;
        for (int epoch : epochs) {
            if (epoch <= before) {
                throw new IllegalArgumentException(
                        "the epochs after which the rate falls must be at least 1 and ascend, but were " + epochs);
            }
            before = epoch;
        }
    }

    /** A course with the numbers that are usual for it; the cosine warms up for an epoch. */
    public static ScheduleSettings usual(Kind kind) {
        return switch (kind) {
            case CONSTANT, STEP, ONE_CYCLE -> of(kind, 0, 0);
            case COSINE -> cosine(1, SMALL_SHARE);
        };
    }

    /** Half a cosine down to a share of the highest rate, after a warm-up from 0. */
    public static ScheduleSettings cosine(double warmupEpochs, double finalShare) {
        return of(Kind.COSINE, warmupEpochs, finalShare);
    }

    private static ScheduleSettings of(Kind kind, double warmupEpochs, double finalShare) {
        return new ScheduleSettings(kind, warmupEpochs, 0, finalShare, List.of(), STEP_FACTOR);
    }

    /** With a warm-up that starts from this share of the highest rate. */
    public ScheduleSettings withWarmupShare(double newWarmupShare) {
        return new ScheduleSettings(kind, warmupEpochs, newWarmupShare, finalShare, stepEpochs, stepFactor);
    }

    LearningRate of(double highestRate, int epochs, int stepsPerEpoch) {
        long steps = (long) epochs * stepsPerEpoch;
        long warmupSteps = Math.min(steps - 1, Math.round(warmupEpochs * stepsPerEpoch));
        return switch (kind) {
            case CONSTANT -> warmedUp(new ConstantRate(highestRate), highestRate, warmupSteps);
            case STEP -> warmedUp(inSteps(highestRate, epochs, stepsPerEpoch), highestRate, warmupSteps);
            case COSINE ->
                warmupSteps == 0
                        ? new CosineDecay(highestRate, steps, finalShare, highestRate, 0)
                        : new CosineDecay(
                                highestRate * warmupShare, steps - warmupSteps, finalShare, highestRate, warmupSteps);
            case ONE_CYCLE ->
                new OneCycle(
                        highestRate * ONE_CYCLE_INITIAL_SHARE,
                        highestRate,
                        highestRate * ONE_CYCLE_FINAL_SHARE,
                        steps,
                        ONE_CYCLE_GROWING_SHARE);
        };
    }

    private LearningRate warmedUp(LearningRate schedule, double highestRate, long warmupSteps) {
        return warmupSteps == 0 ? schedule : new LinearWarmup(highestRate * warmupShare, warmupSteps, schedule);
    }

    private LearningRate inSteps(double highestRate, int epochs, int stepsPerEpoch) {
        List<Integer> falls = stepEpochs.isEmpty() ? halfAndThreeQuarters(epochs) : stepEpochs;
        if (falls.isEmpty()) {
            return new ConstantRate(highestRate);
        }
        return new PiecewiseConstantDecay(
                falls.stream().map(epoch -> (long) epoch * stepsPerEpoch - 1).toList(),
                IntStream.rangeClosed(0, falls.size())
                        .mapToObj(fall -> highestRate * Math.pow(stepFactor, fall))
                        .toList());
    }

    private static List<Integer> halfAndThreeQuarters(int epochs) {
        return IntStream.of(epochs / 2, epochs * 3 / 4)
                .filter(epoch -> epoch > 0)
                .distinct()
                .boxed()
                .toList();
    }
}
