package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.WeightName;
import java.util.Map;
import org.bytedeco.javacpp.Pointer;

/**
 * Where a {@link TrainingPlan} reads and writes; all in 32 bits but the feature maps, and all outliving the plan.
 *
 * @param weights kernels in the order of {@link KernelBlocks}, all others as lists of numbers
 * @param gradients as the weights
 * @param means of a batch, by the name of the layer that normalises
 * @param variances of a batch, the biased ones
 * @param entry the feature map that the body takes, (batch, height, width, channels) in the plan's numbers
 * @param exit the feature map that it makes
 * @param exitGradient the gradient of what it makes
 */
public record TrainingMemory(
        Map<WeightName, Pointer> weights,
        Map<WeightName, Pointer> gradients,
        Map<String, Pointer> means,
        Map<String, Pointer> variances,
        Pointer entry,
        Pointer exit,
        Pointer exitGradient) {}
