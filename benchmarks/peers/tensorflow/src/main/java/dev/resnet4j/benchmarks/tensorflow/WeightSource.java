package dev.resnet4j.benchmarks.tensorflow;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/** Where a graph's weights come from. */
interface WeightSource {
    /** A weight that starts normally distributed around 0. */
    Operand<TFloat32> normal(Shape shape, double deviation);

    /** A weight that starts with one number. */
    Operand<TFloat32> filled(Shape shape, float value);

    /** Batch normalisation's output, by the statistics of the source's kind. */
    Operand<TFloat32> normalized(Operand<TFloat32> x, Normalization weights);

    /** Options of batch normalisation. */
    static FusedBatchNorm.Options epsilon() {
        return FusedBatchNorm.epsilon(1e-3f);
    }

    /**
     * Batch normalisation's weights.
     *
     * @param gamma factor of each channel
     * @param beta what is added to each channel
     * @param channels how many
     */
    record Normalization(Operand<TFloat32> gamma, Operand<TFloat32> beta, int channels) {}
}
