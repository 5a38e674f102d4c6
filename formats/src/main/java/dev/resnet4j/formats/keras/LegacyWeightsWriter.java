package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.hdf5.Hdf5Writer;
import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Network.Kind;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.OptimizerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lays weights and the optimizer's state out as tf.keras 2.11 to 2.15 do in {@code .h5}. */
final class LegacyWeightsWriter {
    /** The version whose form the files have. */
    static final String KERAS_VERSION = "2.15.0";

    private static final String BACKEND = "tensorflow";

    private static final String TOP_LEVEL = "top_level_model_weights";

    private final Hdf5Writer file;

    LegacyWeightsWriter(Hdf5Writer file) {
        this.file = file;
    }

    /** Says at the root of a whole model which Keras would have written it. */
    void addVersion() {
        file.setString("/", KerasHdf5File.VERSION, KERAS_VERSION);
        file.setString("/", KerasHdf5File.BACKEND, BACKEND);
    }

    /** @param group the root, {@code /}, or {@code model_weights} */
    void addWeights(String group, Network network, Weights weights) {
        // A Sequential does not count its input among its layers.
        List<KerasLayer> layers = LayeredNetwork.of(network).layers().stream()
                .filter(layer ->
                        network.kind() == Kind.FUNCTIONAL || !(layer.node().layer() instanceof InputLayer))
                .toList();
        String start = group.equals("/") ? "" : group + "/";
        if (!start.isEmpty()) {
            file.addGroup(group);
        }
        file.setBytes(group, KerasHdf5File.VERSION, KERAS_VERSION);
        file.setBytes(group, KerasHdf5File.BACKEND, BACKEND);
        file.setNames(
                group,
                StoredLayer.LAYER_NAMES,
                layers.stream().map(KerasLayer::name).toList());
        // The outer groups first: a layer 'block' may stand behind a layer 'block/conv', whose group is inside.
        layers.stream().map(KerasLayer::name).sorted().forEach(name -> file.addGroup(start + name));
        for (KerasLayer layer : layers) {
            addLayer(start + layer.name(), layer, weights);
        }
        // Where tf.keras since 2.6 keeps weights that belong to no layer.
        file.addGroup(start + TOP_LEVEL);
        file.setNames(start + TOP_LEVEL, StoredLayer.WEIGHT_NAMES, List.of());
    }

    private void addLayer(String group, KerasLayer layer, Weights weights) {
        List<String> names = new ArrayList<>();
        for (KerasWeight weight : KerasWeight.of(layer)) {
            WeightName name = weight.name();
            // Names of weights inside a model leave its own out.
            String owner = layer.nested().isPresent()
                    ? name.layer().substring(layer.name().length() + 1)
                    : name.layer();
            String stored = owner + "/" + name.weight() + ":0";
            names.add(stored);
            NdArray array = weights.get(name.layer(), name.weight());
            if (weight.isCount()) {
                file.addInt64(group + "/" + stored, array.shape(), (long) array.values()[0]);
            } else {
                file.add(group + "/" + stored, array);
            }
        }
        file.setNames(group, StoredLayer.WEIGHT_NAMES, names);
    }

    void addOptimizer(Network network, Optimizer optimizer, OptimizerState state) {
        String group = KerasHdf5File.OPTIMIZER_WEIGHTS;
        List<String> names = new ArrayList<>(List.of("iteration:0"));
        file.addInt64(group + "/iteration:0", Shape.of(), state.iterations());
        String className = OptimizerConfig.className(optimizer);
        Set<WeightName> trainable =
                KerasWeight.trainable(LayeredNetwork.of(network)).keySet();
        state.average()
                .ifPresent(average -> trainable.forEach(weight -> {
                    String name = className + "/average/" + weight + ":0";
                    names.add(name);
                    file.add(group + "/" + name, average.arrays().get(weight));
                }));
        for (WeightName weight : trainable) {
            for (String slot : optimizer.slots()) {
                String letter = slot.substring(0, 1).toLowerCase(Locale.ROOT);
                String name = className + "/" + letter + "/" + weight + ":0";
                names.add(name);
                file.add(group + "/" + name, state.slots().get(weight).get(slot));
            }
        }
        file.setNames(group, StoredLayer.WEIGHT_NAMES, names);
    }
}
