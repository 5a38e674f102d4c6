package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.OptimizerState;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.dataset.ContiguousDataset;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads {@code model.weights.h5} for a network that is known: each array's shape must be the network's before any
 * number is read, and together they must not be larger than the file.
 */
final class WeightsHdf5Reader implements AutoCloseable {
    private static final int MOST_PROBLEMS_NAMED = 10;

    /** Keras counts in 64 bits on TensorFlow and in 32 on JAX; jhdf tells a single number's type by its box. */
    private static final Set<Class<?>> COUNT_TYPES = Set.of(Long.class, Integer.class);

    private final HdfFile file;
    private final long fileSize;

    private WeightsHdf5Reader(HdfFile file, long fileSize) {
        this.file = file;
        this.fileSize = fileSize;
    }

    static WeightsHdf5Reader open(ByteBuffer bytes) {
        // jhdf moves the position and the limit of what it is given.
        return new WeightsHdf5Reader(HdfFile.fromByteBuffer(bytes.duplicate()), bytes.remaining());
    }

    @Override
    public void close() {
        file.close();
    }

    Weights readWeights(LayeredNetwork network) {
        Map<WeightName, Dataset> datasets = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        Map<String, String> groups = WeightGroups.of(network.nodes());
        for (Node node : network.network().nodes()) {
            find(node, WeightGroups.LAYERS + "/" + groups.get(node.name()), datasets, problems);
        }
        requireNone(problems);
        requireRoom(datasets);
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        datasets.forEach((name, dataset) -> arrays.put(name, read(dataset)));
        return new Weights(arrays);
    }

    /** Adds the data sets of a layer, or what is wrong with them. */
    private void find(Node node, String group, Map<WeightName, Dataset> datasets, List<String> problems) {
        Map<String, Dataset> stored = variables(group);
        if (stored.size() != node.weights().size()) {
            problems.add("layer '" + node.name() + "' needs " + node.weights().size() + " arrays, but " + group
                    + " has " + stored.size());
            return;
        }
        int number = 0;
        for (WeightSpec spec : node.weights()) {
            WeightName name = new WeightName(node.name(), spec.name());
            Dataset dataset = stored.get(String.valueOf(number++));
            if (dataset == null) {
                problems.add("'" + name + "' is missing in " + group);
            } else if (!isFloats(dataset, spec.shape())) {
                problems.add("'" + name + "' must be float32 of shape " + spec.shape() + ", but " + describe(dataset));
            } else {
                datasets.put(name, dataset);
            }
        }
    }

    /** What the optimizer remembers, or empty if the file has not all of it. */
    Optional<OptimizerState> readOptimizerState(LayeredNetwork network, Optimizer optimizer) {
        Map<String, Dataset> stored = variables(WeightGroups.OPTIMIZER);
        List<String> slots = optimizer.slots();
        Map<WeightName, Shape> trainable = OptimizerVariables.trainable(network.nodes());
        int number = OptimizerVariables.variablesBeforeSlots(optimizer);
        if (stored.size() != number + trainable.size() * slots.size() || !isCount(stored.get("0"))) {
            return Optional.empty();
        }
        Map<WeightName, Map<String, Dataset>> datasets = new LinkedHashMap<>();
        if (!slots.isEmpty()) {
            for (Map.Entry<WeightName, Shape> weight : trainable.entrySet()) {
                Map<String, Dataset> ofWeight = new LinkedHashMap<>();
                for (String slot : slots) {
                    Dataset dataset = stored.get(String.valueOf(number++));
                    if (dataset == null || !isFloats(dataset, weight.getValue())) {
                        return Optional.empty();
                    }
                    ofWeight.put(slot, dataset);
                }
                datasets.put(weight.getKey(), ofWeight);
            }
        }
        return Optional.of(
                new OptimizerState(((Number) stored.get("0").getData()).longValue(), read(network, datasets)));
    }

    /** The slots in the network's order, not the file's. */
    private Map<WeightName, Map<String, NdArray>> read(
            LayeredNetwork network, Map<WeightName, Map<String, Dataset>> datasets) {
        datasets.values().forEach(this::requireRoom);
        Map<WeightName, Map<String, NdArray>> slots = new LinkedHashMap<>();
        for (WeightName weight :
                OptimizerVariables.trainable(network.network().nodes()).keySet()) {
            if (datasets.containsKey(weight)) {
                Map<String, NdArray> arrays = new LinkedHashMap<>();
                datasets.get(weight).forEach((slot, dataset) -> arrays.put(slot, read(dataset)));
                slots.put(weight, arrays);
            }
        }
        return slots;
    }

    /** The numbered data sets of a group's {@code vars}; none where there is no such group. Links are not followed. */
    private Map<String, Dataset> variables(String path) {
        Group group = file;
        for (String name : (path + "/" + WeightGroups.VARIABLES).split("/", -1)) {
            if (!(group.getChildren().get(name) instanceof Group child)) {
                return Map.of();
            }
            group = child;
        }
        return group.getChildren().entrySet().stream()
                .filter(child -> child.getValue() instanceof Dataset)
                .collect(Collectors.toMap(Map.Entry::getKey, child -> (Dataset) child.getValue()));
    }

    private static boolean isFloats(Dataset dataset, Shape shape) {
        long[] sizes = shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
        return dataset instanceof ContiguousDataset
                && dataset.getJavaType() == float.class
                && dataset.getDataType().getSize() == Float.BYTES
                && Arrays.equals(dataset.getDimensionsAsLong(), sizes);
    }

    private static boolean isCount(Dataset dataset) {
        return dataset instanceof ContiguousDataset
                && COUNT_TYPES.contains(dataset.getJavaType())
                && dataset.isScalar();
    }

    private static String describe(Dataset dataset) {
        return dataset.getPath() + " is " + dataset.getDataLayout() + " "
                + dataset.getJavaType().getSimpleName() + " of shape "
                + Arrays.toString(dataset.getDimensionsAsLong());
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

    private void requireRoom(Map<?, Dataset> datasets) {
        long bytes =
                datasets.values().stream().mapToLong(Dataset::getSizeInBytes).reduce(0, Math::addExact);
        if (bytes > fileSize) {
            throw new FormatException(
                    KerasFile.WEIGHTS_ENTRY,
                    "its arrays are declared with " + bytes + " bytes, more than its own " + fileSize,
                    Advice.SAVE_AGAIN);
        }
    }

    private static NdArray read(Dataset dataset) {
        if (dataset.isEmpty()) {
            throw new FormatException(
                    KerasFile.WEIGHTS_ENTRY, dataset.getPath() + " has no numbers", Advice.SAVE_AGAIN);
        }
        float[] values = new float[Math.toIntExact(dataset.getSize())];
        ((ContiguousDataset) dataset).getBuffer().asFloatBuffer().get(values);
        Shape shape = new Shape(Arrays.stream(dataset.getDimensions()).boxed().toList());
        return new NdArray(shape, values);
    }
}
