package dev.resnet4j.model.training;

import java.util.List;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter 2017) as Keras and PyTorch have it: before Adam's change, each
 * weight that decays becomes w * (1 - rate * weightDecay). Kernels decay, biases and normalisation's gammas and betas do
 * not (see {@link Optimizer#decays}); Keras's decays all unless it is told not to, which its files do not say.
 *
 * @param adam the rest of the rule, with Keras's place of epsilon
 * @param weightDecay at least 0; in Keras's and PyTorch's sense, which multiplies it by the rate
 */
public record AdamW(Adam adam, double weightDecay) implements Optimizer {
    private static final double KERAS_WEIGHT_DECAY = 0.004;

    /** @throws IllegalArgumentException if the weight decay is negative or not finite */
    public AdamW {
        Ranges.requireAtLeastZero("a weight decay", weightDecay);
    }

    /** Keras's defaults: rate 0.001, betas 0.9 and 0.999, epsilon 1e-7, weight decay 0.004. */
    public AdamW() {
        this(new Adam(), KERAS_WEIGHT_DECAY);
    }

    /** Keras's defaults with another constant learning rate. */
    public AdamW(double learningRate) {
        this(new Adam(learningRate), KERAS_WEIGHT_DECAY);
    }

    /** Keras's defaults with another learning rate. */
    public AdamW(LearningRate learningRate) {
        this(new Adam(learningRate), KERAS_WEIGHT_DECAY);
    }

    @Override
    public LearningRate learningRate() {
        return adam.learningRate();
    }

    @Override
    public List<String> slots() {
        return adam.slots();
    }

    @Override
    public AdamW withLearningRate(LearningRate newLearningRate) {
        return new AdamW(adam.withLearningRate(newLearningRate), weightDecay);
    }

    /** With this weight decay. */
    public AdamW withWeightDecay(double newWeightDecay) {
        return new AdamW(adam, newWeightDecay);
    }
}
