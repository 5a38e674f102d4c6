package dev.resnet4j.formats.pytorch;

import java.util.Map;

/**
 * What a pickle stands for.
 *
 * @param value tensors and containers, see {@link Unpickler}
 * @param storages those of all tensors that were built, by their keys
 */
record Unpickled(Object value, Map<String, Storage> storages) {}
