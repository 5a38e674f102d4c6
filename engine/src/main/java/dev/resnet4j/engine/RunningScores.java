package dev.resnet4j.engine;

import dev.resnet4j.engine.torch.BatchScores;
import dev.resnet4j.model.training.History;

/**
 * Scores added up over batches.
 *
 * @param batches how many
 * @param lossSum of every sample's loss
 * @param correct samples whose most probable class was the right one
 * @param samples how many
 */
record RunningScores(int batches, double lossSum, long correct, long samples) {
    static final RunningScores NONE = new RunningScores(0, 0, 0, 0);

    RunningScores plus(BatchScores scores, int batchSize) {
        return plus(scores, 1, batchSize);
    }

    /** With the scores of some batches together. */
    RunningScores plus(BatchScores scores, int moreBatches, int moreSamples) {
        return new RunningScores(
                batches + moreBatches,
                lossSum + scores.loss() * moreSamples,
                correct + scores.correct(),
                samples + moreSamples);
    }

    /** The mean loss of what was added since. */
    double lossSince(RunningScores before) {
        return (lossSum - before.lossSum) / (samples - before.samples);
    }

    History.Scores means() {
        return new History.Scores(lossSum / samples, (double) correct / samples);
    }
}
