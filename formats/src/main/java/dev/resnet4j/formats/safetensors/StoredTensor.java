package dev.resnet4j.formats.safetensors;

import dev.resnet4j.formats.ElementType;
import dev.resnet4j.model.tensor.Shape;

/**
 * Where a tensor's numbers lie.
 *
 * @param begin first byte, counted from the end of the header
 * @param end the byte after the last one
 */
record StoredTensor(String name, ElementType type, Shape shape, long begin, long end) {}
