package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.keras.StoredLayer.StoredArray;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the arrays of a file for the weights of layers, and gathers what does not fit. */
final class WeightMatch {
    private static final int MOST_PROBLEMS_NAMED = 10;

    private final StoredForm form;
    private final Map<WeightName, Found> found = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final List<String> problems = new ArrayList<>();

    private record Found(KerasWeight weight, StoredArray array) {}

    WeightMatch(StoredForm form) {
        this.form = form;
    }

    /**
     * Takes a layer's arrays, all of them or none.
     *
     * @param group where they are in the file
     * @return whether they fit
     */
    boolean take(String layer, List<KerasWeight> weights, List<StoredArray> arrays, String group) {
        if (arrays.size() != weights.size()) {
            problems.add("layer '" + layer + "' needs " + weights.size() + " arrays, but " + group + " has "
                    + arrays.size());
            return false;
        }
        List<StoredArray> ordered = byName(weights, arrays).orElse(arrays);
        int before = problems.size();
        for (int index = 0; index < weights.size(); index++) {
            KerasWeight weight = weights.get(index);
            StoredArray array = ordered.get(index);
            if (!form.fits(array.dataset(), weight)) {
                problems.add("'" + weight.name() + "' must be of shape " + weight.shape() + ", but "
                        + array.dataset().path() + " is " + array.dataset());
            }
        }
        if (problems.size() > before) {
            return false;
        }
        for (int index = 0; index < weights.size(); index++) {
            found.put(weights.get(index).name(), new Found(weights.get(index), ordered.get(index)));
            used.add(ordered.get(index).dataset().path());
        }
        return true;
    }

    /**
     * The arrays in the order of the weights, where each has the name of one. Keras goes by the order alone, which in a
     * model inside a model depends on what was frozen when it was saved; the names do not.
     */
    private static Optional<List<StoredArray>> byName(List<KerasWeight> weights, List<StoredArray> arrays) {
        Map<String, StoredArray> named = new HashMap<>();
        arrays.forEach(array -> named.put(array.shortName(), array));
        List<StoredArray> ordered = new ArrayList<>();
        for (KerasWeight weight : weights) {
            WeightName name = weight.name();
            String layer = name.layer().substring(name.layer().lastIndexOf('/') + 1);
            StoredArray array = named.remove(layer + "/" + name.weight());
            if (array == null) {
                return Optional.empty();
            }
            ordered.add(array);
        }
        return Optional.of(ordered);
    }

    /** The weights that were found. */
    Set<WeightName> found() {
        return Collections.unmodifiableSet(found.keySet());
    }

    /** Whether an array is taken for a weight. */
    boolean uses(StoredArray array) {
        return used.contains(array.dataset().path());
    }

    /** What did not fit, in the order in which it was met. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * Fails if anything did not fit.
     *
     * @param place what was read
     */
    void requireNoProblems(String place, String advice) {
        if (!problems.isEmpty()) {
            int more = problems.size() - MOST_PROBLEMS_NAMED;
            throw new FormatException(
                    place,
                    String.join(", ", problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS_NAMED)))
                            + (more > 0 ? " and " + more + " more" : ""),
                    advice);
        }
    }

    /** The numbers of all weights that were found, read now. */
    Map<WeightName, NdArray> read() {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        found.forEach((name, where) -> arrays.put(name, form.read(where.array().dataset(), where.weight())));
        return arrays;
    }
}
