package dev.resnet4j.model.resnet;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.network.LayerDepths;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Networks to hold residual ones against. Each is the given network with some layers left out; the layers that stay have
 * their names, so the same kernels start from the same numbers. Nested networks are flattened, and no layer is frozen.
 */
public final class PlainNetwork {
    private PlainNetwork() {}

    /**
     * The plain counterpart of a residual network (He et al. 2015, section 3.3): the same main path without the shortcuts.
     * Each residual sum is left out, and of its inputs the deepest alone goes on, which is the main path; the convolutions
     * and normalisations of shortcuts go with them.
     *
     * @throws InvalidNetworkException if the network has no residual sum
     */
    public static Network of(Network residual) {
        Network network = residual.flattened();
        if (network.nodes().stream().noneMatch(node -> Merge.isSum(node.layer()))) {
            throw new InvalidNetworkException(
                    "network '" + residual.name() + "' has no residual sum: it is plain already");
        }
        Map<String, Integer> depths = LayerDepths.of(network);
        return leavingOut(
                network.withName("Plain" + residual.name()),
                node -> Merge.isSum(node.layer()) ? Optional.of(deepest(node.inputs(), depths)) : Optional.empty());
    }

    private static String deepest(List<String> names, Map<String, Integer> depths) {
        return names.stream().max(Comparator.comparing(depths::get)).orElseThrow();
    }

    /** The network without its batch normalisations. */
    public static Network withoutBatchNormalization(Network network) {
        return leavingOut(
                network.flattened(),
                node -> node.layer() instanceof BatchNormalization
                        ? Optional.of(node.inputs().get(0))
                        : Optional.empty());
    }

    /** @param passedOn the input that takes a node's place; empty for a node that stays */
    private static Network leavingOut(Network network, Function<Node, Optional<String>> passedOn) {
        Map<String, SymbolicTensor> outputs = new HashMap<>();
        for (Node node : network.nodes()) {
            outputs.put(node.name(), passedOn.apply(node).map(outputs::get).orElseGet(() -> applied(node, outputs)));
        }
        return Network.of(
                network.name(),
                outputs.get(network.nodes().get(0).name()),
                outputs.get(network.output().name()));
    }

    private static SymbolicTensor applied(Node node, Map<String, SymbolicTensor> outputs) {
        return node.layer().apply(node.inputs().stream().map(outputs::get).toArray(SymbolicTensor[]::new));
    }
}
