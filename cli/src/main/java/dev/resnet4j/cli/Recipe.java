package dev.resnet4j.cli;

import dev.resnet4j.data.Augmentation;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.CosineDecay;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.Optimizer;
import java.util.Locale;
import java.util.OptionalLong;

/** A way to train that is known to work: all the numbers that the person does not give. */
@SuppressWarnings("ImmutableEnumChecker") // The types of the fields are immutable; the checker does not know it.
enum Recipe {
    /** Few epochs, a learning rate that warms up and decays, lightly changed pictures. */
    DEFAULT(9, 32, 0.001, new Augmentation(0.06, 10, 0.1, false, 0.1, 0.1), 0.9, OptionalLong.empty()) {
        @Override
        LearningRate schedule(double highestRate, int epochs, int stepsPerEpoch) {
            long warmupSteps = stepsPerEpoch;
            long decaySteps = Math.max(1, (long) epochs * stepsPerEpoch - warmupSteps);
            return new CosineDecay(0, decaySteps, SHARE_OF_RATE_LEFT, highestRate, warmupSteps);
        }
    },
    /** What the tutorial does: Keras's own Adam, the pictures as they are, kernels from seed 0. */
    TUTORIAL(2, 32, 0.001, Augmentation.NONE, 0.99, OptionalLong.of(0)) {
        @Override
        LearningRate schedule(double highestRate, int epochs, int stepsPerEpoch) {
            return new ConstantRate(highestRate);
        }
    };

    private static final double SHARE_OF_RATE_LEFT = 0.01;

    private final int epochs;
    private final int batchSize;
    private final double learningRate;
    private final Augmentation augmentation;
    private final double normalizationMomentum;
    private final OptionalLong seed;

    Recipe(
            int epochs,
            int batchSize,
            double learningRate,
            Augmentation augmentation,
            double normalizationMomentum,
            OptionalLong seed) {
        this.epochs = epochs;
        this.batchSize = batchSize;
        this.learningRate = learningRate;
        this.augmentation = augmentation;
        this.normalizationMomentum = normalizationMomentum;
        this.seed = seed;
    }

    /**
     * The network as the recipe trains it: with its own momentum of batch normalisation. After a few hundred steps
     * Keras's 0.99 still remembers the statistics of weights long gone, which is why the tutorial's network, judged after
     * two epochs, does hardly better than chance; 0.9 follows within ten steps or so.
     */
    Network prepare(Network network) {
        return network.withLayers(layer -> layer instanceof BatchNormalization normalization
                ? normalization.withMomentum(normalizationMomentum)
                : layer);
    }

    /** The learning rate over the steps. */
    abstract LearningRate schedule(double highestRate, int epochs, int stepsPerEpoch);

    /** The optimizer of a run. */
    Optimizer optimizer(LearningRate schedule) {
        return new Adam(schedule);
    }

    /** How often every picture is seen. */
    int epochs() {
        return epochs;
    }

    /** Pictures a step. */
    int batchSize() {
        return batchSize;
    }

    /** The highest learning rate. */
    double learningRate() {
        return learningRate;
    }

    /** Random changes of the training pictures. */
    Augmentation augmentation() {
        return augmentation;
    }

    /** The seed, where the recipe has one of its own. */
    OptionalLong seed() {
        return seed;
    }

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
