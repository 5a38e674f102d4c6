package dev.resnet4j.model.training;

/**
 * An average of the weights over the steps, which is used in place of the weights once training is done, and judged in
 * its midst (Polyak and Juditsky 1992; Keras's {@code use_ema}). After each step, average = d * average + (1 - d) *
 * weight. It starts as the initial weights.
 *
 * <p>The moving statistics of batch normalisation are averaged in the same way, as timm's {@code ModelEmaV2} and
 * torchvision's {@code ExponentialMovingAverage} do: they belong to the weights of their time. Keras leaves them as they
 * are.
 *
 * @param momentum d, in [0, 1): Keras's {@code ema_momentum}
 * @param warmUp whether the first steps take min(d, (1 + n) / (10 + n)), where n is the number of steps taken before, so
 *     that short trainings forget the initial weights, as TensorFlow's {@code ExponentialMovingAverage} does where it is
 *     told the step
 */
public record ExponentialMovingAverage(double momentum, boolean warmUp) {
    private static final double KERAS_MOMENTUM = 0.99;

    /** @throws IllegalArgumentException if the momentum is out of range */
    public ExponentialMovingAverage {
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException(
                    "the momentum of a moving average must be at least 0 and below 1, got " + momentum);
        }
    }

    /** Keras's default of 0.99, without warm-up. */
    public ExponentialMovingAverage() {
        this(KERAS_MOMENTUM);
    }

    /** Without warm-up. */
    public ExponentialMovingAverage(double momentum) {
        this(momentum, false);
    }

    /** With or without warm-up. */
    public ExponentialMovingAverage withWarmUp(boolean newWarmUp) {
        return new ExponentialMovingAverage(momentum, newWarmUp);
    }

    /**
     * How much of the average stays at a step; the weights give the rest.
     *
     * <p>Without warm-up, the first step's is 0, as in Keras: the average starts with the weights after it.
     *
     * @param step how many steps were taken before, from 0
     */
    public double momentumAt(long step) {
        if (warmUp) {
            return Math.min(momentum, (1.0 + step) / (10.0 + step));
        }
        return step == 0 ? 0 : momentum;
    }
}
