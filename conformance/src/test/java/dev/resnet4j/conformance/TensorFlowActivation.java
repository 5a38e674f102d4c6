package dev.resnet4j.conformance;

import dev.resnet4j.model.layer.ActivationFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An activation as the operations that Keras calls for it in TensorFlow.
 *
 * @param tf of the graph that is built
 * @param x what goes in
 * @param channels size of its last axis
 */
record TensorFlowActivation(Ops tf, Operand<TFloat32> x, int channels) {
    Operand<TFloat32> of(ActivationFunction function) {
        return switch (function) {
            case LINEAR -> x;
            case RELU -> tf.nn.relu(x);
            case SOFTMAX -> tf.nn.softmax(x);
            case SIGMOID -> tf.math.sigmoid(x);
            case TANH -> tf.math.tanh(x);
            case RELU6 -> tf.nn.relu6(x);
            case LEAKY_RELU -> tf.nn.leakyRelu(x, LeakyRelu.alpha(0.2f));
            case ELU -> tf.nn.elu(x);
            case SELU -> tf.nn.selu(x);
            case CELU -> tf.math.add(tf.math.maximum(x, number(0)), tf.math.expm1(tf.math.minimum(x, number(0))));
            case GELU -> {
                Operand<TFloat32> phi = tf.math.add(tf.math.erf(tf.math.div(x, number(Math.sqrt(2)))), number(1));
                yield tf.math.mul(tf.math.mul(x, number(0.5)), phi);
            }
            case SILU -> tf.math.mul(x, tf.math.sigmoid(x));
            case MISH -> tf.math.mul(x, tf.math.tanh(tf.math.softplus(x)));
            case SOFTPLUS -> tf.math.softplus(x);
            case SOFTSIGN -> tf.nn.softsign(x);
            case EXPONENTIAL -> tf.math.exp(x);
            case HARD_SIGMOID -> hardSigmoid();
            case HARD_SIGMOID_KERAS_2 -> cut(tf.math.add(tf.math.mul(x, number(0.2)), number(0.5)), 0, 1);
            case HARD_SILU -> tf.math.mul(x, hardSigmoid());
            case HARD_TANH -> cut(x, -1, 1);
            case LOG_SIGMOID -> tf.math.neg(tf.math.softplus(tf.math.neg(x)));
            case LOG_SOFTMAX -> logSoftmax();
            case SOFT_SHRINK ->
                tf.select(
                        isAbove(0.5),
                        tf.math.sub(x, number(0.5)),
                        tf.select(isBelow(-0.5), tf.math.add(x, number(0.5)), tf.zerosLike(x)));
            case HARD_SHRINK -> tf.select(tf.math.greater(tf.math.abs(x), number(0.5)), x, tf.zerosLike(x));
            case TANH_SHRINK -> tf.math.sub(x, tf.math.tanh(x));
            case THRESHOLD -> tf.select(isAbove(1), x, tf.zerosLike(x));
            case SQUAREPLUS -> {
                Operand<TFloat32> root = tf.math.sqrt(tf.math.add(tf.math.square(x), number(4)));
                yield tf.math.div(tf.math.add(x, root), number(2));
            }
            case SPARSE_PLUS -> {
                Operand<TFloat32> curve = tf.math.mul(number(0.25), tf.math.square(tf.math.add(x, number(1))));
                yield tf.select(tf.math.lessEqual(x, number(-1)), tf.zerosLike(x), tf.select(isBelow(1), curve, x));
            }
            case SPARSE_SIGMOID ->
                tf.select(
                        tf.math.lessEqual(x, number(-1)),
                        tf.zerosLike(x),
                        tf.select(
                                isBelow(1),
                                tf.math.mul(number(0.5), tf.math.add(x, number(1))),
                                tf.math.add(tf.zerosLike(x), number(1))));
            case SPARSEMAX -> sparsemax();
        };
    }

    /** In rows, as TensorFlow's C++ gradient adds up axis 1, which is the last one there alone. */
    private Operand<TFloat32> logSoftmax() {
        Operand<TFloat32> rows = tf.reshape(x, tf.constant(new int[] {-1, channels}));
        return tf.reshape(tf.nn.logSoftmax(rows), tf.shape(x));
    }

    private Operand<TFloat32> hardSigmoid() {
        return tf.math.div(tf.nn.relu6(tf.math.add(x, number(3))), number(6));
    }

    private Operand<TFloat32> cut(Operand<TFloat32> values, double smallest, double largest) {
        return tf.math.minimum(tf.math.maximum(values, number(smallest)), number(largest));
    }

    /** The support is found by sorting; the gradient passes through the rest. */
    private Operand<TFloat32> sparsemax() {
        Operand<TInt32> lastAxis = tf.constant(-1);
        Operand<TFloat32> sorted = tf.nn.topK(tf.stopGradient(x), tf.constant(channels), new TopK.Options[0])
                .values();
        Operand<TFloat32> sums = tf.math.cumsum(sorted, lastAxis, new Cumsum.Options[0]);
        Operand<TFloat32> ranks = tf.range(number(1), number(channels + 1), number(1));
        Operand<TBool> supported =
                tf.math.greater(tf.math.sub(sorted, tf.math.div(tf.math.sub(sums, number(1)), ranks)), number(0));
        Operand<TFloat32> size =
                tf.reduceSum(tf.dtypes.cast(supported, TFloat32.class), lastAxis, ReduceSum.keepDims(true));
        Operand<TFloat32> smallest = tf.reduceMin(
                tf.select(supported, sorted, tf.math.add(tf.zerosLike(sorted), number(Float.MAX_VALUE))),
                lastAxis,
                ReduceMin.keepDims(true));
        Operand<TFloat32> isSupport =
                tf.dtypes.cast(tf.math.greaterEqual(tf.stopGradient(x), smallest), TFloat32.class);
        Operand<TFloat32> sum = tf.reduceSum(tf.math.mul(x, isSupport), lastAxis, ReduceSum.keepDims(true));
        Operand<TFloat32> threshold = tf.math.div(tf.math.sub(sum, number(1)), size);
        return tf.nn.relu(tf.math.sub(x, threshold));
    }

    private Operand<TBool> isAbove(double value) {
        return tf.math.greater(x, number(value));
    }

    private Operand<TBool> isBelow(double value) {
        return tf.math.less(x, number(value));
    }

    private Operand<TFloat32> number(double value) {
        return tf.constant((float) value);
    }
}
