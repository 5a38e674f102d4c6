package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.hdf5.Hdf5File;
import dev.resnet4j.formats.hdf5.Hdf5Group;
import dev.resnet4j.formats.keras.StoredLayer.StoredArray;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.OptimizerState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads {@code model.weights.h5} for a network that is known: each array's shape must be the network's before any
 * number is read.
 */
final class WeightsHdf5Reader implements AutoCloseable {
    private final Hdf5File file;

    private WeightsHdf5Reader(Hdf5File file) {
        this.file = file;
    }

    static WeightsHdf5Reader open(ByteBuffer bytes) {
        return new WeightsHdf5Reader(Hdf5File.open(KerasFile.WEIGHTS_ENTRY, bytes));
    }

    @Override
    public void close() {
        file.close();
    }

    Weights readWeights(LayeredNetwork network) {
        WeightMatch match = new WeightMatch(StoredForm.PLAIN);
        matchWeights(file.root(), network, match);
        match.requireNoProblems(
                KerasFile.WEIGHTS_ENTRY,
                "the weights are not of the network in " + KerasFile.CONFIG_ENTRY + ": save the model again");
        return new Weights(match.read());
    }

    /** Whether this is Keras 3's layout, or that of tf.keras 2.12 to 2.15. */
    static boolean isLaidOutSo(Hdf5Group root) {
        return root.group(WeightGroups.LAYERS).isPresent()
                || root.group(WeightGroups.LAYERS_OF_TF_KERAS).isPresent();
    }

    /** Finds the arrays of all layers by their places in the network. */
    static void matchWeights(Hdf5Group root, LayeredNetwork network, WeightMatch match) {
        match(root, network, "", match);
    }

    private static void match(Hdf5Group model, LayeredNetwork network, String prefix, WeightMatch match) {
        Map<String, Hdf5Group> groups = groups(model, network.layers());
        for (KerasLayer layer : network.layers()) {
            Optional<Hdf5Group> group = Optional.ofNullable(groups.get(layer.name()));
            if (layer.nested().isPresent() && group.isPresent()) {
                match(group.get(), layer.nested().get(), prefix + layer.name() + "/", match);
            } else {
                List<KerasWeight> weights = KerasWeight.of(layer).stream()
                        .map(weight -> weight.inside(prefix))
                        .toList();
                List<StoredArray> arrays = group.map(StoredLayer::numbered).orElse(List.of());
                match.take(
                        prefix + layer.name(),
                        weights,
                        arrays,
                        group.map(Hdf5Group::path).orElse("the file"));
            }
        }
    }

    private static Map<String, Hdf5Group> groups(Hdf5Group model, List<KerasLayer> layers) {
        Map<String, Hdf5Group> groups = new LinkedHashMap<>();
        Optional<Hdf5Group> container = model.group(WeightGroups.LAYERS);
        if (container.isPresent()) {
            WeightGroups.of(layers)
                    .forEach((layer, name) -> container.get().group(name).ifPresent(group -> groups.put(layer, group)));
            return groups;
        }
        model.group(WeightGroups.LAYERS_OF_TF_KERAS).ifPresent(older -> addByRank(older, layers, groups));
        return groups;
    }

    /** tf.keras counts a layer with weights twice, so numbers are left out: only their order tells. */
    private static void addByRank(Hdf5Group container, List<KerasLayer> layers, Map<String, Hdf5Group> groups) {
        Map<String, List<Hdf5Group>> byKind = new HashMap<>();
        for (KerasLayer layer : layers) {
            if (layer.node().weights().isEmpty()) {
                continue;
            }
            String kind = layer.node().layer().automaticName();
            List<Hdf5Group> left = byKind.computeIfAbsent(kind, name -> withArrays(container, name));
            if (!left.isEmpty()) {
                groups.put(layer.name(), left.remove(0));
            }
        }
    }

    private static List<Hdf5Group> withArrays(Hdf5Group container, String kind) {
        Map<Integer, Hdf5Group> numbered = new TreeMap<>();
        for (String name : container.groupNames()) {
            String number = name.equals(kind) ? "_0" : name.startsWith(kind) ? name.substring(kind.length()) : "";
            Hdf5Group group = container.group(name).orElseThrow();
            if (number.matches("_\\d{1,6}") && (!StoredLayer.numbered(group).isEmpty() || isLaidOutSo(group))) {
                numbered.put(Integer.parseInt(number.substring(1)), group);
            }
        }
        return new ArrayList<>(numbered.values());
    }

    /** What the optimizer remembers, or empty if the file has not all of it. */
    Optional<OptimizerState> readOptimizerState(LayeredNetwork network, Weights weights, Compilation compilation) {
        List<StoredArray> variables = file.root()
                .group(WeightGroups.OPTIMIZER)
                .map(StoredLayer::numbered)
                .orElse(List.of());
        return OptimizerStateReader.read(variables, file.root(), network, weights, compilation, StoredForm.PLAIN);
    }
}
