package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * One layer, run by libtorch's operations.
 *
 * @param mayOverwrite whether the first input's memory may take the result
 */
record LayerOperation(
        Node node, NativeWeights weights, Statistics statistics, Precision precision, boolean mayOverwrite)
        implements Operation {
    /** All layers behind the input, in order. */
    static List<LayerOperation> of(
            Network network, NativeWeights weights, GraphUses uses, Statistics statistics, Precision precision) {
        return network.nodes().stream()
                .skip(1)
                .map(node ->
                        new LayerOperation(node, weights, statistics, precision, uses.mayOverwriteFirstInput(node)))
                .toList();
    }

    /** This one, which leaves the memory of its inputs alone. */
    LayerOperation withoutOverwriting() {
        return new LayerOperation(node, weights, statistics, precision, false);
    }

    @Override
    public List<String> inputs() {
        return node.inputs();
    }

    @Override
    public String output() {
        return node.name();
    }

    @Override
    public Tensor run(List<Tensor> tensors, boolean withoutSoftmax) {
        return node.layer()
                .accept(new LayerForward(node, tensors, weights, statistics, precision, mayOverwrite, withoutSoftmax));
    }
}
