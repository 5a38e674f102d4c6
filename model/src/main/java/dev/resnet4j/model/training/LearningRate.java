package dev.resnet4j.model.training;

/** The learning rate as a function of the step. */
public sealed interface LearningRate permits ConstantRate, CosineDecay, LinearWarmup, OneCycle, PiecewiseConstantDecay {
    /**
     * The rate of one step.
     *
     * @param step how many steps were taken before, from 0
     */
    double at(long step);
}
