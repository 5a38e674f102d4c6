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
 * @param lateStarts of each weight that was frozen at first, how many of the steps had been taken when it began to be
 *     trained, from 1 to all of them; of weights that are not named 0. Adam alone goes by a weight's own steps, which are
 *     those after it
 * @param average of all of the network's weights over the steps, where training keeps one
 */
public record OptimizerState(
        long iterations,
        Map<WeightName, Map<String, NdArray>> slots,
        Map<WeightName, Long> lateStarts,
        Optional<Weights> average) {
    /**
     * Takes a copy of the maps, not of the numbers.
     *
     * @throws IllegalArgumentException if the number of steps is negative, or a late start is not one of them
     */
    public OptimizerState {
        if (iterations < 0) {
            throw new IllegalArgumentException("an optimizer has taken at least 0 steps, got " + iterations);
        }
        lateStarts.forEach((weight, start) -> requireStepTaken(weight, start, iterations));
        lateStarts = Collections.unmodifiableMap(new LinkedHashMap<>(lateStarts));
        Objects.requireNonNull(average, "average");
        Map<WeightName, Map<String, NdArray>> copy = new LinkedHashMap<>();
        slots.forEach((name, arrays) -> copy.put(name, Collections.unmodifiableMap(new LinkedHashMap<>(arrays))));
        slots = Collections.unmodifiableMap(copy);
    }

    private static void requireStepTaken(WeightName weight, long start, long iterations) {
        if (start < 1 || start > iterations) {
            throw new IllegalArgumentException("weight '" + weight + "' cannot have begun to be trained after step "
                    + start + " of " + iterations);
        }
    }

    /** Of weights that were all trained from the first step on, without an average of them. */
    public OptimizerState(long iterations, Map<WeightName, Map<String, NdArray>> slots) {
        this(iterations, slots, Map.of(), Optional.empty());
    }

    /** With these late starts in place of its own. */
    public OptimizerState withLateStarts(Map<WeightName, Long> newLateStarts) {
        return new OptimizerState(iterations, slots, newLateStarts, average);
    }

    /** With this average of the weights, or without. */
    public OptimizerState withAverage(Optional<Weights> newAverage) {
        return new OptimizerState(iterations, slots, lateStarts, newAverage);
    }

    /**
     * This state for the same network with other layers frozen: what is remembered of the weights that are trainable
     * there, and zeros for those that were frozen before, which begin to be trained now.
     */
    public OptimizerState forTrainable(Optimizer optimizer, Network network) {
        Map<WeightName, Map<String, NdArray>> fitted = new LinkedHashMap<>();
        Map<WeightName, Long> fittedStarts = new LinkedHashMap<>();
        network.trainableWeights().forEach((weight, shape) -> {
            Map<String, NdArray> arrays = new LinkedHashMap<>(slots.getOrDefault(weight, Map.of()));
            optimizer.slots().forEach(slot -> arrays.computeIfAbsent(slot, ignored -> zeros(shape)));
            fitted.put(weight, arrays);
            long start = slots.containsKey(weight) ? lateStarts.getOrDefault(weight, 0L) : iterations;
            if (start > 0) {
                fittedStarts.put(weight, start);
            }
        });
        return new OptimizerState(iterations, fitted, fittedStarts, average);
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
