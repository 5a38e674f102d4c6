package dev.resnet4j.model.network;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The numbers of a network's weights, in Keras's shapes and in the order of the network's layers.
 *
 * @param arrays each weight by its name, in order
 */
public record Weights(Map<WeightName, NdArray> arrays) {
    /** Takes a copy of the map, not of the numbers. */
    public Weights {
        arrays = Collections.unmodifiableMap(new LinkedHashMap<>(arrays));
    }

    /** The initial numbers of a network: the same network always starts from the same numbers. */
    public static Weights initialize(Network network) {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        network.weights()
                .forEach((name, spec) -> arrays.put(name, spec.initializer().initialize(spec.shape())));
        return new Weights(arrays);
    }

    /**
     * One weight.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public NdArray get(String layer, String weight) {
        WeightName name = new WeightName(layer, weight);
        NdArray array = arrays.get(name);
        if (array == null) {
            throw new IllegalArgumentException("there is no weight named '" + name + "'");
        }
        return array;
    }

    /**
     * Checks that these are the weights of a network.
     *
     * @throws IllegalArgumentException if a weight of the network is missing, superfluous or of another shape
     */
    public void requireFit(Network network) {
        Set<WeightName> superfluous = new LinkedHashSet<>(arrays.keySet());
        network.weights().forEach((name, spec) -> {
            NdArray array = get(name.layer(), name.weight());
            if (!array.shape().equals(spec.shape())) {
                throw new IllegalArgumentException(
                        "weight '" + name + "' has shape " + array.shape() + " but the network needs " + spec.shape());
            }
            superfluous.remove(name);
        });
        if (!superfluous.isEmpty()) {
            throw new IllegalArgumentException("network '" + network.name() + "' has no weight named '"
                    + superfluous.iterator().next() + "'");
        }
    }
}
