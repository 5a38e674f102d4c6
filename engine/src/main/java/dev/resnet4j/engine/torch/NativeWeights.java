package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** A network's weights in native memory, until closed. */
final class NativeWeights implements AutoCloseable {
    private final Map<WeightName, Tensor> tensors = new LinkedHashMap<>();
    private final Map<WeightName, Shape> shapes = new LinkedHashMap<>();
    private final Map<WeightName, WeightLayout> layouts = new LinkedHashMap<>();
    private final Map<WeightName, Tensor> trainable = new LinkedHashMap<>();
    private final Map<WeightName, Tensor> movingStatistics = new LinkedHashMap<>();

    /**
     * @param network without nested networks
     * @throws IllegalArgumentException if the weights are not the network's
     */
    NativeWeights(Network network, Weights weights, Device device) {
        this(network, weights, device, Map.of());
    }

    /**
     * @param network without nested networks
     * @param ownLayouts of the weights that do not lie as they usually do
     * @throws IllegalArgumentException if the weights are not the network's
     */
    NativeWeights(Network network, Weights weights, Device device, Map<WeightName, WeightLayout> ownLayouts) {
        weights.requireFit(network);
        try (PointerScope scope = new PointerScope()) {
            for (Node node : network.layers()) {
                for (WeightSpec spec : node.weights()) {
                    WeightName name = new WeightName(node.layer().name(), spec.name());
                    layouts.put(name, ownLayouts.getOrDefault(name, WeightLayout.of(name, spec.shape())));
                    Tensor tensor = layouts.get(name).upload(weights.arrays().get(name), device);
                    tensor.retainReference();
                    add(name, spec, tensor);
                    if (isMoving(node, spec)) {
                        movingStatistics.put(name, tensor);
                    }
                }
            }
        }
    }

    private void add(WeightName name, WeightSpec spec, Tensor tensor) {
        tensors.put(name, tensor);
        shapes.put(name, spec.shape());
        if (spec.trainable()) {
            tensor.set_requires_grad(true);
            trainable.put(name, tensor);
        }
    }

    private static boolean isMoving(Node node, WeightSpec spec) {
        return node.layer() instanceof BatchNormalization && !node.frozen() && !spec.trainable();
    }

    /** A weight as libtorch's operations take it. */
    Tensor get(String layer, String weight) {
        WeightName name = new WeightName(layer, weight);
        return layouts.get(name).withoutBlocks(tensors.get(name));
    }

    /** How each weight lies in memory. */
    Map<WeightName, WeightLayout> layouts() {
        return layouts;
    }

    /** The weights that the optimizer changes, in the network's order. */
    Map<WeightName, Tensor> trainable() {
        return trainable;
    }

    /** What training changes: the trainable weights, then the moving statistics, each in the network's order. */
    List<Tensor> changing() {
        List<Tensor> changing = new ArrayList<>(trainable.values());
        changing.addAll(movingStatistics.values());
        return changing;
    }

    /** The shape in Keras's order. */
    Shape shape(WeightName name) {
        return shapes.get(name);
    }

    /** A copy of the moving statistics, which the forward pass of a training step changes. */
    List<Tensor> copyMovingStatistics() {
        return movingStatistics.values().stream().map(Tensor::clone).toList();
    }

    /** Takes back what a forward pass did to the moving statistics. */
    void restoreMovingStatistics(List<Tensor> copy) {
        Iterator<Tensor> copies = copy.iterator();
        movingStatistics.values().forEach(tensor -> tensor.copy_(copies.next()));
    }

    Weights download() {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        tensors.keySet().forEach(name -> arrays.put(name, download(name)));
        return new Weights(arrays);
    }

    /** The largest magnitude of all their numbers; not a number where one of them is none. */
    float largest() {
        float largest = 0;
        for (Tensor tensor : tensors.values()) {
            try (PointerScope scope = new PointerScope()) {
                largest = Math.max(largest, tensor.detach().abs().max().item_float());
            }
        }
        return largest;
    }

    /** The numbers of a weight, in Keras's shape. */
    NdArray download(WeightName name) {
        return download(name, tensors.get(name));
    }

    /** The numbers of a tensor in the layout of the weight of this name. */
    NdArray download(WeightName name, Tensor tensor) {
        Shape shape = shape(name);
        try (PointerScope scope = new PointerScope()) {
            return layouts.get(name).download(tensor, shape);
        }
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::close);
        tensors.clear();
        trainable.clear();
        movingStatistics.clear();
    }
}
