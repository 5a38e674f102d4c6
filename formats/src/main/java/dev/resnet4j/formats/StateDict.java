package dev.resnet4j.formats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named arrays in an order, as PyTorch's {@code state_dict()} gives them: the weights and buffers of a network by
 * PyTorch's names ({@code layer1.0.conv1.weight}), each in PyTorch's axes (output channels, input channels, height, width).
 *
 * @param tensors by name, in the order of the file
 */
public record StateDict(Map<String, Tensor> tensors) {
    public StateDict {
        tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }
}
