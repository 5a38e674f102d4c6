package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * A layer in its place in a network. A layer that is called several times has a node for each call.
 *
 * @param layer the layer, under its final name
 * @param call which of the layer's calls, from 0
 * @param inputs the names of the nodes whose outputs it takes, in order
 * @param outputShape the shape of its output, batch axis left out
 * @param weights the layer's weights, in Keras's order; none of them trainable where it is frozen
 * @param frozen whether the layer is kept as it is in training: Keras's {@code trainable = False}
 */
public record Node(
        Layer layer, int call, List<String> inputs, Shape outputShape, List<WeightSpec> weights, boolean frozen) {
    /** Takes copies of the lists. */
    public Node {
        inputs = List.copyOf(inputs);
        weights = List.copyOf(weights);
    }

    /** A node, its shape and weights worked out by the layer. */
    static Node of(Layer layer, int call, List<String> inputs, List<Shape> inputShapes, boolean frozen) {
        List<WeightSpec> weights = layer.weights(inputShapes);
        return new Node(
                layer,
                call,
                inputs,
                layer.outputShape(inputShapes),
                frozen ? weights.stream().map(WeightSpec::frozen).toList() : weights,
                frozen);
    }

    /** The name of this output, unique in the network: the layer's at its first call, {@code conv:1} at the second. */
    public String name() {
        return call == 0 ? layer.name() : layer.name() + ":" + call;
    }

    /** How many numbers the layer's weights hold. */
    public long parameters() {
        return weights.stream().mapToLong(weight -> weight.shape().elements()).sum();
    }

    /** How many of them the optimizer changes. */
    public long trainableParameters() {
        return weights.stream()
                .filter(WeightSpec::trainable)
                .mapToLong(weight -> weight.shape().elements())
                .sum();
    }
}
