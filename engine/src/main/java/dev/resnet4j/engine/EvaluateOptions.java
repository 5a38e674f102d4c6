package dev.resnet4j.engine;

import dev.resnet4j.data.Preprocessing;
import java.util.Optional;

/**
 * How {@link Model#evaluate} judges.
 *
 * @param batchSize pictures at a time, at least 1; changes the result only with batch statistics
 * @param batchStatistics whether batch normalisation takes each batch's own statistics instead of the moving ones, as
 *     the tutorial's learning phase 1 does
 * @param precision of the convolutions
 * @param preprocessing how pixels become numbers; the model's own where none is given
 */
public record EvaluateOptions(
        int batchSize, boolean batchStatistics, Precision precision, Optional<Preprocessing> preprocessing) {
    /** Keras's batches of 32, moving statistics, 32-bit numbers, the model's preprocessing. */
    public static final EvaluateOptions DEFAULT = new EvaluateOptions(32, false, Precision.FP32, Optional.empty());

    /**
     * @throws IllegalArgumentException if a batch has not at least one picture, or batch statistics are asked for in int8,
     *     whose kernels hold the moving ones
     */
    public EvaluateOptions {
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch needs at least one picture, got " + batchSize);
        }
        if (batchStatistics && precision == Precision.INT8) {
            throw new IllegalArgumentException("int8 goes with the moving statistics, which are multiplied into its"
                    + " kernels: leave batch statistics out, or take fp32 or bf16");
        }
    }

    /** With so many pictures at a time. */
    public EvaluateOptions withBatchSize(int newBatchSize) {
        return new EvaluateOptions(newBatchSize, batchStatistics, precision, preprocessing);
    }

    /** With each batch's own statistics, or the moving ones. */
    public EvaluateOptions withBatchStatistics(boolean newBatchStatistics) {
        return new EvaluateOptions(batchSize, newBatchStatistics, precision, preprocessing);
    }

    /** With convolutions in these numbers. */
    public EvaluateOptions withPrecision(Precision newPrecision) {
        return new EvaluateOptions(batchSize, batchStatistics, newPrecision, preprocessing);
    }

    /** With pixels made numbers in this way. */
    public EvaluateOptions withPreprocessing(Preprocessing newPreprocessing) {
        return new EvaluateOptions(batchSize, batchStatistics, precision, Optional.of(newPreprocessing));
    }
}
