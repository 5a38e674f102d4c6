package dev.resnet4j.model.training;

import java.util.Optional;

/**
 * What {@code compile} is given.
 *
 * @param optimizer how gradients change weights
 * @param loss what is made small
 * @param average of the weights over the steps, which stands for them once training is done; empty for none
 */
public record Compilation(Optimizer optimizer, Loss loss, Optional<ExponentialMovingAverage> average) {
    /** An optimizer and a loss, nothing else. */
    public Compilation(Optimizer optimizer, Loss loss) {
        this(optimizer, loss, Optional.empty());
    }

    /** With another optimizer. */
    public Compilation withOptimizer(Optimizer newOptimizer) {
        return new Compilation(newOptimizer, loss, average);
    }

    /** With this average of the weights. */
    public Compilation withAverage(ExponentialMovingAverage newAverage) {
        return new Compilation(optimizer, loss, Optional.of(newAverage));
    }
}
