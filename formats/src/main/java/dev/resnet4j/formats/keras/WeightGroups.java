package dev.resnet4j.formats.keras;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The groups of {@code model.weights.h5} that hold the layers' weights. Keras names them not by the layers but by their
 * classes, numbered in the model's order: {@code layers/conv2d}, {@code layers/conv2d_1}. The arrays of each are
 * numbered in the group {@code vars} inside; a model inside has {@code layers} of its own.
 */
final class WeightGroups {
    static final String LAYERS = "layers";
    /** The same in tf.keras 2.12 to 2.15. */
    static final String LAYERS_OF_TF_KERAS = "_layer_checkpoint_dependencies";

    static final String OPTIMIZER = "optimizer";
    static final String VARIABLES = "vars";
    static final String NAME = "name";

    private WeightGroups() {}

    /** The group of each layer by the layer's name, in order. */
    static Map<String, String> of(List<KerasLayer> layers) {
        Map<String, Integer> used = new HashMap<>();
        Map<String, String> groups = new LinkedHashMap<>();
        for (KerasLayer layer : layers) {
            String kind = layer.node().layer().automaticName();
            int number = used.merge(kind, 1, Integer::sum) - 1;
            groups.put(layer.name(), number == 0 ? kind : kind + "_" + number);
        }
        return groups;
    }
}
