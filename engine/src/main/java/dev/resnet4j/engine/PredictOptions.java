package dev.resnet4j.engine;

import dev.resnet4j.data.Preprocessing;
import java.util.Optional;

/**
 * How {@link Model#predict} judges.
 *
 * @param precision of the convolutions; int8 needs a model that is calibrated
 * @param preprocessing how pixels become numbers; the model's own where none is given
 */
public record PredictOptions(Precision precision, Optional<Preprocessing> preprocessing) {
    /** 32-bit numbers, the model's preprocessing. */
    public static final PredictOptions DEFAULT = new PredictOptions(Precision.FP32, Optional.empty());

    /** With convolutions in these numbers. */
    public PredictOptions withPrecision(Precision newPrecision) {
        return new PredictOptions(newPrecision, preprocessing);
    }

    /** With pixels made numbers in this way. */
    public PredictOptions withPreprocessing(Preprocessing newPreprocessing) {
        return new PredictOptions(precision, Optional.of(newPreprocessing));
    }
}
