package dev.resnet4j.engine.recipe;

import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.Sgd;
import java.util.Locale;

/**
 * The optimizer of a recipe.
 *
 * @param kind which
 * @param learningRate the highest of the schedule, above 0
 * @param momentum of SGD, in [0, 1); the others have Keras's own
 */
public record OptimizerSettings(Kind kind, double learningRate, double momentum) {
    /** The optimizers that recipes know. */
    public enum Kind {
        /** Adam (Kingma and Ba 2014), with Keras's defaults. */
        ADAM,
        /** Stochastic gradient descent with Nesterov's momentum. */
        SGD;

        /** The word for it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** @throws IllegalArgumentException if a number is out of range */
    public OptimizerSettings {
        if (!(learningRate > 0 && Double.isFinite(learningRate))) {
            throw new IllegalArgumentException("the learning rate must be above 0, but was " + learningRate);
        }
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("the momentum must be at least 0 and below 1, but was " + momentum);
        }
    }

    /** Adam at this rate. */
    public static OptimizerSettings adam(double learningRate) {
        return new OptimizerSettings(Kind.ADAM, learningRate, 0);
    }

    /** SGD with a momentum of 0.9 at this rate. */
    public static OptimizerSettings sgd(double learningRate) {
        return new OptimizerSettings(Kind.SGD, learningRate, 0.9);
    }

    /** With another highest rate. */
    public OptimizerSettings withLearningRate(double newLearningRate) {
        return new OptimizerSettings(kind, newLearningRate, momentum);
    }

    Optimizer at(LearningRate schedule) {
        return switch (kind) {
            case ADAM -> new Adam(schedule);
            case SGD -> new Sgd(schedule, momentum, momentum > 0);
        };
    }
}
