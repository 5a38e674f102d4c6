package dev.resnet4j.model.training;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an optimizer remembers between steps.
 *
 * @param iterations steps taken, at least 0
 * @param slots for each trainable weight, in the network's order, its arrays by name, each of the weight's shape:
 *     {@code momentum} and {@code velocity} of Adam, {@code momentum} of SGD with momentum, none of SGD without
 * @param average of all of the network's weights over the steps, where training keeps one
 */
public record OptimizerState(long iterations, Map<WeightName, Map<String, NdArray>> slots, Optional<Weights> average) {
    /**
     * Takes a copy of the maps, not of the numbers.
     *
     * @throws IllegalArgumentException if the number of steps is negative
     */
    public OptimizerState {
        if (iterations < 0) {
            throw new IllegalArgumentException("an optimizer has taken at least 0 steps, got " + iterations);
        }
        Objects.requireNonNull(average, "average");
        Map<WeightName, Map<String, NdArray>> copy = new LinkedHashMap<>();
        slots.forEach((name, arrays) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(arrays))));
        slots = Collections.unmodifiableMap(copy);
    }

    /** Without an average of the weights. */
    public OptimizerState(long iterations, Map<WeightName, Map<String, NdArray>> slots) {
        this(iterations, slots, Optional.empty());
    }

    /** With this average of the weights, or without. */
    public OptimizerState withAverage(Optional<Weights> newAverage) {
        return new OptimizerState(iterations, slots, newAverage);
    }

    /**
     * This state for the same network with other layers frozen: what is remembered of the weights that are trainable
     * there, and zeros for those that were frozen before.
     */
    public OptimizerState forTrainable(Optimizer optimizer, Network network) {
        Map<WeightName, Map<String, NdArray>> fitted = new LinkedHashMap<>();
        network.trainableWeights().forEach((weight, shape) -> {
            Map<String, NdArray> arrays = new LinkedHashMap<>(slots.getOrDefault(weight, Map.of()));
            optimizer.slots().forEach(slot -> arrays.computeIfAbsent(slot, ignored -> zeros(shape)));
            fitted.put(weight, arrays);
        });
        return new OptimizerState(iterations, fitted, average);
    }

    private static NdArray zeros(Shape shape) {
        return new NdArray(shape, new float[Math.toIntExact(shape.elements())]);
    }

    /**
     * Checks that this is the state of an optimizer of a network's weights.
     *
     * @throws IllegalArgumentException if a slot of a trainable weight is missing or has another shape than the
     *     weight, or the average is not of the network's weights
     */
    public void requireFit(Optimizer optimizer, Network network) {
        average.ifPresent(weights -> weights.requireFit(network));
        network.trainableWeights().forEach((weight, shape) -> {
            Map<String, NdArray> arrays = slots.getOrDefault(weight, Map.of());
            for (String slot : optimizer.slots()) {
                NdArray array = arrays.get(slot);
                if (array == null || !array.shape().equals(shape)) {
                    throw new IllegalArgumentException("the optimizer's state must have a '" + slot + "' of shape "
                            + shape + " for weight '" + weight + "', but has " + array);
                }
            }
        });
    }
}
