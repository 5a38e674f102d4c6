package dev.resnet4j.model.layer;

import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.tensor.Shape;

/**
 * One weight of a layer: what it is called in Keras, its shape, how it starts, and whether the optimizer changes it.
 *
 * @param name {@code kernel}, {@code bias}, {@code gamma}, {@code beta}, {@code moving_mean}, {@code moving_variance}; of a nested
 *     network with its layer's: {@code conv1/kernel}
 * @param shape in Keras's order: kernels are (kernel height, kernel width, in, out) or (in, out)
 * @param initializer how the numbers start
 * @param trainable false for the moving statistics, which the forward pass updates
 */
public record WeightSpec(String name, Shape shape, Initializer initializer, boolean trainable) {
    /** This weight, left alone by the optimizer. */
    WeightSpec frozen() {
        return new WeightSpec(name, shape, initializer, false);
    }
}
