package dev.resnet4j.engine.torch;

import org.bytedeco.pytorch.Tensor;

/** One batch's way forward through a network and back. */
sealed interface TrainingPass permits LayerwiseTrainingPass, PlannedTrainingPass {
    /**
     * The way forward.
     *
     * @param pictures (batch, channels, height, width) in channels-last memory
     * @return what the loss is worked out from, recorded for the way back
     */
    Tensor scores(Tensor pictures);

    /** Whether all that was seen on the way forward was finite, as far as the scores do not tell. */
    boolean isFinite();

    /**
     * The way back.
     *
     * @return in the order of the trainable weights
     */
    Gradients gradients(Tensor loss);
}
