package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.DepthwiseConv2D;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.SeparableConv2D;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Who uses a layer's output: what decides how long it is kept and whether it may be overwritten. */
final class GraphUses {
    private final Map<String, Integer> consumers = new HashMap<>();
    private final Set<String> free = new HashSet<>();

    GraphUses(Network network) {
        for (Node node : network.nodes()) {
            node.inputs().forEach(input -> consumers.merge(input, 1, Integer::sum));
            if (backwardPassForgetsOutput(node.layer())) {
                free.add(node.name());
            }
        }
    }

    /** How many layers take each layer's output; without those that nobody takes. */
    Map<String, Integer> consumers() {
        return consumers;
    }

    /** Whether a layer may write its result over its first input: nobody else needs that, not even the way back. */
    boolean mayOverwriteFirstInput(Node node) {
        String input = node.inputs().get(0);
        return free.contains(input) && consumers.get(input) == 1;
    }

    /** Only layers whose output is memory of its own, never a view of an input, which others may still need. */
    private static boolean backwardPassForgetsOutput(Layer layer) {
        return layer instanceof BatchNormalization
                || Merge.isSum(layer)
                || (layer instanceof Conv2D convolution && convolution.activation() == ActivationFunction.LINEAR)
                || (layer instanceof DepthwiseConv2D depthwise && depthwise.activation() == ActivationFunction.LINEAR)
                || (layer instanceof SeparableConv2D separable && separable.activation() == ActivationFunction.LINEAR);
    }
}
