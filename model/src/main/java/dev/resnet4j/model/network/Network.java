package dev.resnet4j.model.network;

import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A network: named layers, each after the layers whose outputs it takes, with one input and one output. It holds no
 * weights and never changes.
 *
 * <p>The layers stand in the order in which Keras lists them: from the input to the output by their distance from the
 * output, so that both paths of a residual block run side by side.
 *
 * @param name the network's name
 * @param nodes the layers in their places; the first is the input, the last the output
 */
public record Network(String name, List<Node> nodes) {
    /** @throws InvalidNetworkException if a name is used twice or a layer stands before one that it needs */
    public Network {
        nodes = List.copyOf(nodes);
        Map<String, Node> earlier = new LinkedHashMap<>();
        for (Node node : nodes) {
            if (!earlier.keySet().containsAll(node.inputs())) {
                throw new InvalidNetworkException("layer '" + node.name() + "' takes " + node.inputs()
                        + ", not all of which stand before it in the network");
            }
            if (earlier.put(node.name(), node) != null) {
                throw new InvalidNetworkException(
                        "two layers are named '" + node.name() + "': every layer needs a name of its own");
            }
        }
        if (nodes.isEmpty() || !(nodes.get(0).layer() instanceof InputLayer)) {
            throw new InvalidNetworkException("a network starts with an input layer");
        }
    }

    /**
     * The network between two symbolic tensors: Keras's {@code Model(inputs, outputs, name)}. Layers without a name get
     * Keras's: {@code activation}, {@code activation_1} and so on.
     *
     * @throws InvalidNetworkException if the output does not come from the input, or a name is used twice
     */
    public static Network of(String name, SymbolicTensor input, SymbolicTensor output) {
        return new Network(name, new GraphOrder(input, output).nodes());
    }

    /**
     * The same graph with other options in its layers. Names and shapes must stay as they are.
     *
     * @param change gives the layer that takes a layer's place, or the layer itself
     * @throws InvalidNetworkException if a layer's name, output or weights would have another shape
     */
    public Network withLayers(UnaryOperator<Layer> change) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        List<Node> changed = new ArrayList<>();
        for (Node node : nodes) {
            List<Shape> inputs = node.inputs().stream().map(shapes::get).toList();
            Layer layer = change.apply(node.layer());
            Node replaced = new Node(layer, node.inputs(), layer.outputShape(inputs), layer.weights(inputs));
            requireSameShapes(node, replaced);
            shapes.put(node.name(), replaced.outputShape());
            changed.add(replaced);
        }
        return new Network(name, changed);
    }

    private static void requireSameShapes(Node before, Node after) {
        boolean sameWeights = before.weights().stream()
                .map(WeightSpec::shape)
                .toList()
                .equals(after.weights().stream().map(WeightSpec::shape).toList());
        if (!before.name().equals(after.name()) || !before.outputShape().equals(after.outputShape()) || !sameWeights) {
            throw new InvalidNetworkException("layer '" + before.name()
                    + "' cannot be replaced by one with another name, output or weights: " + after.layer());
        }
    }

    /**
     * The layer of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Node node(String layerName) {
        return nodes.stream()
                .filter(node -> node.name().equals(layerName))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("network '" + name + "' has no layer named '" + layerName + "'"));
    }

    /** The last layer. */
    public Node output() {
        return nodes.get(nodes.size() - 1);
    }

    /** The shape of one picture: (height, width, channels). */
    public Shape inputShape() {
        return nodes.get(0).outputShape();
    }

    /** The shape of the output for one picture. */
    public Shape outputShape() {
        return output().outputShape();
    }

    /** The weights that an optimizer changes, with their shapes, in the layers' order. */
    public Map<WeightName, Shape> trainableWeights() {
        Map<WeightName, Shape> shapes = new LinkedHashMap<>();
        for (Node node : nodes) {
            for (WeightSpec spec : node.weights()) {
                if (spec.trainable()) {
                    shapes.put(new WeightName(node.name(), spec.name()), spec.shape());
                }
            }
        }
        return Collections.unmodifiableMap(shapes);
    }

    /** How many numbers the weights hold. */
    public long parameters() {
        return nodes.stream().mapToLong(Node::parameters).sum();
    }

    /** How many of them the optimizer changes. */
    public long trainableParameters() {
        return nodes.stream().mapToLong(Node::trainableParameters).sum();
    }
}
