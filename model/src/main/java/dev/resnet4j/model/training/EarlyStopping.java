package dev.resnet4j.model.training;

/**
 * Ends training where it gets no better: as soon as so many epochs have gone by since the {@linkplain History#best best}
 * one, as Keras's {@code EarlyStopping} does. Remembers nothing: the history tells.
 *
 * @param patience epochs that are no better, at least 1
 */
public record EarlyStopping(int patience) {
    /** @throws IllegalArgumentException if the patience is not at least 1 */
    public EarlyStopping {
        if (patience < 1) {
            throw new IllegalArgumentException("early stopping waits for at least one epoch, got " + patience);
        }
    }

    /** Whether training is to end after these epochs; never without validation. */
    public boolean isDue(History history) {
        return history.best()
                .map(best -> history.epochs().size() - history.epochs().indexOf(best) - 1 >= patience)
                .orElse(false);
    }
}
