package dev.resnet4j.benchmarks.tensorflow;

import java.util.Arrays;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/** Weights as constants: a frozen graph, which TensorFlow folds and fuses before it runs. */
final class Constants implements WeightSource {
    private final Ops tf;
    private final Random random = new Random(0);

    Constants(Ops tf) {
        this.tf = tf;
    }

    @Override
    public Operand<TFloat32> normal(Shape shape, double deviation) {
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) (random.nextGaussian() * deviation);
        }
        return tf.constant(shape, DataBuffers.of(values));
    }

    @Override
    public Operand<TFloat32> filled(Shape shape, float value) {
        float[] values = new float[Math.toIntExact(shape.size())];
        Arrays.fill(values, value);
        return tf.constant(shape, DataBuffers.of(values));
    }

    @Override
    public Operand<TFloat32> normalized(Operand<TFloat32> x, Normalization weights) {
        Shape shape = Shape.of(weights.channels());
        return tf.nn.fusedBatchNorm(
                        x,
                        weights.gamma(),
                        weights.beta(),
                        filled(shape, 0),
                        filled(shape, 1),
                        WeightSource.epsilon(),
                        FusedBatchNorm.isTraining(false))
                .y();
    }
}
