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
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/**
 * A network's weights in native memory, until closed. Each is copied there when it is first needed: a network that is
 * compiled for use takes few of them from here.
 */
final class NativeWeights implements AutoCloseable {
    private final Device device;
    private final Map<WeightName, WeightSpec> specs;
    private final Map<WeightName, WeightLayout> layouts = new HashMap<>();
    private final List<WeightName> trainable = new ArrayList<>();
    private final List<WeightName> movingStatistics = new ArrayList<>();
    private final Map<WeightName, NdArray> notYetNeeded;
    private final Map<WeightName, Tensor> tensors = new HashMap<>();

    /**
     * @param network without nested networks
     * @param weights whose numbers are not changed from now on
     * @throws IllegalArgumentException if the weights are not the network's
     */
    NativeWeights(Network network, Weights weights, Device device) {
        this(network, weights, device, Map.of());
    }

    /**
     * @param network without nested networks
     * @param weights whose numbers are not changed from now on
     * @param ownLayouts of the weights that do not lie as they usually do
     * @throws IllegalArgumentException if the weights are not the network's
     */
    NativeWeights(Network network, Weights weights, Device device, Map<WeightName, WeightLayout> ownLayouts) {
        weights.requireFit(network);
        this.device = device;
        this.specs = network.weights();
        this.notYetNeeded = new HashMap<>(weights.arrays());
        specs.forEach((name, spec) ->
                layouts.put(name, ownLayouts.getOrDefault(name, WeightLayout.of(name, spec.shape()))));
        for (Node node : network.layers()) {
            for (WeightSpec spec : node.weights()) {
                WeightName name = new WeightName(node.layer().name(), spec.name());
                if (spec.trainable()) {
                    trainable.add(name);
                } else if (node.layer() instanceof BatchNormalization && !node.frozen()) {
                    movingStatistics.add(name);
                }
            }
        }
    }

    /** A weight as libtorch's operations take it. */
    Tensor get(String layer, String weight) {
        WeightName name = new WeightName(layer, weight);
        return layouts.get(name).withoutBlocks(get(name));
    }

    /** How each weight lies in memory. */
    Map<WeightName, WeightLayout> layouts() {
        return layouts;
    }

    private Tensor get(WeightName name) {
        NdArray array = notYetNeeded.remove(name);
        if (array != null) {
            tensors.put(name, upload(name, array));
        }
        return tensors.get(name);
    }

    private Tensor upload(WeightName name, NdArray array) {
        try (PointerScope scope = new PointerScope()) {
            Tensor tensor = layouts.get(name).upload(array, device);
            if (specs.get(name).trainable()) {
                tensor.set_requires_grad(true);
            }
            return tensor.retainReference();
        }
    }

    /** The weights that the optimizer changes, in the network's order. */
    Map<WeightName, Tensor> trainable() {
        Map<WeightName, Tensor> inOrder = new LinkedHashMap<>();
        trainable.forEach(name -> inOrder.put(name, get(name)));
        return inOrder;
    }

    private List<Tensor> movingStatistics() {
        return movingStatistics.stream().map(this::get).toList();
    }

    /** What training changes: the trainable weights, then the moving statistics, each in the network's order. */
    List<Tensor> changing() {
        List<Tensor> changing = new ArrayList<>(trainable().values());
        changing.addAll(movingStatistics());
        return changing;
    }

    /** The shape in Keras's order. */
    Shape shape(WeightName name) {
        return specs.get(name).shape();
    }

    /** How many moving means and variances training changes. */
    int movingStatisticsCount() {
        return movingStatistics.size();
    }

    /** A copy of the moving statistics, which the forward pass of a training step changes. */
    List<Tensor> copyMovingStatistics() {
        return movingStatistics().stream().map(Tensor::clone).toList();
    }

    /** Takes back what a forward pass did to the moving statistics; nothing where there is no copy. */
    void restoreMovingStatistics(List<Tensor> copy) {
        Iterator<Tensor> originals = movingStatistics().iterator();
        copy.forEach(numbers -> originals.next().copy_(numbers));
    }

    /** A copy of all numbers. */
    Weights download() {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        specs.keySet().forEach(name -> {
            NdArray array = download(name);
            arrays.put(
                    name,
                    notYetNeeded.containsKey(name)
                            ? new NdArray(array.shape(), array.values().clone())
                            : array);
        });
        return new Weights(arrays);
    }

    /** All numbers, those that are still Java's arrays without a copy; not to be written. */
    Weights numbers() {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        specs.keySet().forEach(name -> arrays.put(name, download(name)));
        return new Weights(arrays);
    }

    /** The largest magnitude of all their numbers; not a number where one of them is none. */
    float largest() {
        float largest = 0;
        for (NdArray array : notYetNeeded.values()) {
            largest = Math.max(largest, array.largestMagnitude());
        }
        for (Tensor tensor : tensors.values()) {
            try (PointerScope scope = new PointerScope()) {
                largest = Math.max(largest, tensor.detach().abs().max().item_float());
            }
        }
        return largest;
    }

    /** The numbers of a weight, in Keras's shape; not to be written. */
    NdArray download(WeightName name) {
        NdArray array = notYetNeeded.get(name);
        return array == null ? download(name, tensors.get(name)) : array;
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
        notYetNeeded.clear();
    }
}
