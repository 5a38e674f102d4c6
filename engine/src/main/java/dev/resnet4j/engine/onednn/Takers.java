package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.ReLU;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which nodes of a network take each node's output: what decides whether two layers can be run as one. */
final class Takers {
    private final Map<String, List<Node>> ofOutput = new HashMap<>();

    Takers(Network network) {
        for (Node node : network.nodes()) {
            node.inputs()
                    .forEach(input -> ofOutput.computeIfAbsent(input, ignored -> new ArrayList<>())
                            .add(node));
        }
    }

    /** The one node that takes an output; empty where there are none or several. */
    Optional<Node> only(Node node) {
        List<Node> all = ofOutput.getOrDefault(node.name(), List.of());
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }

    /** Whether a node does nothing but max(x, 0). */
    static boolean isRelu(Node node) {
        return (node.layer() instanceof Activation activation && activation.function() == ActivationFunction.RELU)
                || node.layer().equals(new ReLU().withName(node.layer().name()));
    }
}
