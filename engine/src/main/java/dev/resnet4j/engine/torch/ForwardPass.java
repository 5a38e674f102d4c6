package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.layer.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Runs a batch through a network, or a part of one, once: one operation after the other. Where gradients are on, libtorch records the way
 * back through its own.
 *
 * <p>Feature maps are (batch, channels, height, width) in channels-last memory. A tensor is let go after its last use.
 *
 * <p>One layer's output can be watched: it is cut off from what made it, and gradients can be taken of it.
 */
final class ForwardPass {
    private final String first;
    private final String last;
    private final List<? extends Operation> operations;
    private final Precision precision;
    private final Map<String, Tensor> outputs = new HashMap<>();
    private final Map<String, Integer> usesLeft;
    private final Optional<String> watchedNode;
    private Tensor watched;

    /** One operation of libtorch a layer. */
    static ForwardPass ofLayers(
            Network network, NativeWeights weights, GraphUses uses, Statistics statistics, Precision precision) {
        return new ForwardPass(
                network, LayerOperation.of(network, weights, uses, statistics, precision), uses, precision);
    }

    /** @param operations from the layer behind the input to the last, in an order in which each finds its inputs made */
    ForwardPass(Network network, List<? extends Operation> operations, GraphUses uses, Precision precision) {
        this(network, operations, uses, precision, Optional.empty());
    }

    /** @param watchedNode the name of the node whose output is watched, where one is */
    ForwardPass(
            Network network,
            List<? extends Operation> operations,
            GraphUses uses,
            Precision precision,
            Optional<String> watchedNode) {
        this(network.nodes().get(0).name(), network.output().name(), operations, uses, precision, watchedNode);
    }

    /**
     * Through a part of a network.
     *
     * @param first the name of the node whose output is given
     * @param last the name of the node whose output is asked for
     */
    ForwardPass(String first, String last, List<? extends Operation> operations, GraphUses uses, Precision precision) {
        this(first, last, operations, uses, precision, Optional.empty());
    }

    private ForwardPass(
            String first,
            String last,
            List<? extends Operation> operations,
            GraphUses uses,
            Precision precision,
            Optional<String> watchedNode) {
        this.first = first;
        this.last = last;
        this.operations = operations;
        this.precision = precision;
        this.watchedNode = watchedNode;
        this.usesLeft = new HashMap<>(uses.consumers());
    }

    /** The last output in 32 bits. */
    Tensor output(Tensor input) {
        return run(input, false);
    }

    /** The last output in 32 bits, without the softmax that it ends with. */
    Tensor logits(Tensor input) {
        return run(input, true);
    }

    private Tensor run(Tensor input, boolean withoutSoftmax) {
        try {
            outputs.put(first, inPrecision(input).retainReference());
            for (Operation operation : operations) {
                String name = operation.output();
                Tensor output = run(operation, withoutSoftmax && name.equals(last));
                outputs.put(name, isWatched(name) ? cutOff(output) : output);
                operation.inputs().forEach(this::letGoAfterLastUse);
            }
            return outputs.get(last).toType(torch.ScalarType.Float);
        } finally {
            outputs.values().forEach(Tensor::close);
            outputs.clear();
        }
    }

    /** The output of the watched layer, after a run: of the scope that the run was in. */
    Tensor watched() {
        return watched;
    }

    private boolean isWatched(String name) {
        return watchedNode.filter(name::equals).isPresent();
    }

    /** The network goes on with a copy: the layers after it may overwrite that. */
    private Tensor cutOff(Tensor output) {
        watched = output.detach();
        watched.set_requires_grad(true);
        output.close();
        try (PointerScope scope = new PointerScope()) {
            return watched.clone().retainReference();
        }
    }

    private Tensor inPrecision(Tensor input) {
        return switch (precision) {
            case FP32, INT8 -> new Tensor(input);
            case BF16 -> input.toType(torch.ScalarType.BFloat16);
        };
    }

    /** Of what an operation makes on the way, only its output outlives it. */
    private Tensor run(Operation operation, boolean withoutSoftmax) {
        List<Tensor> inputs = operation.inputs().stream().map(outputs::get).toList();
        try (PointerScope scope = new PointerScope()) {
            return operation.run(inputs, withoutSoftmax).retainReference();
        }
    }

    private void letGoAfterLastUse(String name) {
        if (usesLeft.merge(name, -1, Integer::sum) == 0) {
            outputs.remove(name).close();
        }
    }
}
