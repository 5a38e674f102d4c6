package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.tensor.Shape;

/**
 * A batch normalisation in a plan.
 *
 * @param shape of its feature map, (height, width, channels)
 */
public record NormalizedLayer(BatchNormalization layer, Shape shape) {}
