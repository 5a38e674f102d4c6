package dev.resnet4j.cli;

/**
 * How a run is told to TensorBoard.
 *
 * @param steps from one point of its curves to the next, at least 1
 */
record TensorBoardSettings(int steps) {
    static final TensorBoardSettings DEFAULT = new TensorBoardSettings(10);

    /** @throws IllegalArgumentException if there is not at least one step */
    TensorBoardSettings {
        if (steps < 1) {
            throw new IllegalArgumentException("the steps for TensorBoard must be above 0, but were " + steps);
        }
    }
}
