package dev.resnet4j.model.training;

/**
 * What training makes small: the mean over the batch of -sum(label * log(probability)), where a label is one-hot, or
 * shares of several classes that add up to 1.
 *
 * <p>With label smoothing (Szegedy et al. 2015), training takes label * (1 - s) + s / classes in place of a label, as
 * Keras's {@code CategoricalCrossentropy(label_smoothing=s)} does, and the loss that it tells is the smoothed one.
 * Evaluation and validation take the labels as they are, so that their losses can be compared whatever the smoothing;
 * Keras smooths there, too. The accuracy is the same either way.
 *
 * @param labelSmoothing s, in [0, 1]; 0 for none
 */
public record Loss(double labelSmoothing) {
    /** Without label smoothing. */
    public static final Loss CATEGORICAL_CROSSENTROPY = new Loss(0);

    /** @throws IllegalArgumentException if the label smoothing is out of range */
    public Loss {
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
            throw new IllegalArgumentException("label smoothing must be between 0 and 1, got " + labelSmoothing);
        }
    }

    /** With this much of each label spread over all classes. */
    public Loss withLabelSmoothing(double newLabelSmoothing) {
        return new Loss(newLabelSmoothing);
    }

    /** Keras's word. */
    public String kerasName() {
        return "categorical_crossentropy";
    }
}
