package dev.resnet4j.model.resnet;

import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Residual blocks that start as their shortcuts: the gamma of the last batch normalisation of each block starts as zeros
 * instead of ones, so that the block's main path adds nothing at first (Goyal et al. 2017, "Accurate, large minibatch
 * SGD", section 5.1; torchvision's {@code zero_init_residual}).
 */
public final class ZeroInitResidual {
    private final Network network;
    private final Map<String, Integer> depths = new HashMap<>();

    private ZeroInitResidual(Network network) {
        this.network = network;
        network.nodes().forEach(node -> depths.put(node.name(), depth(node)));
    }

    /**
     * The same network with zeros for the last gamma of each block. Blocks whose main path does not end in a batch
     * normalisation, such as those of He et al. 2016, stay as they are.
     */
    public static Network apply(Network network) {
        Set<Layer> last = lastNormalizations(network);
        return network.withLayers(
                layer -> last.contains(layer) ? ((BatchNormalization) layer).withGammaInitializer(new Zeros()) : layer);
    }

    private static Set<Layer> lastNormalizations(Network network) {
        ZeroInitResidual blocks = new ZeroInitResidual(network);
        Set<Layer> last = new HashSet<>();
        for (Node node : network.nodes()) {
            if (node.layer() instanceof Network nested) {
                last.addAll(lastNormalizations(nested));
            }
            blocks.mainPath(node).flatMap(blocks::lastNormalization).ifPresent(last::add);
        }
        return last;
    }

    /** How many layers with weights lie on the longest way from the network's input to the node's output. */
    private int depth(Node node) {
        int before = node.inputs().stream().mapToInt(depths::get).max().orElse(0);
        return before + (node.weights().isEmpty() ? 0 : 1);
    }

    /** Where a node is the sum that ends a block: the end of the longer of the paths that meet there. */
    private Optional<Node> mainPath(Node node) {
        if (!Merge.isSum(node.layer())) {
            return Optional.empty();
        }
        List<String> fromDeepest = node.inputs().stream()
                .sorted(Comparator.comparing(depths::get).reversed())
                .toList();
        boolean residual = depths.get(fromDeepest.get(0)) > depths.get(fromDeepest.get(1));
        return residual ? Optional.of(network.node(fromDeepest.get(0))) : Optional.empty();
    }

    /** The normalisation that a path ends with; squeeze and excitation and activations may come after it. */
    private Optional<BatchNormalization> lastNormalization(Node end) {
        if (end.layer() instanceof BatchNormalization normalization) {
            return Optional.of(normalization).filter(BatchNormalization::scale);
        }
        boolean passed = end.layer() instanceof Activation
                || (end.layer() instanceof Merge merge && merge.operation() == Merge.Operation.MULTIPLY);
        return passed
                ? end.inputs().stream()
                        .map(network::node)
                        .map(this::lastNormalization)
                        .flatMap(Optional::stream)
                        .findFirst()
                : Optional.empty();
    }
}
