package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.ExistingFile;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.OutputFile;
import dev.resnet4j.formats.hdf5.Hdf5Attributes;
import dev.resnet4j.formats.hdf5.Hdf5File;
import dev.resnet4j.formats.hdf5.Hdf5Group;
import dev.resnet4j.formats.hdf5.Hdf5Writer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights without their network, as Keras's {@code save_weights} writes them: the legacy {@code .h5} of all versions, and
 * {@code .weights.h5} of Keras 3 and of tf.keras since 2.12. The weights of a whole model's {@code .h5} can be loaded
 * alone, too.
 */
public final class KerasWeightsFile {
    private static final String MODEL_WEIGHTS = "/" + KerasHdf5File.MODEL_WEIGHTS;

    /** How the file's layers find theirs in the network. */
    public enum Matching {
        /** One after the other, layers without weights left out: Keras's {@code load_weights}. */
        POSITION,
        /**
         * By name: Keras's {@code load_weights(by_name=True)}. What only the file or only the network has is left as it
         * is.
         */
        NAME
    }

    private KerasWeightsFile() {}

    /**
     * The weights of a network, layer by layer; they must fit one by one.
     *
     * @throws FormatException if the file is missing or damaged, or its weights are not those of the network; all
     *     reasons at once
     */
    public static Weights read(Path path, Network network) {
        return read(path, network, new Weights(Map.of()), Matching.POSITION, false)
                .weights();
    }

    /**
     * Loads what a file has into a network.
     *
     * @param initial the network's weights, which stay where the file has none
     * @param skipMismatch whether layers whose weights do not fit are left out instead of refused
     * @throws FormatException if the file is missing or damaged, a layer does not fit and may not be skipped, nothing
     *     at all fits, or there are more layers with weights in the file than in the network, or fewer, and they go by
     *     position; all reasons at once
     */
    public static LoadedWeights read(
            Path path, Network network, Weights initial, Matching matching, boolean skipMismatch) {
        return ExistingFile.read(path, existing -> {
            try (Hdf5File file = Hdf5File.open(existing)) {
                return read(file.root(), network, initial, matching, skipMismatch);
            }
        });
    }

    static LoadedWeights read(
            Hdf5Group root, Network network, Weights initial, Matching matching, boolean skipMismatch) {
        boolean keras3 = WeightsHdf5Reader.isLaidOutSo(root);
        Hdf5Group group = root.group(KerasHdf5File.MODEL_WEIGHTS).orElse(root);
        List<StoredLayer> stored = (keras3 ? StoredLayer.ofKeras3(root) : StoredLayer.ofLegacy(group))
                .stream().filter(layer -> !layer.arrays().isEmpty()).toList();
        StoredLayer.requireNoneRecurrent(stored);
        LayeredNetwork layered = LayeredNetwork.of(network);
        WeightMatch match = new WeightMatch(form(root, group, stored));
        if (matching == Matching.NAME) {
            matchByName(stored, keras3 ? byLayer(network) : byOuterLayer(layered), match);
        } else if (keras3) {
            WeightsHdf5Reader.matchWeights(root, layered, match);
        } else {
            matchByPosition(stored, byOuterLayer(layered), match);
        }
        if (!skipMismatch) {
            match.requireNoProblems(place(group), "load them into the network that they are of, or skip what differs");
        }
        requireAny(match, stored, place(group));
        return loaded(network, initial, stored, match);
    }

    private static StoredForm form(Hdf5Group root, Hdf5Group group, List<StoredLayer> stored) {
        Hdf5Attributes attributes = group.attributes();
        return WeightsHdf5Reader.isLaidOutSo(root)
                ? StoredForm.PLAIN
                : StoredForm.of(
                        attributes
                                .string(KerasHdf5File.VERSION)
                                .or(() -> root.attributes().string(KerasHdf5File.VERSION)),
                        attributes.string(KerasHdf5File.BACKEND),
                        stored);
    }

    /** The layers that have weights, models inside as one, as the legacy format has them. */
    private static Map<String, List<KerasWeight>> byOuterLayer(LayeredNetwork network) {
        Map<String, List<KerasWeight>> layers = new LinkedHashMap<>();
        for (KerasLayer layer : network.layers()) {
            List<KerasWeight> weights = KerasWeight.of(layer);
            if (!weights.isEmpty()) {
                layers.put(layer.name(), weights);
            }
        }
        return layers;
    }

    /** The layers that have weights, those inside models by themselves, as Keras 3 has them. */
    private static Map<String, List<KerasWeight>> byLayer(Network network) {
        Map<String, List<KerasWeight>> layers = new LinkedHashMap<>();
        network.weights()
                .forEach((name, spec) -> layers.computeIfAbsent(name.layer(), layer -> new ArrayList<>())
                        .add(new KerasWeight(name, spec, false)));
        return layers;
    }

    private static void matchByName(
            List<StoredLayer> stored, Map<String, List<KerasWeight>> layers, WeightMatch match) {
        for (StoredLayer layer : stored) {
            List<KerasWeight> weights = layers.get(layer.name());
            if (weights != null) {
                match.take(layer.name(), weights, layer.arrays(), "the file");
            }
        }
    }

    private static void matchByPosition(
            List<StoredLayer> stored, Map<String, List<KerasWeight>> layers, WeightMatch match) {
        if (stored.size() != layers.size()) {
            throw new FormatException(
                    "/",
                    "it has " + stored.size() + " layers with weights (" + StoredLayer.describe(stored)
                            + "), but the network has " + layers.size(),
                    "load them into the network that they are of, or by name");
        }
        int position = 0;
        for (Map.Entry<String, List<KerasWeight>> layer : layers.entrySet()) {
            StoredLayer next = stored.get(position++);
            match.take(layer.getKey(), layer.getValue(), next.arrays(), "'" + next.name() + "' of the file");
        }
    }

    private static void requireAny(WeightMatch match, List<StoredLayer> stored, String place) {
        if (match.found().isEmpty()) {
            match.requireNoProblems(place, "load them into the network that they are of");
            throw new FormatException(
                    place,
                    "none of its layers is in the network: it has " + StoredLayer.describe(stored),
                    "load them into the network that they are of, or by position");
        }
    }

    private static LoadedWeights loaded(Network network, Weights initial, List<StoredLayer> stored, WeightMatch match) {
        Map<WeightName, NdArray> read = match.read();
        Map<WeightName, NdArray> all = new LinkedHashMap<>();
        Map<String, Boolean> layers = new LinkedHashMap<>();
        for (WeightName name : network.weights().keySet()) {
            NdArray array = read.getOrDefault(name, initial.arrays().get(name));
            layers.put(name.layer(), read.containsKey(name));
            if (array == null) {
                throw new FormatException(
                        "/",
                        "it has nothing for '" + name + "'",
                        "give initial weights for what the file does not have");
            }
            all.put(name, array);
        }
        return new LoadedWeights(
                new Weights(all),
                layers.keySet().stream().filter(layers::get).toList(),
                match.problems(),
                layers.keySet().stream().filter(layer -> !layers.get(layer)).toList(),
                stored.stream()
                        .filter(layer -> layer.arrays().stream().noneMatch(match::uses))
                        .map(StoredLayer::name)
                        .toList());
    }

    private static String place(Hdf5Group group) {
        return group.path().equals(MODEL_WEIGHTS) ? MODEL_WEIGHTS : "/";
    }

    /**
     * Writes weights as Keras 2's {@code save_weights("....h5")} does.
     *
     * @throws FormatException if the file cannot be written
     */
    public static void writeLegacy(Network network, Weights weights, Path path) {
        weights.requireFit(network);
        write(path, file -> new LegacyWeightsWriter(file).addWeights("/", network, weights));
    }

    /**
     * Writes weights as Keras 3's {@code save_weights("....weights.h5")} does.
     *
     * @throws FormatException if the file cannot be written
     */
    public static void writeKeras3(Network network, Weights weights, Path path) {
        weights.requireFit(network);
        write(path, file -> WeightsHdf5.write(network, weights, file));
    }

    /** What goes into a file. */
    interface Content {
        void addTo(Hdf5Writer file);
    }

    static void write(Path path, Content content) {
        OutputFile.write(path, beside -> writeNew(beside, content));
    }

    private static void writeNew(Path beside, Content content) throws IOException {
        try (Hdf5Writer file = Hdf5Writer.create();
                OutputStream out =
                        new BufferedOutputStream(Files.newOutputStream(beside, StandardOpenOption.CREATE_NEW))) {
            content.addTo(file);
            file.writeTo(out);
        }
    }
}
