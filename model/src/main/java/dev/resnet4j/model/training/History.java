package dev.resnet4j.model.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What each epoch of training came to.
 *
 * @param epochs in order
 */
public record History(List<Epoch> epochs) {
    /** Nothing trained yet. */
    public static final History EMPTY = new History(List.of());

    /** Takes a copy of the list. */
    public History {
        epochs = List.copyOf(epochs);
    }

    /** This history and one epoch more. */
    public History plus(Epoch epoch) {
        List<Epoch> longer = new ArrayList<>(epochs);
        longer.add(epoch);
        return new History(longer);
    }

    /**
     * The epoch with the best scores on the validation pictures, as {@link Scores#isBetterThan} has it; the earliest of
     * several equals. Empty where no epoch was validated.
     */
    public Optional<Epoch> best() {
        return epochs.stream()
                .filter(epoch -> epoch.validation().isPresent())
                .reduce((best, epoch) -> epoch.validation()
                                .orElseThrow()
                                .isBetterThan(best.validation().orElseThrow())
                        ? epoch
                        : best);
    }

    /**
     * One epoch.
     *
     * @param number counted from 1
     * @param training mean loss and accuracy over the epoch's samples, each as the weights stood at its step
     * @param validation after the epoch, where validation data was given
     * @param learningRate of the epoch's last step
     * @param seconds how long it took, validation included
     */
    public record Epoch(
            int number, Scores training, Optional<Scores> validation, double learningRate, double seconds) {}

    /**
     * A loss and an accuracy.
     *
     * @param loss mean over the samples
     * @param accuracy share of samples whose most probable class is the right one, in [0, 1]
     */
    public record Scores(double loss, double accuracy) {
        /**
         * Whether these are better: a higher accuracy, or the same and a lower loss. Accuracy comes first because it is
         * what a classifier is for, and because the loss of a network that is too sure of itself grows while it still
         * learns to get more pictures right. Small validation sets give many equal accuracies; there the loss, which is
         * finer, tells.
         */
        public boolean isBetterThan(Scores other) {
            return accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
        }
    }
}
