package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.hdf5.Hdf5Dataset;
import dev.resnet4j.formats.hdf5.Hdf5Group;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The arrays of a layer in a file.
 *
 * @param name the layer's name
 * @param arrays in the file's order
 */
record StoredLayer(String name, List<StoredArray> arrays) {
    static final String LAYER_NAMES = "layer_names";
    static final String WEIGHT_NAMES = "weight_names";

    private static final int MOST_ARRAYS = 100_000;
    private static final int DEEPEST_NESTING = 16;
    private static final int MOST_DESCRIBED = 8;

    /**
     * An array by the name of its weight: {@code conv1/kernel:0}.
     *
     * @param name as the file has it
     * @param dataset where its numbers are
     */
    record StoredArray(String name, Hdf5Dataset dataset) {
        /** The last two names, without what TensorFlow adds: {@code conv1/kernel}. */
        String shortName() {
            String plain = name.endsWith(":0") ? name.substring(0, name.length() - 2) : name;
            int last = plain.lastIndexOf('/');
            return plain.substring(last < 0 ? 0 : plain.lastIndexOf('/', last - 1) + 1);
        }

        /** Whether it is the state of random numbers, which layers of augmentation keep in tf.keras. */
        private boolean isRandomState() {
            return name.contains("StateVar") || name.contains("seed_generator");
        }
    }

    /**
     * All layers of a legacy file.
     *
     * @param group the root, or {@code model_weights}
     * @throws FormatException if a layer or an array that is named is not there
     */
    static List<StoredLayer> ofLegacy(Hdf5Group group) {
        List<String> names = group.attributes()
                .strings(LAYER_NAMES)
                .orElseThrow(() -> new FormatException(
                        place(group), "it has no " + LAYER_NAMES, "give a file that Keras or resnet4j saved"));
        List<StoredLayer> layers = new ArrayList<>();
        int arraysSoFar = 0;
        requireDifferent(group, names);
        for (String name : names) {
            Hdf5Group layer = group.group(name).orElseThrow(() -> missing(group, "layer '" + name + "'"));
            List<StoredArray> arrays = named(layer).stream()
                    .filter(array -> !array.isRandomState())
                    .toList();
            layers.add(new StoredLayer(name, arrays));
            arraysSoFar += arrays.size();
            if (arraysSoFar > MOST_ARRAYS) {
                throw new FormatException(
                        place(group), "it has more than " + MOST_ARRAYS + " arrays", Advice.SAVE_AGAIN);
            }
        }
        return layers;
    }

    private static void requireDifferent(Hdf5Group group, List<String> names) {
        Set<String> different = new HashSet<>();
        for (String name : names) {
            if (!different.add(name)) {
                throw new FormatException(place(group), "it names '" + name + "' twice", Advice.SAVE_AGAIN);
            }
        }
    }

    /** The arrays that a group's {@code weight_names} name, in order. */
    static List<StoredArray> named(Hdf5Group group) {
        List<StoredArray> arrays = new ArrayList<>();
        List<String> names = group.attributes().strings(WEIGHT_NAMES).orElse(List.of());
        requireDifferent(group, names);
        for (String name : names) {
            arrays.add(new StoredArray(
                    name, group.dataset(name).orElseThrow(() -> missing(group, "array '" + name + "'"))));
        }
        return arrays;
    }

    /** The arrays of a layer of Keras 3's, which are numbered. */
    static List<StoredArray> numbered(Hdf5Group layer) {
        List<StoredArray> arrays = new ArrayList<>();
        Optional<Hdf5Group> variables = layer.group(WeightGroups.VARIABLES);
        if (variables.isPresent()) {
            int count = variables.get().datasetNames().size();
            for (int number = 0; number < count; number++) {
                String name = String.valueOf(number);
                arrays.add(new StoredArray(
                        name,
                        variables.get().dataset(name).orElseThrow(() -> missing(variables.get(), "array " + name))));
            }
        }
        return arrays;
    }

    /** All layers of a file of Keras 3's by their own names, those inside models after theirs: {@code backbone/conv1}. */
    static List<StoredLayer> ofKeras3(Hdf5Group root) {
        List<StoredLayer> layers = new ArrayList<>();
        addInside(root, "", layers, 0);
        return layers;
    }

    private static void addInside(Hdf5Group model, String prefix, List<StoredLayer> layers, int depth) {
        Optional<Hdf5Group> container =
                model.group(WeightGroups.LAYERS).or(() -> model.group(WeightGroups.LAYERS_OF_TF_KERAS));
        if (container.isEmpty() || depth > DEEPEST_NESTING) {
            return;
        }
        for (String group : container.get().groupNames()) {
            Hdf5Group layer = container.get().group(group).orElseThrow();
            String name = prefix
                    + layer.group(WeightGroups.VARIABLES)
                            .flatMap(variables -> variables.attributes().string(WeightGroups.NAME))
                            .orElse(group);
            List<StoredArray> arrays = numbered(layer);
            if (!arrays.isEmpty()) {
                layers.add(new StoredLayer(name, arrays));
            }
            addInside(layer, name + "/", layers, depth + 1);
        }
    }

    /**
     * Refuses weights of recurrent layers, which no network here has.
     *
     * @throws FormatException that names them all
     */
    static void requireNoneRecurrent(List<StoredLayer> layers) {
        List<StoredLayer> recurrent = layers.stream()
                .filter(layer -> layer.arrays().stream()
                        .anyMatch(array -> array.shortName().endsWith("recurrent_kernel")))
                .toList();
        if (!recurrent.isEmpty()) {
            throw new FormatException(
                    "/",
                    "resnet4j does not support recurrent layers, whose weights it holds: " + describe(recurrent),
                    Advice.SUPPORTED_ONLY);
        }
    }

    /** The first layers with their arrays' shapes, for messages. */
    static String describe(List<StoredLayer> layers) {
        String first = layers.stream()
                .limit(MOST_DESCRIBED)
                .map(layer -> layer.name() + " "
                        + layer.arrays().stream()
                                .map(array -> array.dataset().sizes().toString())
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
        return first + (layers.size() > MOST_DESCRIBED ? " and " + (layers.size() - MOST_DESCRIBED) + " more" : "");
    }

    private static FormatException missing(Hdf5Group group, String what) {
        return new FormatException(place(group), "it does not have " + what, Advice.SAVE_AGAIN);
    }

    private static String place(Hdf5Group group) {
        return group.path().isEmpty() ? "/" : group.path();
    }
}
