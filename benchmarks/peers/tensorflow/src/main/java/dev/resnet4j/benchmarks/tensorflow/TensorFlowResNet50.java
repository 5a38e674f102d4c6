package dev.resnet4j.benchmarks.tensorflow;

import dev.resnet4j.benchmarks.contest.ConvolutionShape;
import dev.resnet4j.benchmarks.contest.Turn;
import java.util.Iterator;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The tutorial's ResNet-50 as TensorFlow's operations, up to the logits. */
final class TensorFlowResNet50 {
    private final Ops tf;
    private final WeightSource weights;
    private final Iterator<ConvolutionShape> convolutions;
    private final ConvolutionShape last;

    TensorFlowResNet50(Ops tf, WeightSource weights, int side) {
        this.tf = tf;
        this.weights = weights;
        this.convolutions = ConvolutionShape.ofResNet50(side).iterator();
        this.last = ConvolutionShape.lastOfResNet50(side);
    }

    /** (batch, classes) of (batch, height, width, channels). */
    Operand<TFloat32> logits(Operand<TFloat32> pictures, int batch) {
        int padding = ConvolutionShape.PICTURE_PADDING;
        int[][] paddings = {{0, 0}, {padding, padding}, {padding, padding}, {0, 0}};
        Operand<TFloat32> x = tf.pad(pictures, tf.constant(paddings), tf.constant(0f));
        x = tf.nn.relu(convolve(x, convolutions.next()));
        x = tf.nn.maxPool(x, tf.constant(new int[] {1, 3, 3, 1}), tf.constant(new int[] {1, 2, 2, 1}), "VALID");
        for (int count : ConvolutionShape.BLOCKS) {
            for (int block = 0; block < count; block++) {
                Operand<TFloat32> main = tf.nn.relu(convolve(x, convolutions.next()));
                main = tf.nn.relu(convolve(main, convolutions.next()));
                main = convolve(main, convolutions.next());
                Operand<TFloat32> shortcut = block == 0 ? convolve(x, convolutions.next()) : x;
                x = tf.nn.relu(tf.math.add(main, shortcut));
            }
        }
        long pool = last.poolBehind();
        List<Long> window = List.of(1L, pool, pool, 1L);
        x = tf.nn.avgPool(x, window, window, "VALID");
        int features = last.featuresBehind();
        return dense(tf.reshape(x, tf.constant(new int[] {batch, features})), features);
    }

    private Operand<TFloat32> dense(Operand<TFloat32> x, int features) {
        Operand<TFloat32> kernel = weights.normal(Shape.of(features, Turn.CLASSES), 0.02);
        return tf.nn.biasAdd(tf.linalg.matMul(x, kernel), weights.filled(Shape.of(Turn.CLASSES), 0));
    }

    private Operand<TFloat32> convolve(Operand<TFloat32> x, ConvolutionShape shape) {
        Operand<TFloat32> kernel = weights.normal(
                Shape.of(shape.kernel(), shape.kernel(), shape.inputs(), shape.outputs()), shape.initialDeviation());
        long strides = shape.strides();
        Operand<TFloat32> output =
                tf.nn.conv2d(x, kernel, List.of(1L, strides, strides, 1L), shape.padding() == 0 ? "VALID" : "SAME");
        Shape channels = Shape.of(shape.outputs());
        output = tf.nn.biasAdd(output, weights.filled(channels, 0));
        return weights.normalized(
                output,
                new WeightSource.Normalization(
                        weights.filled(channels, 1), weights.filled(channels, 0), shape.outputs()));
    }
}
