package dev.resnet4j.model.training;

import java.util.List;

/**
 * Adam (Kingma and Ba 2014) as Keras has it, with epsilon outside the bias correction: at step t,
 * m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, and
 * w = w - rate * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + epsilon).
 *
 * @param learningRate the rate over the steps
 * @param beta1 decay of the mean of gradients, in [0, 1)
 * @param beta2 decay of the mean of squared gradients, in [0, 1)
 * @param epsilon above 0 and finite
 */
public record Adam(LearningRate learningRate, double beta1, double beta2, double epsilon) implements Optimizer {
    /** @throws IllegalArgumentException if a number is out of range */
    public Adam {
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "Adam's betas must be at least 0 and below 1, got " + beta1 + " and " + beta2);
        }
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new IllegalArgumentException("Adam's epsilon must be above 0 and finite, got " + epsilon);
        }
    }

    /** Keras's defaults: rate 0.001, betas 0.9 and 0.999, epsilon 1e-7. */
    public Adam() {
        this(0.001);
    }

    /** Keras's defaults with another constant learning rate. */
    public Adam(double learningRate) {
        this(new ConstantRate(learningRate));
    }

    /** Keras's defaults with another learning rate. */
    public Adam(LearningRate learningRate) {
        this(learningRate, 0.9, 0.999, 1e-7);
    }

    /** None: see {@link AdamW}. */
    @Override
    public double weightDecay() {
        return 0;
    }

    @Override
    public List<String> slots() {
        return List.of("momentum", "velocity");
    }

    @Override
    public Adam withLearningRate(LearningRate newLearningRate) {
        return new Adam(newLearningRate, beta1, beta2, epsilon);
    }
}
