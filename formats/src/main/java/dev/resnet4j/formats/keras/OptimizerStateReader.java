package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.hdf5.Hdf5Dataset;
import dev.resnet4j.formats.hdf5.Hdf5Group;
import dev.resnet4j.formats.keras.StoredLayer.StoredArray;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.OptimizerState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an optimizer remembers, from its variables in a file: the steps taken, in Keras 3 the learning rate, then the
 * slots of the trainable weights, after their averages where Keras 3 or tf.keras since 2.11 keeps them. Keras 1, 2 and tf.keras up to 2.10 keep each slot of all weights together, and Keras
 * 2 a third one of Adam's that is not used; tf.keras since 2.11 and Keras 3 keep all slots of a weight together.
 */
final class OptimizerStateReader {
    private final List<KerasWeight> weights;
    private final LayeredNetwork network;
    private final List<String> slots;
    private final StoredForm form;

    private OptimizerStateReader(LayeredNetwork network, Compilation compilation, StoredForm form) {
        this.weights = List.copyOf(KerasWeight.trainable(network).values());
        this.network = network;
        this.slots = compilation.optimizer().slots();
        this.form = form;
    }

    /**
     * Empty if the variables are not those of this optimizer and these weights.
     *
     * @param root of the file, for the averages that are not the optimizer's
     * @param weights as they were read from the file
     * @param compilation in Keras's words, which tell what variables there are
     */
    static Optional<OptimizerState> read(
            List<StoredArray> variables,
            Hdf5Group root,
            LayeredNetwork network,
            Weights weights,
            Compilation compilation,
            StoredForm form) {
        if (variables.isEmpty() || !variables.get(0).dataset().sizes().isEmpty()) {
            return Optional.empty();
        }
        Hdf5Dataset steps = variables.get(0).dataset();
        // Keras 1 counts in float32.
        long iterations =
                steps.isInteger() ? steps.readInteger() : (long) steps.read().values()[0];
        if (iterations < 0) {
            return Optional.empty();
        }
        // Keras counts batches where several make one step, and keeps their gradients, which are left out.
        int batchesOfStep = compilation.gradientAccumulationSteps();
        List<StoredArray> arrays = variables.stream()
                .filter(array -> !array.dataset().sizes().isEmpty())
                .toList();
        OptimizerStateReader reader = new OptimizerStateReader(network, compilation, form);
        int averages = compilation.average().isPresent() ? reader.weights.size() : 0;
        int gradients = batchesOfStep > 1 ? reader.weights.size() : 0;
        if (arrays.size() < averages + gradients) {
            return Optional.empty();
        }
        return reader.slots(arrays.subList(averages + gradients, arrays.size()))
                .map(slots -> new OptimizerState(iterations / batchesOfStep, slots))
                .flatMap(state -> averages == 0
                        ? Optional.of(state)
                        : reader.averages(arrays.subList(0, averages))
                                .map(trainable -> AveragedStatistics.read(root, network.network(), weights, trainable))
                                .map(average -> state.withAverage(Optional.of(average))));
    }

    /** Those of the trainable weights; empty if a shape does not fit. */
    private Optional<Map<WeightName, NdArray>> averages(List<StoredArray> arrays) {
        Map<WeightName, NdArray> averages = new LinkedHashMap<>();
        for (int index = 0; index < weights.size(); index++) {
            KerasWeight weight = weights.get(index);
            if (!form.fits(arrays.get(index).dataset(), weight)) {
                return Optional.empty();
            }
            averages.put(weight.name(), form.read(arrays.get(index).dataset(), weight));
        }
        return Optional.of(averages);
    }

    private Optional<Map<WeightName, Map<String, NdArray>>> slots(List<StoredArray> arrays) {
        if (slots.isEmpty()) {
            // Keras 2 keeps SGD's momentum where there is none.
            return areNumbered(arrays) ? Optional.empty() : Optional.of(Map.of());
        }
        int needed = weights.size() * slots.size();
        boolean unusedSlot = arrays.size() == needed + weights.size()
                && arrays.subList(needed, arrays.size()).stream()
                        .allMatch(array -> array.dataset().sizes().equals(List.of(1L)));
        if (arrays.size() != needed && !unusedSlot) {
            return Optional.empty();
        }
        boolean together = areTogether(arrays);
        return placed(arrays, together).or(() -> placed(arrays, !together)).map(this::read);
    }

    /** Whether the second array is of the same weight as the first. In {@code .keras} files they have numbers only. */
    private static boolean areTogether(List<StoredArray> arrays) {
        if (arrays.size() < 2) {
            return true;
        }
        String first = arrays.get(0).name();
        String second = arrays.get(1).name();
        Set<String> partners = new HashSet<>(List.of(
                first.replace("/m/", "/v/"), first.replace("/m:0", "/v:0"), first.replace("momentum", "velocity")));
        return areNumbered(arrays) || (!first.equals(second) && partners.contains(second));
    }

    private static boolean areNumbered(List<StoredArray> arrays) {
        return !arrays.isEmpty() && arrays.get(0).name().matches("\\d+");
    }

    /** Each weight's arrays in the order of the slots; empty if a shape does not fit. */
    private Optional<Map<KerasWeight, List<StoredArray>>> placed(List<StoredArray> arrays, boolean together) {
        Map<KerasWeight, List<StoredArray>> placed = new LinkedHashMap<>();
        for (int index = 0; index < weights.size(); index++) {
            List<StoredArray> ofWeight = new ArrayList<>();
            for (int slot = 0; slot < slots.size(); slot++) {
                StoredArray array = arrays.get(together ? index * slots.size() + slot : slot * weights.size() + index);
                if (!form.fits(array.dataset(), weights.get(index))) {
                    return Optional.empty();
                }
                ofWeight.add(array);
            }
            placed.put(weights.get(index), ofWeight);
        }
        return Optional.of(placed);
    }

    /** In the network's order, not the file's. */
    private Map<WeightName, Map<String, NdArray>> read(Map<KerasWeight, List<StoredArray>> placed) {
        Map<WeightName, Map<String, NdArray>> read = new LinkedHashMap<>();
        network.network().trainableWeights().keySet().forEach(name -> read.put(name, new LinkedHashMap<>()));
        placed.forEach((weight, arrays) -> {
            for (int slot = 0; slot < slots.size(); slot++) {
                read.get(weight.name())
                        .put(slots.get(slot), form.read(arrays.get(slot).dataset(), weight));
            }
        });
        return read;
    }
}
