package dev.resnet4j.model.training;

import java.util.ArrayList;
import java.util.Comparator;
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
     * The epoch after which the weights were best: the one of the highest validation accuracy; of several, the one of the
     * lowest validation loss; of several still, the first. Empty where nothing was validated.
     */
    public Optional<Epoch> best() {
        return epochs.stream()
                .filter(epoch -> epoch.validation().isPresent())
                .min(Comparator.comparingDouble((Epoch epoch) ->
                                -epoch.validation().orElseThrow().accuracy())
                        .thenComparingDouble(
                                epoch -> epoch.validation().orElseThrow().loss()));
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
    public record Scores(double loss, double accuracy) {}
}
