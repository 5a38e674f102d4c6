package dev.resnet4j.engine.torch;

/**
 * What a batch, or the batches of one step, came to.
 *
 * @param loss mean over the samples
 * @param correct how many samples' most probable class was the right one
 */
public record BatchScores(double loss, long correct) {
    /** Of two parts of a step, each loss a share of the step's. */
    BatchScores plus(BatchScores other) {
        return new BatchScores(loss + other.loss, correct + other.correct);
    }
}
