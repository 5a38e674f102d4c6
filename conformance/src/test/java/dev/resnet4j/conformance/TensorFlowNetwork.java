package dev.resnet4j.conformance;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gradients;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;

/**
 * A network run by TensorFlow's own kernels, gradients by TensorFlow's own rules. Pictures are (batch, height, width,
 * channels), labels (batch, classes).
 */
final class TensorFlowNetwork implements AutoCloseable {
    private static final float SMALLEST_PROBABILITY = 1e-7f;

    /** The loss among the numbers of a run that carry weights' names. */
    private static final WeightName LOSS = new WeightName("", "loss");

    private final Network network;
    private final boolean bfloat16;
    private final Graph graph = new Graph();
    private final Ops tf = Ops.create(graph);
    private final Operand<TFloat32> input;
    private final Map<WeightName, Operand<TFloat32>> weights = new LinkedHashMap<>();
    private final List<WeightName> trainable = new ArrayList<>();
    private final Session session;

    /** In 32 bits throughout. */
    TensorFlowNetwork(Network network) {
        this(network, false);
    }

    private TensorFlowNetwork(Network network, boolean bfloat16) {
        this.network = network.flattened();
        this.bfloat16 = bfloat16;
        this.input = placeholder();
        network.weights().forEach((name, spec) -> {
            weights.put(name, placeholder(spec));
            if (spec.trainable()) {
                trainable.add(name);
            }
        });
        this.session = new Session(graph);
    }

    /**
     * With kernels, biases and each layer's output rounded to bfloat16, and so the gradients on their way back. Sums are
     * in 32 bits.
     */
    static TensorFlowNetwork inBfloat16(Network network) {
        return new TensorFlowNetwork(network, true);
    }

    private Operand<TFloat32> placeholder() {
        return tf.placeholder(TFloat32.class);
    }

    private Operand<TFloat32> placeholder(WeightSpec spec) {
        return tf.placeholder(TFloat32.class, Placeholder.shape(TensorFlowArrays.toTensorFlow(spec.shape())));
    }

    /**
     * What a training step finds before the optimizer's turn.
     *
     * @param loss mean over the batch
     * @param gradients of the trainable weights, in the network's order
     * @param movedStatistics batch normalisation's moving statistics after the batch
     */
    record Step(double loss, Map<WeightName, NdArray> gradients, Map<WeightName, NdArray> movedStatistics) {}

    /** The outputs, batch normalisation by its moving statistics. */
    NdArray predict(Weights values, NdArray pictures) {
        Operand<TFloat32> output = forward(false, new HashMap<>(), false);
        return TensorFlowRun.fetch(session, with(values, Map.of(input, pictures)), output);
    }

    /** The loss by the moving statistics, or by the batch's. */
    double loss(Weights values, NdArray pictures, NdArray labels, boolean batchStatistics) {
        Operand<TFloat32> target = placeholder();
        Operand<TFloat32> loss = loss(target, batchStatistics, new HashMap<>());
        return TensorFlowRun.fetch(session, with(values, Map.of(input, pictures, target, labels)), loss)
                .values()[0];
    }

    /** A training step, batch normalisation by the batch's statistics. */
    Step train(Weights values, NdArray pictures, NdArray labels) {
        Map<WeightName, Operand<TFloat32>> moved = new LinkedHashMap<>();
        Operand<TFloat32> target = placeholder();
        Operand<TFloat32> loss = loss(target, true, moved);
        Gradients gradients =
                tf.gradients(loss, trainable.stream().map(weights::get).toList());
        Map<WeightName, Operand<TFloat32>> wanted = new LinkedHashMap<>();
        for (WeightName name : trainable) {
            wanted.put(name, gradients.dy(wanted.size()));
        }
        wanted.putAll(moved);
        wanted.put(LOSS, loss);

        Map<WeightName, NdArray> arrays =
                TensorFlowRun.fetch(session, with(values, Map.of(input, pictures, target, labels)), wanted);
        return new Step(arrays.get(LOSS).values()[0], subset(arrays, trainable), subset(arrays, moved.keySet()));
    }

    private static Map<WeightName, NdArray> subset(Map<WeightName, NdArray> arrays, Collection<WeightName> names) {
        Map<WeightName, NdArray> subset = new LinkedHashMap<>(arrays);
        subset.keySet().retainAll(Set.copyOf(names));
        return subset;
    }

    private Map<Operand<TFloat32>, NdArray> with(Weights values, Map<Operand<TFloat32>, NdArray> inputs) {
        Map<Operand<TFloat32>, NdArray> fed = new LinkedHashMap<>(inputs);
        weights.forEach((name, operand) -> fed.put(operand, values.get(name.layer(), name.weight())));
        return fed;
    }

    private Operand<TFloat32> forward(
            boolean training, Map<WeightName, Operand<TFloat32>> movedStatistics, boolean toLogits) {
        Map<String, Operand<TFloat32>> outputs = new HashMap<>();
        outputs.put(network.nodes().get(0).name(), inPrecision(input));
        Map<WeightName, Operand<TFloat32>> used = new HashMap<>();
        weights.forEach((name, weight) -> used.put(name, isMultiplied(name) ? inPrecision(weight) : weight));
        for (Node node : network.nodes().subList(1, network.nodes().size())) {
            List<Operand<TFloat32>> inputs =
                    node.inputs().stream().map(outputs::get).toList();
            List<Shape> shapes = node.inputs().stream()
                    .map(name -> network.node(name).outputShape())
                    .toList();
            boolean withoutSoftmax = toLogits && node.equals(network.output());
            Operand<TFloat32> output = node.layer()
                    .accept(new TensorFlowLayer(
                            tf, node, shapes, inputs, used, training, movedStatistics, withoutSoftmax));
            outputs.put(node.name(), inPrecision(output));
        }
        return outputs.get(network.output().name());
    }

    /** Whether mixed precision takes the weight in bfloat16; normalisation's stay in 32 bits. */
    private static boolean isMultiplied(WeightName name) {
        return name.weight().endsWith("kernel")
                || name.weight().equals("bias")
                || name.weight().equals("alpha");
    }

    private Operand<TFloat32> inPrecision(Operand<TFloat32> x) {
        return bfloat16 ? tf.dtypes.cast(tf.dtypes.cast(x, TBfloat16.class), TFloat32.class) : x;
    }

    /** Keras's categorical_crossentropy; where the network ends with a softmax, from what goes into it. */
    private Operand<TFloat32> loss(
            Operand<TFloat32> labels, boolean training, Map<WeightName, Operand<TFloat32>> movedStatistics) {
        boolean toLogits = isSoftmax(network.output());
        Operand<TFloat32> scores = forward(training, movedStatistics, toLogits);
        Operand<TFloat32> ofEach =
                toLogits ? tf.nn.softmaxCrossEntropyWithLogits(scores, labels).loss() : ofProbabilities(scores, labels);
        return tf.math.mean(ofEach, tf.constant(0));
    }

    private Operand<TFloat32> ofProbabilities(Operand<TFloat32> outputs, Operand<TFloat32> labels) {
        Operand<TFloat32> sum = tf.reduceSum(outputs, tf.constant(1), ReduceSum.keepDims(true));
        Operand<TFloat32> probabilities = tf.math.div(outputs, sum);
        Operand<TFloat32> clipped = tf.math.minimum(
                tf.math.maximum(probabilities, tf.constant(SMALLEST_PROBABILITY)),
                tf.constant(1 - SMALLEST_PROBABILITY));
        return tf.math.neg(tf.reduceSum(tf.math.mul(labels, tf.math.log(clipped)), tf.constant(1)));
    }

    private static boolean isSoftmax(Node node) {
        Layer last = node.layer();
        return (last instanceof Softmax softmax && softmax.axis() == -1)
                || (last instanceof Dense dense && dense.activation() == ActivationFunction.SOFTMAX)
                || (last instanceof Conv2D convolution && convolution.activation() == ActivationFunction.SOFTMAX)
                || (last instanceof Activation activation && activation.function() == ActivationFunction.SOFTMAX);
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
