package dev.resnet4j.engine;

import dev.resnet4j.model.training.History;

/**
 * Told of the moments of training, on the training thread: a slow listener slows training down. An exception that a
 * listener throws ends the training.
 */
public interface TrainingListener {
    /** Before the first step. */
    default void onTrainBegin(Plan plan) {}

    /**
     * Before an epoch's first step.
     *
     * @param epoch counted from 1
     */
    default void onEpochBegin(int epoch) {}

    /** After a step of the optimizer, of one batch or of several where gradients are accumulated. */
    default void onBatchEnd(Progress progress) {}

    /** After an epoch and its validation. */
    default void onEpochEnd(History.Epoch epoch) {}

    /** After the last step, also where training was asked to stop early; not after a failure. */
    default void onTrainEnd(History history) {}

    /**
     * What training will do.
     *
     * @param firstEpoch the first epoch's number, counted from 1; above 1 where training goes on
     * @param lastEpoch the last epoch's number
     * @param stepsPerEpoch batches in an epoch
     * @param samples pictures in an epoch
     */
    record Plan(int firstEpoch, int lastEpoch, int stepsPerEpoch, int samples) {}

    /**
     * How far an epoch is.
     *
     * @param epoch counted from 1
     * @param step batches done in the epoch, counted from 1
     * @param stepsPerEpoch batches in an epoch
     * @param running mean loss and accuracy of the epoch's samples so far
     * @param stepLoss mean loss of this step's samples, before its weights changed
     * @param learningRate of this step
     * @param waitedForData share of the epoch's time so far spent waiting for pictures, in [0, 1]
     */
    record Progress(
            int epoch,
            int step,
            int stepsPerEpoch,
            History.Scores running,
            double stepLoss,
            double learningRate,
            double waitedForData) {}
}
