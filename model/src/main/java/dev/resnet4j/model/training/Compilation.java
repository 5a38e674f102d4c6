package dev.resnet4j.model.training;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What {@code compile} is given: all there is to a step of training. Its order: the gradients of the loss, their mean
 * over the batches that make one step, clipping, the optimizer, the average.
 *
 * @param optimizer how gradients change weights
 * @param loss what is made small
 * @param average of the weights over the steps, which stands for them once training is done; empty for none
 * @param globalClipnorm the largest length of all gradients as one vector; where they are longer, they are scaled down
 *     to it (Pascanu et al. 2013; Keras's {@code global_clipnorm}); above 0, empty for no limit
 * @param gradientAccumulationSteps how many batches make one of the optimizer's steps, at least 1; the step takes the
 *     mean over all of their pictures, as Keras's {@code gradient_accumulation_steps} does of batches of one size. An
 *     epoch's last step takes what is left, so that no step spans two epochs. Learning rates count steps, not batches.
 * @param rateFactors what to multiply the learning rate with, of each weight that has a factor other than 1; at least 0
 */
public record Compilation(
        Optimizer optimizer,
        Loss loss,
        Optional<ExponentialMovingAverage> average,
        OptionalDouble globalClipnorm,
        int gradientAccumulationSteps,
        Map<WeightName, Double> rateFactors) {
    /**
     * Takes a copy of the map, without factors of 1.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    public Compilation {
        double clipnorm = globalClipnorm.orElse(1);
        if (!(clipnorm > 0) || Double.isInfinite(clipnorm)) {
            throw new IllegalArgumentException("gradients must be clipped to a length above 0, got " + clipnorm);
        }
        if (gradientAccumulationSteps < 1) {
            throw new IllegalArgumentException(
                    "a step takes the gradients of at least 1 batch, got " + gradientAccumulationSteps);
        }
        Map<WeightName, Double> factors = new LinkedHashMap<>();
        rateFactors.forEach((weight, factor) -> {
            Ranges.requireAtLeastZero("the learning rate's factor of '" + weight + "'", factor);
            if (factor != 1) {
                factors.put(weight, factor);
            }
        });
        rateFactors = Collections.unmodifiableMap(factors);
    }

    /** An optimizer and a loss, nothing else. */
    public Compilation(Optimizer optimizer, Loss loss) {
        this(optimizer, loss, Optional.empty(), OptionalDouble.empty(), 1, Map.of());
    }

    /** With another optimizer. */
    public Compilation withOptimizer(Optimizer newOptimizer) {
        return new Compilation(newOptimizer, loss, average, globalClipnorm, gradientAccumulationSteps, rateFactors);
    }

    /** With this average of the weights. */
    public Compilation withAverage(ExponentialMovingAverage newAverage) {
        return new Compilation(
                optimizer, loss, Optional.of(newAverage), globalClipnorm, gradientAccumulationSteps, rateFactors);
    }

    /** With all gradients together at most so long. */
    public Compilation withGlobalClipnorm(double newGlobalClipnorm) {
        return new Compilation(
                optimizer, loss, average, OptionalDouble.of(newGlobalClipnorm), gradientAccumulationSteps, rateFactors);
    }

    /** With so many batches a step. */
    public Compilation withGradientAccumulationSteps(int newGradientAccumulationSteps) {
        return new Compilation(optimizer, loss, average, globalClipnorm, newGradientAccumulationSteps, rateFactors);
    }

    /** With these factors of the learning rate, by weight; 1 where there is none. */
    public Compilation withRateFactors(Map<WeightName, Double> newRateFactors) {
        return new Compilation(optimizer, loss, average, globalClipnorm, gradientAccumulationSteps, newRateFactors);
    }

    /** What to multiply the learning rate of a weight with. */
    public double rateFactor(WeightName weight) {
        return rateFactors.getOrDefault(weight, 1.0);
    }

    /**
     * Checks that the factors are of a network's weights.
     *
     * @throws IllegalArgumentException if one is of none
     */
    public void requireFit(Network network) {
        Set<WeightName> weights = network.weights().keySet();
        rateFactors.keySet().stream()
                .filter(name -> !weights.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("the learning rate has a factor for weight '" + name
                            + "', but network '" + network.name() + "' has no such weight");
                });
    }
}
