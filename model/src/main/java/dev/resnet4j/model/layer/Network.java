package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A network: named layers, each after the layers whose outputs it takes, with one input and one output. It holds no
 * weights and never changes.
 *
 * <p>The layers stand in the order in which Keras lists them: from the input to the output by their distance from the
 * output, so that both paths of a residual block run side by side.
 *
 * <p>A network is a layer itself, as a Keras model is: put into another network, it stands there as one node. See
 * {@link #flattened()}.
 *
 * @param name the network's name
 * @param kind how it was built in Keras, and is written again
 * @param nodes the layers in their places; the first is the input, the last the output
 */
public record Network(String name, Kind kind, List<Node> nodes) implements Layer {
    /** How a network is built in Keras. */
    public enum Kind {
        /** From symbolic tensors: {@code keras.Model(inputs, outputs)}. */
        FUNCTIONAL("Functional"),
        /** One layer after the other: {@code keras.Sequential(layers)}. */
        SEQUENTIAL("Sequential");

        private final String className;

        Kind(String className) {
            this.className = className;
        }
    }

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
        return new Network(name, Kind.FUNCTIONAL, new GraphOrder(input, output).nodes());
    }

    @Override
    public Network withName(String newName) {
        return new Network(newName, kind, nodes);
    }

    /** This network, told to be of another kind. */
    public Network withKind(Kind newKind) {
        return new Network(name, newKind, nodes);
    }

    /**
     * The same graph with other options in its layers, those of nested networks too. Names and shapes must stay as they
     * are.
     *
     * @param change gives the layer that takes a layer's place, or the layer itself
     * @throws InvalidNetworkException if a layer's name, output or weights would have another shape
     */
    public Network withLayers(UnaryOperator<Layer> change) {
        return rebuilt(
                (layer, inputs) -> layer instanceof Network nested
                        ? nested.withLayers(change)
                        : requireSameShapes(layer, change.apply(layer), inputs),
                Node::frozen);
    }

    /**
     * The same graph with other layers in its layers' places, whose names, outputs and weights may be others. The layers
     * of nested networks stay as they are; a nested network can be replaced as a whole.
     *
     * @param change gives the layer that takes a layer's place, or the layer itself
     * @throws InvalidNetworkException if a layer cannot take what comes to it then, or a name is used twice
     */
    public Network withReplaced(UnaryOperator<Layer> change) {
        return rebuilt((layer, inputs) -> change.apply(layer), Node::frozen);
    }

    /**
     * The same layers for inputs of another shape. Weights behind a flattening have other shapes then.
     *
     * @throws InvalidNetworkException if a layer cannot take what comes to it then
     */
    public Network withInputShape(Shape shape) {
        return rebuilt(
                (layer, inputs) -> {
                    if (layer instanceof InputLayer) {
                        return new InputLayer(layer.name(), shape);
                    }
                    return layer instanceof Network nested ? nested.withInputShape(inputs.get(0)) : layer;
                },
                Node::frozen);
    }

    /**
     * The same graph with some of its layers frozen and all others trainable.
     *
     * @param frozen tells of a layer's name whether it is frozen; a nested network is frozen as a whole
     */
    public Network withFrozen(Predicate<String> frozen) {
        return rebuilt(
                (layer, inputs) -> layer, node -> frozen.test(node.layer().name()));
    }

    /**
     * The same graph with some of its layers frozen and all others trainable, each layer of nested networks by itself.
     *
     * @param frozen tells of a layer's name whether it is frozen; of one in a nested network under both names:
     *     {@code backbone/conv1}
     */
    public Network withFrozenLayers(Predicate<String> frozen) {
        return rebuilt(
                (layer, inputs) -> layer instanceof Network nested
                        ? nested.withFrozenLayers(inner -> frozen.test(nested.name() + "/" + inner))
                        : layer,
                node -> !(node.layer() instanceof Network)
                        && frozen.test(node.layer().name()));
    }

    /**
     * This network with one layer more, which takes its output.
     *
     * @throws InvalidNetworkException if the layer cannot take it, or its name is used already
     */
    public Network followedBy(Layer layer) {
        List<Node> longer = new ArrayList<>(nodes);
        longer.add(Node.of(layer, 0, List.of(output().name()), List.of(outputShape()), false));
        return new Network(name, kind, longer);
    }

    /** @param change gives the layer that takes a layer's place, from the layer and the shapes of its inputs */
    private Network rebuilt(BiFunction<Layer, List<Shape>, Layer> change, Predicate<Node> frozen) {
        Map<String, Node> changed = new LinkedHashMap<>();
        for (Node node : nodes) {
            List<Node> inputs = node.inputs().stream().map(changed::get).toList();
            List<Shape> inputShapes = inputs.stream().map(Node::outputShape).toList();
            changed.put(
                    node.name(),
                    Node.of(
                            change.apply(node.layer(), inputShapes),
                            node.call(),
                            inputs.stream().map(Node::name).toList(),
                            inputShapes,
                            frozen.test(node)));
        }
        return new Network(name, kind, List.copyOf(changed.values()));
    }

    private static Layer requireSameShapes(Layer before, Layer after, List<Shape> inputs) {
        if (!before.name().equals(after.name())
                || !before.outputShape(inputs).equals(after.outputShape(inputs))
                || !weightShapes(before, inputs).equals(weightShapes(after, inputs))) {
            throw new InvalidNetworkException("layer '" + before.name()
                    + "' cannot be replaced by one with another name, output or weights: " + after);
        }
        return after;
    }

    private static List<Shape> weightShapes(Layer layer, List<Shape> inputs) {
        return layer.weights(inputs).stream().map(WeightSpec::shape).toList();
    }

    /** Whether a layer of it is a network itself. */
    public boolean isNested() {
        return nodes.stream().anyMatch(node -> node.layer() instanceof Network);
    }

    /**
     * The same network without nested ones: their layers stand in their places, under both names:
     * {@code backbone/conv1}. Weights are named so.
     */
    public Network flattened() {
        return isNested() ? new Network(name, Kind.FUNCTIONAL, new Flattening(this).nodes()) : this;
    }

    /** The layers, each once, in the order of their first calls. */
    public List<Node> layers() {
        return nodes.stream().filter(node -> node.call() == 0).toList();
    }

    /**
     * The node of this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Node node(String nodeName) {
        return nodes.stream()
                .filter(node -> node.name().equals(nodeName))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("network '" + name + "' has no layer named '" + nodeName + "'"));
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

    /** All weights by their names, in the layers' order, those of nested networks in their place. */
    public Map<WeightName, WeightSpec> weights() {
        Map<WeightName, WeightSpec> weights = new LinkedHashMap<>();
        for (Node node : flattened().layers()) {
            for (WeightSpec spec : node.weights()) {
                weights.put(new WeightName(node.layer().name(), spec.name()), spec);
            }
        }
        return Collections.unmodifiableMap(weights);
    }

    /** The weights that an optimizer changes, with their shapes, in the layers' order. */
    public Map<WeightName, Shape> trainableWeights() {
        Map<WeightName, Shape> shapes = new LinkedHashMap<>();
        weights().forEach((weight, spec) -> {
            if (spec.trainable()) {
                shapes.put(weight, spec.shape());
            }
        });
        return Collections.unmodifiableMap(shapes);
    }

    /** How many numbers the weights hold. */
    public long parameters() {
        return layers().stream().mapToLong(Node::parameters).sum();
    }

    /** How many of them the optimizer changes. */
    public long trainableParameters() {
        return layers().stream().mapToLong(Node::trainableParameters).sum();
    }

    /** {@code Functional} or {@code Sequential}. */
    @Override
    public String className() {
        return kind.className;
    }

    /** As a layer: it takes one input of the network's own shape. */
    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(this, inputs);
        if (!input.equals(inputShape())) {
            throw InvalidNetworkException.at(this, "takes an input of shape " + inputShape() + ", got " + input);
        }
        return outputShape();
    }

    /** As a layer: the weights of all its layers, named {@code conv1/kernel}. */
    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        List<WeightSpec> specs = new ArrayList<>();
        weights()
                .forEach((name, spec) ->
                        specs.add(new WeightSpec(name.toString(), spec.shape(), spec.initializer(), spec.trainable())));
        return specs;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
