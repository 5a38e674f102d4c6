package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.hdf5.Hdf5Dataset;
import dev.resnet4j.formats.hdf5.Hdf5File;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.OptimizerState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code model.weights.h5} for a network that is known: each array's shape must be the network's before any
 * number is read.
 */
final class WeightsHdf5Reader implements AutoCloseable {
    private static final int MOST_PROBLEMS_NAMED = 10;

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
        Map<WeightName, Hdf5Dataset> datasets = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> groups = WeightGroups.of(network.nodes());
        for (Node node : network.network().nodes()) {
            find(node, WeightGroups.LAYERS + "/" + groups.get(node.name()), datasets, problems);
        }
        requireNone(problems);
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        datasets.forEach((name, dataset) -> arrays.put(name, dataset.read()));
        return new Weights(arrays);
    }

    /** Adds the data sets of a layer, or what is wrong with them. */
    private void find(Node node, String group, Map<WeightName, Hdf5Dataset> datasets, List<String> problems) {
        Map<String, Hdf5Dataset> stored = variables(group);
        if (stored.size() != node.weights().size()) {
            problems.add("layer '" + node.name() + "' needs " + node.weights().size() + " arrays, but " + group
                    + " has " + stored.size());
            return;
        }
        int number = 0;
        for (WeightSpec spec : node.weights()) {
            WeightName name = new WeightName(node.name(), spec.name());
            Hdf5Dataset dataset = stored.get(String.valueOf(number++));
            if (dataset == null) {
                problems.add("'" + name + "' is missing in " + group);
            } else if (!isFloats(dataset, spec.shape())) {
                problems.add("'" + name + "' must be float32 of shape " + spec.shape() + ", but " + dataset.path()
                        + " is " + dataset);
            } else {
                datasets.put(name, dataset);
            }
        }
    }

    /** What the optimizer remembers, or empty if the file has not all of it. */
    Optional<OptimizerState> readOptimizerState(LayeredNetwork network, Optimizer optimizer) {
        Map<String, Hdf5Dataset> stored = variables(WeightGroups.OPTIMIZER);
        List<String> slots = optimizer.slots();
        Map<WeightName, Shape> trainable = OptimizerVariables.trainable(network.nodes());
        int number = OptimizerVariables.variablesBeforeSlots(optimizer);
        if (stored.size() != number + trainable.size() * slots.size()
                || !stored.containsKey("0")
                || !stored.get("0").isInteger()) {
            return Optional.empty();
        }
        Map<WeightName, Map<String, Hdf5Dataset>> datasets = new LinkedHashMap<>();
        if (!slots.isEmpty()) {
            for (Map.Entry<WeightName, Shape> weight : trainable.entrySet()) {
                Map<String, Hdf5Dataset> ofWeight = new LinkedHashMap<>();
                for (String slot : slots) {
                    Hdf5Dataset dataset = stored.get(String.valueOf(number++));
                    if (dataset == null || !isFloats(dataset, weight.getValue())) {
                        return Optional.empty();
                    }
                    ofWeight.put(slot, dataset);
                }
                datasets.put(weight.getKey(), ofWeight);
            }
        }
        return Optional.of(new OptimizerState(stored.get("0").readInteger(), read(network, datasets)));
    }

    /** The slots in the network's order, not the file's. */
    private Map<WeightName, Map<String, NdArray>> read(
            LayeredNetwork network, Map<WeightName, Map<String, Hdf5Dataset>> datasets) {
        Map<WeightName, Map<String, NdArray>> slots = new LinkedHashMap<>();
        for (WeightName weight :
                OptimizerVariables.trainable(network.network().nodes()).keySet()) {
            if (datasets.containsKey(weight)) {
                Map<String, NdArray> arrays = new LinkedHashMap<>();
                datasets.get(weight).forEach((slot, dataset) -> arrays.put(slot, dataset.read()));
                slots.put(weight, arrays);
            }
        }
        return slots;
    }

    /** The numbered data sets of a group's {@code vars}; none where there is no such group. */
    private Map<String, Hdf5Dataset> variables(String path) {
        Map<String, Hdf5Dataset> variables = new LinkedHashMap<>();
        file.root().group(path + "/" + WeightGroups.VARIABLES).ifPresent(group -> {
            for (String name : group.datasetNames()) {
                variables.put(name, group.dataset(name).orElseThrow());
            }
        });
        return variables;
    }

    private static boolean isFloats(Hdf5Dataset dataset, Shape shape) {
        return dataset.isFloat32() && dataset.hasShape(shape);
    }

    private static void requireNone(List<String> problems) {
        if (!problems.isEmpty()) {
            int more = problems.size() - MOST_PROBLEMS_NAMED;
            throw new FormatException(
                    KerasFile.WEIGHTS_ENTRY,
                    String.join(", ", problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS_NAMED)))
                            + (more > 0 ? " and " + more + " more" : ""),
                    "the weights are not of the network in " + KerasFile.CONFIG_ENTRY + ": save the model again");
        }
    }
}
