package dev.resnet4j.model.training;

import java.util.List;

/** The rule by which gradients change weights. */
public sealed interface Optimizer permits Adam, Sgd {
    /** The learning rate over the steps. */
    LearningRate learningRate();

    /** The names of the arrays that it keeps for each trainable weight, in Keras's order. */
    List<String> slots();

    /** This rule with another learning rate. */
    Optimizer withLearningRate(LearningRate learningRate);
}
