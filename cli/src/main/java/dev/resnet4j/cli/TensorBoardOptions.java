package dev.resnet4j.cli;

import picocli.CommandLine.Option;

/** Whether TensorBoard can watch the training. */
final class TensorBoardOptions {
    @Option(
            names = "--tensorboard",
            description =
                    "Write events for TensorBoard into the folder tensorboard in --out: loss, accuracy and learning"
                            + " rate of steps and epochs, histograms of the weights after each epoch, and at the end test"
                            + " pictures with what they were taken for.")
    private boolean wanted;

    @Option(
            names = "--tensorboard-steps",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Steps from one point of TensorBoard's curves to the next (default: 10). Turns --tensorboard"
                    + " on.")
    private Integer steps;

    /** Null where it is not wanted. */
    TensorBoardSettings settings() {
        if (steps != null) {
            return new TensorBoardSettings(steps);
        }
        return wanted ? TensorBoardSettings.DEFAULT : null;
    }
}
