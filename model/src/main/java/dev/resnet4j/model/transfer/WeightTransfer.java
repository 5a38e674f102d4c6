package dev.resnet4j.model.transfer;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a network takes over from trained weights: all whose names and shapes fit. Its other weights start anew.
 *
 * @param weights of the network: taken over or initial
 * @param taken those that were taken over, in the network's order
 * @param notFitting trained weights that have no place in the network, and why
 * @param missing weights of the network that are not among the trained ones at all; they start anew, as those do whose
 *     trained counterpart does not fit
 */
public record WeightTransfer(
        Weights weights, List<WeightName> taken, List<NotFitting> notFitting, List<WeightName> missing) {
    /** Takes copies of the lists. */
    public WeightTransfer {
        taken = List.copyOf(taken);
        notFitting = List.copyOf(notFitting);
        missing = List.copyOf(missing);
    }

    /**
     * A trained weight that was left out.
     *
     * @param weight its name
     * @param reason why, in words that follow the name
     */
    public record NotFitting(WeightName weight, String reason) {}

    /** Takes over what fits. */
    public static WeightTransfer of(Weights trained, Network network) {
        return of(trained, network, false);
    }

    /**
     * Takes over what fits but the head, which starts anew whatever its shape: of a network for other classes.
     *
     * @throws dev.resnet4j.model.layer.InvalidNetworkException if the network ends in no dense layer
     */
    public static WeightTransfer withNewHead(Weights trained, Network network) {
        return of(trained, network, true);
    }

    private static WeightTransfer of(Weights trained, Network network, boolean newHead) {
        String head = newHead ? Head.of(network).layerName() : null;
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        List<WeightName> taken = new ArrayList<>();
        List<NotFitting> notFitting = new ArrayList<>();
        List<WeightName> missing = new ArrayList<>();
        network.weights().forEach((name, spec) -> {
            NdArray array = trained.arrays().get(name);
            if (array == null) {
                missing.add(name);
            } else if (!array.shape().equals(spec.shape())) {
                notFitting.add(new NotFitting(name, otherShape(array.shape(), spec.shape())));
            } else if (name.layer().equals(head)) {
                notFitting.add(new NotFitting(name, "is of other classes"));
            } else {
                taken.add(name);
                arrays.put(name, array);
                return;
            }
            arrays.put(name, initial(spec));
        });
        trained.arrays().keySet().stream()
                .filter(name -> !arrays.containsKey(name))
                .forEach(name -> notFitting.add(new NotFitting(name, "has no counterpart in the network")));
        return new WeightTransfer(new Weights(arrays), taken, notFitting, missing);
    }

    private static String otherShape(Shape trained, Shape needed) {
        return "has shape " + trained + ", but the network needs " + needed;
    }

    private static NdArray initial(WeightSpec spec) {
        return spec.initializer().initialize(spec.shape());
    }
}
