package dev.resnet4j.engine.recipe;

import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.CosineDecay;
import dev.resnet4j.model.training.LearningRate;
import java.util.Locale;

/**
 * How the learning rate of a recipe goes over the epochs.
 *
 * @param kind its course
 * @param warmupEpochs how many epochs the rate grows from 0 to its highest, at least 0
 * @param finalShare the share of the highest rate that is left at the end, in [0, 1]; of the cosine
 */
public record ScheduleSettings(Kind kind, double warmupEpochs, double finalShare) {
    /** The courses that recipes know. */
    public enum Kind {
        /** The same rate at each step. */
        CONSTANT,
        /** Half a cosine down. */
        COSINE;

        /** The word for it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The same rate at each step. */
    public static final ScheduleSettings CONSTANT = new ScheduleSettings(Kind.CONSTANT, 0, 1);

    /** @throws IllegalArgumentException if a number is out of range */
    public ScheduleSettings {
        if (!(warmupEpochs >= 0 && Double.isFinite(warmupEpochs))) {
            throw new IllegalArgumentException("the warm-up epochs must be at least 0, but were " + warmupEpochs);
        }
        if (!(finalShare >= 0 && finalShare <= 1)) {
            throw new IllegalArgumentException(
                    "the share of the rate left at the end must be between 0 and 1, but was " + finalShare);
        }
    }

    LearningRate of(double highestRate, int epochs, int stepsPerEpoch) {
        long steps = (long) epochs * stepsPerEpoch;
        long warmupSteps = Math.min(steps - 1, Math.round(warmupEpochs * stepsPerEpoch));
        return switch (kind) {
            case CONSTANT -> new ConstantRate(highestRate);
            case COSINE ->
                warmupSteps == 0
                        ? new CosineDecay(highestRate, steps, finalShare, highestRate, 0)
                        : new CosineDecay(0, steps - warmupSteps, finalShare, highestRate, warmupSteps);
        };
    }
}
