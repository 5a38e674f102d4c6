package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which layers of a network a training plan can hold, and which of them it runs as one. */
final class LayerFusion {
    private static final ZeroPadding2D NO_PADDING = new ZeroPadding2D(0);

    private final Network network;
    private final Takers takers;
    private final Map<String, Integer> calls = new HashMap<>();
    /**
     * The outputs that are made of normalised ones. oneDNN's ReLU makes 0 of what is not a number, so a training that has
     * failed shows in the statistics of a normalisation before it or not at all.
     */
    private final Set<String> normalized = new HashSet<>();

    LayerFusion(Network network) {
        this.network = network;
        this.takers = new Takers(network);
        for (Node node : network.nodes()) {
            calls.merge(node.layer().name(), 1, Integer::sum);
            if (isNormalized(node)) {
                normalized.add(node.name());
            }
        }
    }

    /** Whether a plan can hold a node. A layer with weights is called once there, so that it has one gradient. */
    boolean isPlannable(Node node) {
        Layer layer = node.layer();
        if (node.frozen() || node.outputShape().rank() != 3) {
            return false;
        }
        if (layer instanceof Conv2D convolution) {
            return calls.get(layer.name()) == 1 && convolution.activation() == ActivationFunction.LINEAR;
        }
        if (Takers.isRelu(node)) {
            return normalized.contains(input(node));
        }
        if (layer instanceof BatchNormalization) {
            return calls.get(layer.name()) == 1;
        }
        return layer instanceof ZeroPadding2D
                || isSumOfTwo(node)
                || layer instanceof MaxPooling2D
                || layer instanceof AveragePooling2D;
    }

    /** Whether an output is made of normalised ones, of which the inputs before are known. */
    private boolean isNormalized(Node node) {
        Layer layer = node.layer();
        boolean handsOn = Merge.isSum(layer)
                || layer instanceof MaxPooling2D
                || layer instanceof AveragePooling2D
                || layer instanceof ZeroPadding2D
                || Takers.isRelu(node);
        return layer instanceof BatchNormalization || (handsOn && normalized.containsAll(node.inputs()));
    }

    private boolean isSumOfTwo(Node node) {
        return Merge.isSum(node.layer())
                && node.inputs().size() == 2
                && node.inputs().stream()
                        .allMatch(input -> network.node(input).outputShape().equals(node.outputShape()));
    }

    /** Whether zeros around a feature map can be left to the one layer that takes it. */
    boolean isAbsorbedPadding(Node node) {
        return node.layer() instanceof ZeroPadding2D
                && takers.only(node)
                        .filter(taker -> taker.layer() instanceof Conv2D
                                || (taker.layer() instanceof MaxPooling2D && isAtLeastZero(node)))
                        .filter(this::isPlannable)
                        .isPresent();
    }

    /** Where nothing is below 0, a maximum is the same with zeros around as with nothing there. */
    private boolean isAtLeastZero(Node padding) {
        return Takers.isRelu(network.node(padding.inputs().get(0)));
    }

    private Optional<Node> ownRelu(Node node) {
        return takers.only(node).filter(Takers::isRelu).filter(this::isPlannable);
    }

    /** What a node of the body becomes; nothing where it is run with another. */
    Stream<PlannedLayer> planned(Node node) {
        Layer layer = node.layer();
        if (layer instanceof Conv2D convolution) {
            return Stream.of(convolution(node, convolution));
        }
        if (layer instanceof BatchNormalization normalization) {
            Optional<Node> relu = ownRelu(node);
            return Stream.of(new PlannedLayer.Normalization(
                    input(node), relu.orElse(node).name(), normalization, node.outputShape(), relu.isPresent()));
        }
        if (layer instanceof Merge) {
            Optional<Node> relu = ownRelu(node);
            return Stream.of(new PlannedLayer.Sum(
                    node.inputs().get(0),
                    node.inputs().get(1),
                    relu.orElse(node).name(),
                    relu.isPresent(),
                    isForgotten(network.node(node.inputs().get(0)))));
        }
        if (layer instanceof MaxPooling2D pooling) {
            return Stream.of(pooling(node, pooling.window(), true));
        }
        if (layer instanceof AveragePooling2D pooling) {
            return Stream.of(pooling(node, pooling.window(), false));
        }
        if (layer instanceof ZeroPadding2D zeros && !isAbsorbedPadding(node)) {
            Shape inside = network.node(input(node)).outputShape();
            return Stream.of(new PlannedLayer.Padding(input(node), node.name(), zeros, inside, node.outputShape()));
        }
        boolean apart = Takers.isRelu(node) && !isFusedRelu(node);
        return apart ? Stream.of(new PlannedLayer.Relu(input(node), node.name())) : Stream.empty();
    }

    /** Whether a single layer takes an output, and the way back does not: a normalisation goes by its input. */
    private boolean isForgotten(Node node) {
        return node.layer() instanceof BatchNormalization
                && isPlannable(node)
                && takers.only(node).isPresent();
    }

    private boolean isFusedRelu(Node relu) {
        Node before = network.node(input(relu));
        boolean fuses = before.layer() instanceof BatchNormalization || before.layer() instanceof Merge;
        return fuses && isPlannable(before) && ownRelu(before).isPresent();
    }

    private static String input(Node node) {
        return node.inputs().get(0);
    }

    private PlannedLayer convolution(Node node, Conv2D layer) {
        Optional<Node> padding = padding(node);
        Node source = network.node(input(padding.orElse(node)));
        return new PlannedLayer.Convolution(
                source.name(),
                node.name(),
                ConvolutionShape.of(layer, zeros(padding), source.outputShape(), node.outputShape()),
                new WeightName(layer.name(), "kernel"),
                layer.useBias() ? Optional.of(new WeightName(layer.name(), "bias")) : Optional.empty());
    }

    private Optional<Node> padding(Node node) {
        return Optional.of(network.node(input(node))).filter(this::isAbsorbedPadding);
    }

    private static ZeroPadding2D zeros(Optional<Node> padding) {
        return padding.map(node -> (ZeroPadding2D) node.layer()).orElse(NO_PADDING);
    }

    private PlannedLayer pooling(Node node, Window window, boolean maximum) {
        Optional<Node> padding = padding(node);
        ZeroPadding2D zeros = zeros(padding);
        Node source = network.node(input(padding.orElse(node)));
        Shape padded = network.node(input(node)).outputShape();
        PlannedLayer.Edges edges = new PlannedLayer.Edges(
                zeros.top() + window.top(padded.height()),
                zeros.left() + window.left(padded.width()),
                zeros.bottom() + window.bottom(padded.height()),
                zeros.right() + window.right(padded.width()));
        return new PlannedLayer.Pooling(source.name(), node.name(), window, maximum, edges, node.outputShape());
    }
}
