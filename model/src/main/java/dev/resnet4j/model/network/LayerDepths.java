package dev.resnet4j.model.network;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How deep each layer stands, counted as the field counts a network's layers: those with a kernel, on the longest way
 * from the input. In ResNet-50 the first convolution has depth 1 and the classifier depth 50; what has no kernel has the
 * depth of what comes before it. The convolution of a shortcut is as deep as the first one beside it.
 */
public final class LayerDepths {
    private LayerDepths() {}

    /** The depth at each node's output, by the nodes' names, in the network's order; 0 at the input. */
    public static Map<String, Integer> of(Network network) {
        Map<String, Integer> depths = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            int before = node.inputs().stream().mapToInt(depths::get).max().orElse(0);
            depths.put(node.name(), before + (hasKernel(node) ? 1 : 0));
        }
        return Collections.unmodifiableMap(depths);
    }

    private static boolean hasKernel(Node node) {
        return node.weights().stream()
                .anyMatch(weight -> new WeightName(node.layer().name(), weight.name()).isKernel());
    }
}
