package dev.resnet4j.benchmarks.tensorflow;

import dev.resnet4j.benchmarks.contest.Turn;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/** Weights as variables that Adam changes, and moving statistics that follow each batch's. */
final class Variables implements WeightSource {
    private static final float MOMENTUM = 0.99f;
    private static final float BETA_1 = 0.9f;
    private static final float BETA_2 = 0.999f;
    private static final float EPSILON = 1e-7f;

    private final Ops tf;
    private final List<Variable<TFloat32>> trainable = new ArrayList<>();
    private final List<Op> initializers = new ArrayList<>();
    private final List<Op> updates = new ArrayList<>();

    Variables(Ops tf) {
        this.tf = tf;
    }

    /** Run once, before the first step. */
    List<Op> initializers() {
        return initializers;
    }

    @Override
    public Operand<TFloat32> normal(Shape shape, double deviation) {
        Operand<TFloat32> standard = tf.random.randomStandardNormal(tf.constant(shape), TFloat32.class);
        return trainable(shape, tf.math.mul(standard, tf.constant((float) deviation)));
    }

    @Override
    public Operand<TFloat32> filled(Shape shape, float value) {
        return trainable(shape, tf.fill(tf.constant(shape), tf.constant(value)));
    }

    private Operand<TFloat32> trainable(Shape shape, Operand<TFloat32> start) {
        Variable<TFloat32> variable = variable(shape, start);
        trainable.add(variable);
        return variable;
    }

    private Variable<TFloat32> variable(Shape shape, float start) {
        return variable(shape, tf.fill(tf.constant(shape), tf.constant(start)));
    }

    private Variable<TFloat32> variable(Shape shape, Operand<TFloat32> start) {
        Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
        initializers.add(tf.assign(variable, start));
        return variable;
    }

    @Override
    public Operand<TFloat32> normalized(Operand<TFloat32> x, Normalization weights) {
        Shape shape = Shape.of(weights.channels());
        Variable<TFloat32> mean = variable(shape, 0);
        Variable<TFloat32> variance = variable(shape, 1);
        FusedBatchNorm<TFloat32, TFloat32> output = tf.nn.fusedBatchNorm(
                x,
                weights.gamma(),
                weights.beta(),
                mean,
                variance,
                WeightSource.epsilon(),
                FusedBatchNorm.isTraining(true));
        follow(mean, output.batchMean());
        follow(variance, output.batchVariance());
        return output.y();
    }

    private void follow(Variable<TFloat32> moving, Operand<TFloat32> current) {
        Operand<TFloat32> change = tf.math.mul(tf.math.sub(moving, current), tf.constant(1 - MOMENTUM));
        updates.add(tf.assignSub(moving, change));
    }

    /** All that a training step changes. */
    List<Op> step(Operand<TFloat32> loss) {
        Gradients gradients = tf.gradients(loss, trainable);
        List<Op> step = new ArrayList<>(updates);
        Variable<TFloat32> power1 = variable(Shape.scalar(), BETA_1);
        Variable<TFloat32> power2 = variable(Shape.scalar(), BETA_2);
        List<Op> adam = new ArrayList<>();
        for (Variable<TFloat32> weight : trainable) {
            Shape shape = weight.shape();
            adam.add(tf.train.applyAdam(
                    weight,
                    variable(shape, 0),
                    variable(shape, 0),
                    power1,
                    power2,
                    tf.constant((float) Turn.LEARNING_RATE),
                    tf.constant(BETA_1),
                    tf.constant(BETA_2),
                    tf.constant(EPSILON),
                    gradients.dy(adam.size())));
        }
        step.addAll(adam);
        Ops afterAdam = tf.withControlDependencies(adam);
        step.add(afterAdam.assign(power1, afterAdam.math.mul(power1, afterAdam.constant(BETA_1))));
        step.add(afterAdam.assign(power2, afterAdam.math.mul(power2, afterAdam.constant(BETA_2))));
        return step;
    }
}
