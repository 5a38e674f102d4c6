package dev.resnet4j.formats.keras;

import dev.resnet4j.model.layer.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of {@code model.weights.h5} that hold the layers' weights. Keras names them not by the layers but by their
 * classes, numbered in the model's order: {@code layers/conv2d}, {@code layers/conv2d_1}. The arrays of each are
 * numbered in the group {@code vars} inside.
 */
final class WeightGroups {
    static final String LAYERS = "layers";
    static final String OPTIMIZER = "optimizer";
    static final String VARIABLES = "vars";
    static final String NAME = "name";

    private WeightGroups() {}

    /** The group of each layer by the layer's name, in order. */
    static Map<String, String> of(List<Node> nodes) {
        Map<String, Integer> used = new HashMap<>();
        Map<String, String> groups = new LinkedHashMap<>();
        for (Node node : nodes) {
            String kind = node.layer().automaticName();
            int number = used.merge(kind, 1, Integer::sum) - 1;
            groups.put(node.name(), number == 0 ? kind : kind + "_" + number);
        }
        return groups;
    }
}
