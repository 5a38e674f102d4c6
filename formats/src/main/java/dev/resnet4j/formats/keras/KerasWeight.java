package dev.resnet4j.formats.keras;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A weight of a network in the order in which Keras numbers them.
 *
 * @param name the weight's name in the network, {@code backbone/conv1/kernel}
 * @param spec its shape and whether the optimizer changes it
 * @param channelsFirst whether the file's layer works on (channels, height, width)
 */
record KerasWeight(WeightName name, WeightSpec spec, boolean channelsFirst) {
    /** The shape in the network. */
    Shape shape() {
        return spec.shape();
    }

    /** Whether it counts what a Normalization was adapted to, which Keras keeps as an integer. */
    boolean isCount() {
        return name.weight().equals("count");
    }

    /** The same weight, in a model of this path: {@code backbone/}. */
    KerasWeight inside(String prefix) {
        return new KerasWeight(new WeightName(prefix + name.layer(), name.weight()), spec, channelsFirst);
    }

    /**
     * A layer's weights as Keras's {@code layer.weights} gives them to the legacy format: those that an optimizer
     * changes before the others, a model's inside, too. A frozen layer's weights stand among the others.
     */
    static List<KerasWeight> of(KerasLayer layer) {
        return of(layer, "");
    }

    private static List<KerasWeight> of(KerasLayer layer, String prefix) {
        List<KerasWeight> weights = new ArrayList<>();
        if (layer.nested().isEmpty()) {
            layer.node()
                    .weights()
                    .forEach(spec -> weights.add(new KerasWeight(
                            new WeightName(prefix + layer.name(), spec.name()), spec, layer.channelsFirst())));
            return weights;
        }
        List<KerasWeight> others = new ArrayList<>();
        for (KerasLayer inner : layer.nested().get().layers()) {
            List<KerasWeight> all = of(inner, prefix + layer.name() + "/");
            Predicate<KerasWeight> trainable = weight -> !inner.node().frozen() && weight.spec.trainable();
            all.stream().filter(trainable).forEach(weights::add);
            all.stream().filter(trainable.negate()).forEach(others::add);
        }
        weights.addAll(others);
        return weights;
    }

    /** The weights that an optimizer changes, in its order. */
    static Map<WeightName, KerasWeight> trainable(LayeredNetwork network) {
        Map<WeightName, KerasWeight> weights = new LinkedHashMap<>();
        for (KerasLayer layer : network.layers()) {
            if (!layer.node().frozen()) {
                of(layer).stream()
                        .filter(weight -> weight.spec.trainable())
                        .forEach(weight -> weights.put(weight.name, weight));
            }
        }
        return weights;
    }
}
