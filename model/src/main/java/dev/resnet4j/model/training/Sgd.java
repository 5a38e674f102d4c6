package dev.resnet4j.model.training;

import java.util.List;

/**
 * Stochastic gradient descent as Keras has it: with momentum, velocity = momentum * velocity - rate * g and
 * w = w + velocity, or with Nesterov's look ahead w = w + momentum * velocity - rate * g; without, w = w - rate * g.
 * PyTorch's is the same as long as the rate stays; where it changes, PyTorch's velocity takes the new rate at once, and
 * Keras's keeps the rates of its gradients.
 *
 * <p>Weight decay is PyTorch's, the one of the published recipes: of a weight that decays (see
 * {@link Optimizer#decays}), g is the gradient and weightDecay * w, the gradient of weightDecay / 2 * w^2. Keras's own
 * {@code weight_decay} leaves the velocity out; without momentum they are one.
 *
 * @param learningRate the rate over the steps
 * @param momentum in [0, 1]
 * @param nesterov whether to look ahead
 * @param weightDecay at least 0
 */
public record Sgd(LearningRate learningRate, double momentum, boolean nesterov, double weightDecay)
        implements Optimizer {
    /** @throws IllegalArgumentException if the momentum or the weight decay is out of range */
    public Sgd {
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new IllegalArgumentException("SGD's momentum must be between 0 and 1, got " + momentum);
        }
        Ranges.requireAtLeastZero("a weight decay", weightDecay);
    }

    /** Keras's defaults: rate 0.01, no momentum. */
    public Sgd() {
        this(0.01);
    }

    /** Without momentum. */
    public Sgd(double learningRate) {
        this(new ConstantRate(learningRate), 0, false);
    }

    /** Without weight decay. */
    public Sgd(LearningRate learningRate, double momentum, boolean nesterov) {
        this(learningRate, momentum, nesterov, 0);
    }

    /** One array with momentum, none without. */
    @Override
    public List<String> slots() {
        return momentum == 0 ? List.of() : List.of("momentum");
    }

    @Override
    public Sgd withLearningRate(LearningRate newLearningRate) {
        return new Sgd(newLearningRate, momentum, nesterov, weightDecay);
    }

    /** With this momentum. */
    public Sgd withMomentum(double newMomentum) {
        return new Sgd(learningRate, newMomentum, nesterov, weightDecay);
    }

    /** With or without Nesterov's look ahead. */
    public Sgd withNesterov(boolean newNesterov) {
        return new Sgd(learningRate, momentum, newNesterov, weightDecay);
    }

    /** With this weight decay. */
    public Sgd withWeightDecay(double newWeightDecay) {
        return new Sgd(learningRate, momentum, nesterov, newWeightDecay);
    }
}
