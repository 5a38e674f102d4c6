package dev.resnet4j.model.training;

/**
 * The same rate at each step.
 *
 * @param rate at least 0
 */
public record ConstantRate(double rate) implements LearningRate {
    /** @throws IllegalArgumentException if the rate is negative or not finite */
    public ConstantRate {
        Ranges.requireAtLeastZero("a learning rate", rate);
    }

    @Override
    public double at(long step) {
        return rate;
    }
}
