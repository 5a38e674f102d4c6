package dev.resnet4j.cli;

/**
 * What of a run is judged, kept and told. What the run learns is the same without it.
 *
 * @param batchStatistics whether the final evaluation normalises with each batch's own statistics
 * @param checkpoints how often what is needed to go on is written; null for each epoch's end
 * @param norms whether the norms of gradients and weights are recorded
 * @param tensorBoard how TensorBoard is told of it; null for not at all
 */
record ReportingSettings(
        boolean batchStatistics, CheckpointInterval checkpoints, boolean norms, TensorBoardSettings tensorBoard) {
    /** Nothing that was not asked for. */
    static final ReportingSettings NONE = new ReportingSettings(false, CheckpointInterval.EPOCH, false, null);

    /** Checkpoints at each epoch's end where it is not said how often. */
    ReportingSettings {
        checkpoints = checkpoints == null ? CheckpointInterval.EPOCH : checkpoints;
    }

    /** These settings with checkpoints as often as this. */
    ReportingSettings withCheckpoints(CheckpointInterval newCheckpoints) {
        return new ReportingSettings(batchStatistics, newCheckpoints, norms, tensorBoard);
    }
}
