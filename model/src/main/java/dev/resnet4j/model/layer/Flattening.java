package dev.resnet4j.model.layer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the layers of nested networks in the place of the networks. */
final class Flattening {
    private final List<Node> flat = new ArrayList<>();

    /** How often each layer has been called so far: a nested network that is called twice calls its layers twice. */
    private final Map<String, Integer> calls = new HashMap<>();

    Flattening(Network network) {
        Map<String, String> outputs = new HashMap<>();
        Node input = network.nodes().get(0);
        flat.add(input);
        outputs.put(input.name(), input.name());
        addAllButInput(network, "", false, outputs);
    }

    List<Node> nodes() {
        return flat;
    }

    /** @param outputs for each node of the network the flat node that gives its output; holds the input's already */
    private void addAllButInput(Network network, String prefix, boolean frozen, Map<String, String> outputs) {
        for (Node node : network.nodes().subList(1, network.nodes().size())) {
            List<String> inputs = node.inputs().stream().map(outputs::get).toList();
            outputs.put(node.name(), add(node, inputs, prefix, frozen || node.frozen()));
        }
    }

    /** Adds a node or all of a nested network's, and gives the name of the one with the output. */
    private String add(Node node, List<String> inputs, String prefix, boolean frozen) {
        String name = prefix + node.layer().name();
        if (node.layer() instanceof Network nested) {
            Map<String, String> outputs = new HashMap<>();
            outputs.put(nested.nodes().get(0).name(), inputs.get(0));
            addAllButInput(nested, name + "/", frozen, outputs);
            return outputs.get(nested.output().name());
        }
        int call = calls.merge(name, 1, Integer::sum) - 1;
        List<WeightSpec> weights =
                frozen ? node.weights().stream().map(WeightSpec::frozen).toList() : node.weights();
        Node added = new Node(node.layer().withName(name), call, inputs, node.outputShape(), weights, frozen);
        flat.add(added);
        return added.name();
    }
}
