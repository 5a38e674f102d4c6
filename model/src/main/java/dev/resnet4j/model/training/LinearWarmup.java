package dev.resnet4j.model.training;

/**
 * A warm-up over the first steps of another schedule (Goyal et al. 2017, section 2.2): the rate grows evenly to the one
 * that the schedule has where the warm-up ends, and goes on as the schedule. The schedule is not put off: its steps
 * count from the start of training.
 *
 * @param initialRate of the first step, at least 0
 * @param steps how many steps the warm-up takes, at least 1
 * @param then the schedule; no warm-up itself
 */
public record LinearWarmup(double initialRate, long steps, LearningRate then) implements LearningRate {
    /** @throws IllegalArgumentException if a number is out of range, or the schedule is a warm-up */
    public LinearWarmup {
        Ranges.requireAtLeastZero("a warm-up's initial rate", initialRate);
        if (steps < 1) {
            throw new IllegalArgumentException("a warm-up takes at least one step, got " + steps);
        }
        if (then instanceof LinearWarmup) {
            throw new IllegalArgumentException("a warm-up cannot come before another warm-up: " + then);
        }
    }

    @Override
    public double at(long step) {
        return step < steps ? initialRate + (then.at(steps) - initialRate) * step / steps : then.at(step);
    }
}
