package dev.resnet4j.model.transfer;

import java.util.List;
import java.util.Objects;

/**
 * What is frozen in which epoch: less and less (Howard and Ruder 2018). It depends on the epoch's number alone, so that
 * training that goes on freezes the same.
 *
 * @param start what is frozen in the first epoch
 * @param steps when less is; in the epochs' order
 */
public record GradualUnfreezing(Freezing start, List<Step> steps) {
    /** The whole network is trained from the first epoch on. */
    public static final GradualUnfreezing NOTHING_FROZEN = new GradualUnfreezing(Freezing.NONE, List.of());

    /**
     * From some epoch on less is frozen.
     *
     * @param epoch the first one, from 2
     * @param freezing what is frozen from then on
     */
    public record Step(int epoch, Freezing freezing) {
        /** @throws IllegalArgumentException if the epoch is below 2 */
        public Step {
            Objects.requireNonNull(freezing, "freezing");
            if (epoch < 2) {
                throw new IllegalArgumentException(
                        "layers are unfrozen from epoch 2 on at the earliest, but it was epoch " + epoch);
            }
        }
    }

    /** @throws IllegalArgumentException if the epochs do not grow, or a step does not freeze less than what is before it */
    public GradualUnfreezing {
        Objects.requireNonNull(start, "start");
        steps = List.copyOf(steps);
        int epoch = 1;
        Freezing freezing = start;
        for (Step step : steps) {
            if (step.epoch() <= epoch) {
                throw new IllegalArgumentException("layers are unfrozen in the order of the epochs, but epoch "
                        + step.epoch() + " comes after epoch " + epoch);
            }
            if (!step.freezing().isLessThan(freezing)) {
                throw new IllegalArgumentException("in epoch " + step.epoch() + " less must be frozen than before ("
                        + freezing + "), but it was " + step.freezing());
            }
            epoch = step.epoch();
            freezing = step.freezing();
        }
    }

    /** What is frozen in an epoch, counted from 1. */
    public Freezing at(int epoch) {
        Freezing freezing = start;
        for (Step step : steps) {
            freezing = step.epoch() <= epoch ? step.freezing() : freezing;
        }
        return freezing;
    }
}
