package dev.resnet4j.engine.torch;

/** Which statistics batch normalisation uses; what is random is active only where these are updated. */
enum Statistics {
    /** The batch's, and the moving ones take them in: training. */
    BATCH_AND_UPDATE,
    /** The batch's, nothing changes: an evaluation in Keras's learning phase 1. */
    BATCH,
    /** The moving ones: prediction. */
    MOVING
}
