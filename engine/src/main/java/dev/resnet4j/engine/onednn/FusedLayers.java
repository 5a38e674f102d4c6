package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A convolution and the layers around it that can be run as one with it, where the moving statistics normalise. Only a layer
 * that nobody else takes the output of goes into the next.
 *
 * @param padding zeros around its input
 * @param normalization of its output
 * @param addition of its output, normalised, to one other feature map of the same shape
 * @param activation a ReLU at the end
 */
record FusedLayers(
        Optional<Node> padding,
        Node convolution,
        Optional<Node> normalization,
        Optional<Node> addition,
        Optional<Node> activation) {
    private static final ZeroPadding2D NO_PADDING = new ZeroPadding2D(0);

    /** All convolutions of a network, by the name of the node whose output each makes. */
    static Map<String, FusedLayers> of(Network network) {
        Finder finder = new Finder(network);
        Map<String, FusedLayers> found = new LinkedHashMap<>();
        network.nodes().stream()
                .filter(node -> node.layer() instanceof Conv2D)
                .map(finder::around)
                .forEach(layers ->
                        layers.ifPresent(fused -> found.putIfAbsent(fused.last().name(), fused)));
        return found;
    }

    /** The feature map that is convolved. */
    String input() {
        return padding.orElse(convolution).inputs().get(0);
    }

    /** The feature map that is added. */
    Optional<String> residual() {
        String summand = normalization.orElse(convolution).name();
        return addition.map(sum -> sum.inputs().get(0).equals(summand)
                ? sum.inputs().get(1)
                : sum.inputs().get(0));
    }

    /** Whose output this makes. */
    Node last() {
        return activation.or(() -> addition).or(() -> normalization).orElse(convolution);
    }

    /** The layers, in order. */
    List<Node> nodes() {
        return Stream.of(padding, Optional.of(convolution), normalization, addition, activation)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * How the kernel slides.
     *
     * @param input the shape of the feature map before any padding, (height, width, channels)
     */
    ConvolutionShape shape(Shape input) {
        return ConvolutionShape.of(
                (Conv2D) convolution.layer(),
                padding.map(node -> (ZeroPadding2D) node.layer()).orElse(NO_PADDING),
                input,
                convolution.outputShape());
    }

    /** Whether what is below 0 becomes 0 at the end. */
    boolean endsWithRelu() {
        return activation.isPresent() || ((Conv2D) convolution.layer()).activation() == ActivationFunction.RELU;
    }

    /** Looks around each convolution. */
    private static final class Finder {
        private final Network network;
        private final Takers takers;

        Finder(Network network) {
            this.network = network;
            this.takers = new Takers(network);
        }

        /** Empty where the convolution has an activation that is not fused. */
        Optional<FusedLayers> around(Node convolution) {
            ActivationFunction own = ((Conv2D) convolution.layer()).activation();
            Optional<Node> padding = Optional.of(
                            network.node(convolution.inputs().get(0)))
                    .filter(node -> node.layer() instanceof ZeroPadding2D)
                    .filter(node -> takers.only(node).isPresent());
            if (own == ActivationFunction.RELU) {
                return Optional.of(
                        new FusedLayers(padding, convolution, Optional.empty(), Optional.empty(), Optional.empty()));
            }
            if (own != ActivationFunction.LINEAR) {
                return Optional.empty();
            }
            Optional<Node> normalization = next(convolution, node -> node.layer() instanceof BatchNormalization);
            Node summand = normalization.orElse(convolution);
            Optional<Node> addition = next(summand, node -> adds(node, summand));
            Optional<Node> activation = next(addition.orElse(summand), Takers::isRelu);
            return Optional.of(new FusedLayers(padding, convolution, normalization, addition, activation));
        }

        private Optional<Node> next(Node node, Predicate<Node> fits) {
            return takers.only(node).filter(fits);
        }

        /** Of two convolutions whose sum is taken, the first one takes the other's output in. */
        private boolean adds(Node node, Node summand) {
            if (!(node.layer() instanceof Merge merge && merge.operation() == Merge.Operation.ADD)
                    || node.inputs().size() != 2) {
                return false;
            }
            boolean sameShapes = node.inputs().stream()
                    .allMatch(input -> network.node(input).outputShape().equals(node.outputShape()));
            return sameShapes
                    && (node.inputs().get(0).equals(summand.name())
                            || !isConvolved(node.inputs().get(0)));
        }

        /** Whether an output is that of a convolution, normalised or not, which would take the sum in by itself. */
        private boolean isConvolved(String name) {
            Node node = network.node(name);
            Node maker = node.layer() instanceof BatchNormalization
                    ? network.node(node.inputs().get(0))
                    : node;
            return maker.layer() instanceof Conv2D convolution
                    && convolution.activation() == ActivationFunction.LINEAR
                    && takers.only(maker).isPresent()
                    && takers.only(node).isPresent();
        }
    }
}
