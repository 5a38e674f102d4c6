package dev.resnet4j.conformance;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.LayerVisitor;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.ZeroPadding2D;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * One layer as the operations that Keras calls for it in TensorFlow, on channels-last feature maps. Dropout drops
 * nothing: its random stream is no part of what is compared.
 *
 * @param tf of the graph that is built
 * @param node the layer in its network
 * @param inputs (batch, height, width, channels) or (batch, length)
 * @param weights of the whole network
 * @param training whether batch normalisation takes the batch's statistics
 * @param movedStatistics takes the moving statistics after this batch, in training
 * @param withoutSoftmax whether a softmax at the end is left out
 */
record TensorFlowLayer(
        Ops tf,
        Node node,
        List<Operand<TFloat32>> inputs,
        Map<WeightName, Operand<TFloat32>> weights,
        boolean training,
        Map<WeightName, Operand<TFloat32>> movedStatistics,
        boolean withoutSoftmax)
        implements LayerVisitor<Operand<TFloat32>> {
    @Override
    public Operand<TFloat32> visit(Activation layer) {
        return activate(layer.function(), input());
    }

    @Override
    public Operand<TFloat32> visit(Add layer) {
        return inputs.stream().reduce(tf.math::add).orElseThrow();
    }

    @Override
    public Operand<TFloat32> visit(AveragePooling2D layer) {
        return tf.nn.avgPool(input(), window(layer.poolSize()), window(layer.strides()), name(layer.padding()));
    }

    @Override
    public Operand<TFloat32> visit(BatchNormalization layer) {
        if (node.outputShape().rank() != 3) {
            throw new IllegalArgumentException("TensorFlow's fused batch normalisation takes feature maps only, but '"
                    + layer.name() + "' has an output of shape " + node.outputShape());
        }
        FusedBatchNorm<TFloat32, TFloat32> normalized = tf.nn.fusedBatchNorm(
                input(),
                weight("gamma"),
                weight("beta"),
                weight("moving_mean"),
                weight("moving_variance"),
                FusedBatchNorm.epsilon((float) layer.epsilon()),
                FusedBatchNorm.isTraining(training));
        if (training) {
            move("moving_mean", normalized.batchMean(), layer.momentum());
            move("moving_variance", normalized.batchVariance(), layer.momentum());
        }
        return normalized.y();
    }

    private void move(String statistic, Operand<TFloat32> ofBatch, double momentum) {
        Operand<TFloat32> kept = tf.math.mul(weight(statistic), tf.constant((float) momentum));
        Operand<TFloat32> added = tf.math.mul(ofBatch, tf.constant((float) (1 - momentum)));
        movedStatistics.put(new WeightName(node.name(), statistic), tf.math.add(kept, added));
    }

    @Override
    public Operand<TFloat32> visit(Conv2D layer) {
        Operand<TFloat32> output =
                tf.nn.conv2d(input(), weight("kernel"), window(layer.strides()), name(layer.padding()));
        return activate(layer.activation(), withBias(output, layer.useBias()));
    }

    @Override
    public Operand<TFloat32> visit(Dense layer) {
        Operand<TFloat32> output = tf.linalg.matMul(input(), weight("kernel"));
        return activate(layer.activation(), withBias(output, layer.useBias()));
    }

    private Operand<TFloat32> withBias(Operand<TFloat32> output, boolean useBias) {
        return useBias ? tf.nn.biasAdd(output, weight("bias")) : output;
    }

    @Override
    public Operand<TFloat32> visit(Dropout layer) {
        return input();
    }

    @Override
    public Operand<TFloat32> visit(Flatten layer) {
        return tf.reshape(input(), tf.constant(new int[] {-1, node.outputShape().channels()}));
    }

    @Override
    public Operand<TFloat32> visit(GlobalAveragePooling2D layer) {
        return tf.math.mean(input(), tf.constant(new int[] {1, 2}));
    }

    @Override
    public Operand<TFloat32> visit(GlobalMaxPooling2D layer) {
        return tf.reduceMax(input(), tf.constant(new int[] {1, 2}));
    }

    @Override
    public Operand<TFloat32> visit(InputLayer layer) {
        throw new IllegalStateException("the input layer '" + layer.name() + "' is given, not run");
    }

    @Override
    public Operand<TFloat32> visit(MaxPooling2D layer) {
        return tf.nn.maxPool(
                input(),
                tf.constant(new int[] {
                    1, layer.poolSize().height(), layer.poolSize().width(), 1
                }),
                tf.constant(
                        new int[] {1, layer.strides().height(), layer.strides().width(), 1}),
                name(layer.padding()));
    }

    @Override
    public Operand<TFloat32> visit(ZeroPadding2D layer) {
        int[][] paddings = {{0, 0}, {layer.top(), layer.bottom()}, {layer.left(), layer.right()}, {0, 0}};
        return tf.pad(input(), tf.constant(paddings), tf.constant(0f));
    }

    private Operand<TFloat32> activate(ActivationFunction function, Operand<TFloat32> x) {
        return switch (function) {
            case LINEAR -> x;
            case RELU -> tf.nn.relu(x);
            case SOFTMAX -> withoutSoftmax ? x : tf.nn.softmax(x);
            case SIGMOID -> tf.math.sigmoid(x);
            case TANH -> tf.math.tanh(x);
        };
    }

    private static List<Long> window(Size2D size) {
        return List.of(1L, (long) size.height(), (long) size.width(), 1L);
    }

    private static String name(Padding padding) {
        return switch (padding) {
            case VALID -> "VALID";
            case SAME -> "SAME";
        };
    }

    private Operand<TFloat32> input() {
        return inputs.get(0);
    }

    private Operand<TFloat32> weight(String weight) {
        return weights.get(new WeightName(node.name(), weight));
    }
}
