package dev.resnet4j.model.transfer;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Learning rates that shrink towards the input: the head learns at the full rate, the last stage at {@code factor} times
 * it, the stage before at {@code factor} squared, and so on to the stem. What the early layers know is of use to most
 * pictures, and is to change least.
 *
 * @param factor above 0, at most 1; 1 for the same rate everywhere
 */
public record LayerDecay(double factor) {
    /** The same rate everywhere. */
    public static final LayerDecay NONE = new LayerDecay(1);

    /** @throws IllegalArgumentException if the factor is out of range */
    public LayerDecay {
        if (!(factor > 0 && factor <= 1)) {
            throw new IllegalArgumentException(
                    "learning rates shrink by a factor above 0 and at most 1, but it was " + factor);
        }
    }

    /**
     * For {@link dev.resnet4j.model.training.Compilation#withRateFactors}.
     *
     * @throws dev.resnet4j.model.layer.InvalidNetworkException if the rates differ and the network does not end in a dense
     *     layer
     */
    public Map<WeightName, Double> rateFactors(Network network) {
        if (factor == 1) {
            return Map.of();
        }
        Stages stages = Stages.of(network);
        Map<WeightName, Double> factors = new LinkedHashMap<>();
        network.weights()
                .keySet()
                .forEach(weight -> factors.put(weight, Math.pow(factor, stages.distanceFromHead(weight.layer()))));
        return factors;
    }
}
