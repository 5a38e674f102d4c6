package dev.resnet4j.engine.recipe;

import dev.resnet4j.engine.FitOptions;
import dev.resnet4j.model.training.EarlyStopping;
import dev.resnet4j.model.training.ReduceOnPlateau;
import java.util.Optional;

/**
 * What a recipe does where training gets no better on the validation pictures.
 *
 * @param earlyStoppingPatience after how many epochs that are no better training ends, at least 0; 0 for never
 * @param plateauPatience after how many such epochs the learning rate falls, at least 0; 0 for never
 * @param plateauFactor what the learning rate is multiplied with then, above 0 and below 1
 */
public record PatienceSettings(int earlyStoppingPatience, int plateauPatience, double plateauFactor) {
    /** Training goes on to the last epoch as the schedule says. */
    public static final PatienceSettings NONE = new PatienceSettings(0, 0, 0.1);

    /** @throws IllegalArgumentException if a number is out of range */
    public PatienceSettings {
        if (earlyStoppingPatience < 0 || plateauPatience < 0) {
            throw new IllegalArgumentException("the patience of early stopping and of a plateau must be at least 0, but"
                    + " were " + earlyStoppingPatience + " and " + plateauPatience);
        }
        if (!(plateauFactor > 0 && plateauFactor < 1)) {
            throw new IllegalArgumentException(
                    "the factor of a plateau must be above 0 and below 1, but was " + plateauFactor);
        }
    }

    /** When training ends before its last epoch; empty for never. */
    public Optional<EarlyStopping> earlyStopping() {
        return earlyStoppingPatience == 0 ? Optional.empty() : Optional.of(new EarlyStopping(earlyStoppingPatience));
    }

    FitOptions of(FitOptions options) {
        FitOptions stopping = earlyStopping().map(options::withEarlyStopping).orElse(options);
        return plateauPatience == 0
                ? stopping
                : stopping.withReduceOnPlateau(new ReduceOnPlateau(plateauPatience, plateauFactor));
    }
}
