package dev.resnet4j.model.training;

import java.util.List;

/**
 * Stochastic gradient descent as Keras has it: with momentum, velocity = momentum * velocity - rate * g and
 * w = w + velocity, or with Nesterov's look ahead w = w + momentum * velocity - rate * g; without, w = w - rate * g.
 *
 * @param learningRate the rate over the steps
 * @param momentum in [0, 1]
 * @param nesterov whether to look ahead
 */
public record Sgd(LearningRate learningRate, double momentum, boolean nesterov) implements Optimizer {
    /** @throws IllegalArgumentException if the momentum is out of range */
    public Sgd {
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException("SGD's momentum must be between 0 and 1, got " + momentum);
        }
    }

    /** Keras's defaults: rate 0.01, no momentum. */
    public Sgd() {
        this(0.01);
    }

    /** Without momentum. */
    public Sgd(double learningRate) {
        this(new ConstantRate(learningRate), 0, false);
    }

    /** One array with momentum, none without. */
    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of("momentum");
    }

    @Override
    public Sgd withLearningRate(LearningRate newLearningRate) {
        return new Sgd(newLearningRate, momentum, nesterov);
    }

    /** With this momentum. */
    public Sgd withMomentum(double newMomentum) {
        return new Sgd(learningRate, newMomentum, nesterov);
    }

    /** With or without Nesterov's look ahead. */
    public Sgd withNesterov(boolean newNesterov) {
        return new Sgd(learningRate, momentum, newNesterov);
    }
}
