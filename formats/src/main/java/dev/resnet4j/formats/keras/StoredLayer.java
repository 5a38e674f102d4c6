package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.hdf5.Hdf5Dataset;
import dev.resnet4j.formats.hdf5.Hdf5Group;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arrays of a layer in a file.
 *
 * @param name the layer's name
 * @param arrays in the file's order
 */
record StoredLayer(String name, List<StoredArray> arrays) {
    static final String LAYER_NAMES = "layer_names";
    static final String WEIGHT_NAMES = "weight_names";

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
        for (String name : names) {
            Hdf5Group layer = group.group(name).orElseThrow(() -> missing(group, "layer '" + name + "'"));
            List<StoredArray> arrays = named(layer).stream()
                    .filter(array -> !array.isRandomState())
                    .toList();
            layers.add(new StoredLayer(name, arrays));
        }
        return layers;
    }

    /** The arrays that a group's {@code weight_names} name, in order. */
    static List<StoredArray> named(Hdf5Group group) {
        List<StoredArray> arrays = new ArrayList<>();
        for (String name : group.attributes().strings(WEIGHT_NAMES).orElse(List.of())) {
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

    private static FormatException missing(Hdf5Group group, String what) {
        return new FormatException(place(group), "it does not have " + what, Advice.SAVE_AGAIN);
    }

    private static String place(Hdf5Group group) {
        return group.path().isEmpty() ? "/" : group.path();
    }
}
