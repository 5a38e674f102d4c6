package dev.resnet4j.model.training;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/** The rule by which gradients change weights. */
public sealed interface Optimizer permits Adam, AdamW, Sgd {
    /** The learning rate over the steps. */
    LearningRate learningRate();

    /** How strongly the weights that decay are pulled to 0; 0 for not at all. Each rule says in which way. */
    double weightDecay();

    /** The names of the arrays that it keeps for each trainable weight, in Keras's order. */
    List<String> slots();

    /** This rule with another learning rate. */
    Optimizer withLearningRate(LearningRate learningRate);

    /**
     * Whether a weight of this shape decays: those of rank 2 and more, the kernels. Biases and the gammas and betas of
     * normalisation are left alone (He et al. 2019, "Bag of Tricks", section 3.1).
     */
    static boolean decays(Shape shape) {
        return shape.rank() >= 2;
    }
}
