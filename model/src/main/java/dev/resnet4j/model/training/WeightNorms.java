package dev.resnet4j.model.training;

import dev.resnet4j.model.layer.WeightName;

/**
 * How long a weight and its gradient are in a step: their L2 norms, before the step changes the weight and before
 * gradients are clipped. Where gradients are accumulated, it is their mean.
 *
 * @param weight which weight
 * @param gradientNorm at least 0; may be infinite or not a number where the gradient is
 * @param weightNorm at least 0
 */
public record WeightNorms(WeightName weight, double gradientNorm, double weightNorm) {}
