package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.hdf5.Hdf5Dataset;
import dev.resnet4j.formats.hdf5.Hdf5Group;
import dev.resnet4j.formats.hdf5.Hdf5Writer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The averages of moving statistics, which Keras does not keep: it averages what its optimizer changes. They stand in a
 * group of our own, which Keras passes over, by their numbers among the network's weights that no optimizer changes;
 * those that do not differ from the weights are left out.
 */
final class AveragedStatistics {
    private static final String GROUP = "resnet4j/average";

    private AveragedStatistics() {}

    static void write(Network network, Weights weights, Weights average, Hdf5Writer file) {
        List<WeightName> names = untrained(network);
        for (int number = 0; number < names.size(); number++) {
            NdArray array = average.arrays().get(names.get(number));
            if (!array.equals(weights.arrays().get(names.get(number)))) {
                file.add(GROUP + "/" + number, array);
            }
        }
    }

    /** The whole average: that of the trainable weights, that of the others where the file has it, else the weight. */
    static Weights read(Hdf5Group root, Network network, Weights weights, Map<WeightName, NdArray> trainable) {
        Map<WeightName, NdArray> average = new LinkedHashMap<>(weights.arrays());
        average.putAll(trainable);
        Optional<Hdf5Group> group = root.group(GROUP);
        if (group.isPresent()) {
            List<WeightName> names = untrained(network);
            for (int number = 0; number < names.size(); number++) {
                WeightName name = names.get(number);
                Optional<Hdf5Dataset> stored = group.get().dataset(String.valueOf(number));
                stored.ifPresent(dataset ->
                        average.put(name, dataset.read(average.get(name).shape())));
            }
        }
        return new Weights(average);
    }

    private static List<WeightName> untrained(Network network) {
        Map<WeightName, WeightSpec> weights = network.weights();
        return weights.keySet().stream()
                .filter(name -> !weights.get(name).trainable())
                .toList();
    }
}
