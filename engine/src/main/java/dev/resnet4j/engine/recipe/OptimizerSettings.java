package dev.resnet4j.engine.recipe;

import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.AdamW;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.Sgd;
import java.util.Locale;

/**
 * How a recipe's gradients change the weights.
 *
 * @param kind the rule
 * @param learningRate the highest of the schedule, above 0
 * @param momentum of SGD, in [0, 1); 0 for the others, which have Keras's own
 * @param nesterov whether SGD's momentum looks ahead
 * @param weightDecay of kernels, at least 0; 0 for Adam, which has none; see {@link Sgd} and {@link AdamW}
 * @param globalClipnorm the largest length of all gradients as one vector, at least 0; 0 for no limit
 * @param gradientAccumulationSteps how many batches make one step, at least 1
 */
public record OptimizerSettings(
        Kind kind,
        double learningRate,
        double momentum,
        boolean nesterov,
        double weightDecay,
        double globalClipnorm,
        int gradientAccumulationSteps) {
    private static final double USUAL_MOMENTUM = 0.9;

    /** The optimizers that recipes know. */
    public enum Kind {
        /** Adam (Kingma and Ba 2014), with Keras's defaults. */
        ADAM,
        /** Adam with decoupled weight decay (Loshchilov and Hutter 2017), with Keras's defaults. */
        ADAMW,
        /** Stochastic gradient descent with momentum. */
        SGD;

        /** The word for it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws IllegalArgumentException if a number is out of range, or of another optimizer */
    public OptimizerSettings {
        if (!(learningRate > 0 && Double.isFinite(learningRate))) {
            throw new IllegalArgumentException("the learning rate must be above 0, but was " + learningRate);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("the momentum must be at least 0 and below 1, but was " + momentum);
        }
        requireAtLeastZero("the weight decay", weightDecay);
        requireAtLeastZero("the length that gradients are clipped to", globalClipnorm);
        if (gradientAccumulationSteps < 1) {
            throw new IllegalArgumentException(
                    "a step must take the gradients of at least 1 batch, but was to take " + gradientAccumulationSteps);
        }
        if (kind != Kind.SGD && momentum > 0) {
            throw new IllegalArgumentException(
                    "the momentum is a number of sgd, but was " + momentum + " for " + kind + ", which has its own");
        }
        if (kind == Kind.ADAM && weightDecay > 0) {
            throw new IllegalArgumentException(
                    "adam has no weight decay, but was given " + weightDecay + ": take adamw, which has");
        }
    }

    private static void requireAtLeastZero(String what, double value) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(what + " must be at least 0, but was " + value);
        }
    }

    /** An optimizer with the numbers that are usual for it: Keras's, and for SGD Nesterov's momentum of 0.9. */
    public static OptimizerSettings usual(Kind kind) {
        return switch (kind) {
            case ADAM -> adam(new Adam().learningRate().at(0));
            case ADAMW -> {
                AdamW keras = new AdamW();
                yield new OptimizerSettings(
                        Kind.ADAMW, keras.learningRate().at(0), 0, false, keras.weightDecay(), 0, 1);
            }
            case SGD -> sgd(new Sgd().learningRate().at(0));
        };
    }

    /** Adam at this rate. */
    public static OptimizerSettings adam(double learningRate) {
        return new OptimizerSettings(Kind.ADAM, learningRate, 0, false, 0, 0, 1);
    }

    /** SGD with Nesterov's momentum of 0.9 at this rate. */
    public static OptimizerSettings sgd(double learningRate) {
        return new OptimizerSettings(Kind.SGD, learningRate, USUAL_MOMENTUM, true, 0, 0, 1);
    }

    /** With another highest rate. */
    public OptimizerSettings withLearningRate(double newLearningRate) {
        return new OptimizerSettings(
                kind, newLearningRate, momentum, nesterov, weightDecay, globalClipnorm, gradientAccumulationSteps);
    }

    Optimizer at(LearningRate schedule) {
        return switch (kind) {
            case ADAM -> new Adam(schedule);
            case ADAMW -> new AdamW(schedule).withWeightDecay(weightDecay);
            case SGD -> new Sgd(schedule, momentum, nesterov && momentum > 0, weightDecay);
        };
    }
}
