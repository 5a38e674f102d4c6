package dev.resnet4j.model.resnet;

/** What becomes of the last feature map where there is no classifier on top: Keras's {@code pooling}. */
public enum Pooling {
    /** It is the output itself: (height, width, channels). */
    NONE,
    /** The mean of each channel: (channels). */
    AVERAGE,
    /** The largest number of each channel: (channels). */
    MAX
}
