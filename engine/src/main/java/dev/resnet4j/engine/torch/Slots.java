package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.training.OptimizerState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** One array beside each trainable weight, of its shape and layout: an optimizer's memory of one kind. */
final class Slots implements AutoCloseable {
    private final String name;
    private final Map<WeightName, Tensor> tensors = new LinkedHashMap<>();

    /**
     * Zeros, or the numbers of an earlier state.
     *
     * @param name of the kind: {@code momentum}, {@code velocity}
     */
    Slots(String name, NativeWeights weights, Device device, Optional<OptimizerState> earlier) {
        this.name = name;
        try (PointerScope scope = new PointerScope()) {
            weights.trainable().forEach((weight, tensor) -> {
                Tensor slot = earlier.map(
                                state -> upload(state, weight, weights.layouts().get(weight), device))
                        .orElseGet(() -> torch.zeros_like(tensor.detach()));
                slot.retainReference();
                tensors.put(weight, slot);
            });
        }
    }

    private Tensor upload(OptimizerState state, WeightName weight, WeightLayout layout, Device device) {
        NdArray array = state.slots().getOrDefault(weight, Map.of()).get(name);
        if (array == null) {
            throw new IllegalArgumentException(
                    "the optimizer's state has no '" + name + "' for weight '" + weight + "'");
        }
        return layout.upload(array, device);
    }

    /** In the order of the network's trainable weights. */
    List<Tensor> tensors() {
        return List.copyOf(tensors.values());
    }

    /** Adds this kind's numbers to what is remembered of each weight. */
    void downloadInto(Map<WeightName, Map<String, NdArray>> slots, NativeWeights weights) {
        tensors.forEach((weight, tensor) -> slots.computeIfAbsent(weight, ignored -> new LinkedHashMap<>())
                .put(name, weights.download(weight, tensor)));
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
    }
}
