package dev.resnet4j.model.training;

import dev.resnet4j.model.training.History.Epoch;

/**
 * Lowers the learning rate where training gets no better: each time that so many epochs in a row were no better than the
 * best before them, the rate of the schedule is multiplied once more, as Keras's {@code ReduceLROnPlateau} does. What
 * better is, {@link History.Scores#isBetterThan} says, of the validation pictures. Remembers nothing: the history tells.
 *
 * @param patience epochs that are no better, at least 1
 * @param factor of the rate, above 0 and below 1; Keras's default is 0.1
 */
public record ReduceOnPlateau(int patience, double factor) {
    /** @throws IllegalArgumentException if a number is out of range */
    public ReduceOnPlateau {
        if (patience < 1) {
            throw new IllegalArgumentException("a plateau is at least one epoch long, got a patience of " + patience);
        }
        if (!(factor > 0 && factor < 1)) {
            throw new IllegalArgumentException(
                    "the learning rate is reduced by a factor above 0 and below 1, got " + factor);
        }
    }

    /**
     * What the rate of the schedule is to be multiplied with after these epochs: 1, or a power of the factor. Epochs
     * without validation do not count.
     */
    public double rateFactor(History history) {
        History.Scores best = null;
        int worseEpochs = 0;
        int reductions = 0;
        for (Epoch epoch : history.epochs()) {
            if (epoch.validation().isEmpty()) {
                continue;
            }
            History.Scores scores = epoch.validation().get();
            if (best == null || scores.isBetterThan(best)) {
                best = scores;
                worseEpochs = 0;
            } else if (++worseEpochs == patience) {
                reductions++;
                worseEpochs = 0;
            }
        }
        return Math.pow(factor, reductions);
    }
}
