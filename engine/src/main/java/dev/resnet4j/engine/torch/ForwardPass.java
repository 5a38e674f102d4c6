package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Runs a batch through a network once, layer by layer, with libtorch's operations one at a time. Where gradients are
 * on, libtorch records the way back.
 *
 * <p>Feature maps are (batch, channels, height, width) in channels-last memory. A tensor is let go after its last use.
 *
 * <p>One layer's output can be watched: it is cut off from what made it, and gradients can be taken of it.
 */
final class ForwardPass {
    private final Network network;
    private final NativeWeights weights;
    private final GraphUses uses;
    private final Statistics statistics;
    private final Precision precision;
    private final Map<String, Tensor> outputs = new HashMap<>();
    private final Map<String, Integer> usesLeft;
    private final Optional<String> watchedNode;
    private Tensor watched;

    ForwardPass(Network network, NativeWeights weights, GraphUses uses, Statistics statistics, Precision precision) {
        this(network, weights, uses, statistics, precision, Optional.empty());
    }

    /** @param watchedNode the name of the node whose output is watched, where one is */
    ForwardPass(
            Network network,
            NativeWeights weights,
            GraphUses uses,
            Statistics statistics,
            Precision precision,
            Optional<String> watchedNode) {
        this.network = network;
        this.weights = weights;
        this.uses = uses;
        this.statistics = statistics;
        this.precision = precision;
        this.watchedNode = watchedNode;
        this.usesLeft = new HashMap<>(uses.consumers());
    }

    /** The network's output in 32 bits. */
    Tensor output(Tensor input) {
        return run(input, false);
    }

    /** The network's output in 32 bits, without the softmax that it ends with. */
    Tensor logits(Tensor input) {
        return run(input, true);
    }

    private Tensor run(Tensor input, boolean withoutSoftmax) {
        try {
            Tensor first = inPrecision(input);
            outputs.put(network.nodes().get(0).name(), first.retainReference());
            String last = network.output().name();
            for (Node node : network.nodes().subList(1, network.nodes().size())) {
                Tensor output = run(node, withoutSoftmax && node.name().equals(last));
                outputs.put(node.name(), isWatched(node) ? cutOff(output) : output);
                node.inputs().forEach(this::letGoAfterLastUse);
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

    private boolean isWatched(Node node) {
        return watchedNode.filter(node.name()::equals).isPresent();
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
            case FP32 -> new Tensor(input);
            case BF16 -> input.toType(torch.ScalarType.BFloat16);
        };
    }

    /** Of what a layer makes on the way, only its output outlives it. */
    private Tensor run(Node node, boolean withoutSoftmax) {
        List<Tensor> inputs = node.inputs().stream().map(outputs::get).toList();
        try (PointerScope scope = new PointerScope()) {
            Tensor output = node.layer()
                    .accept(new LayerForward(
                            node,
                            inputs,
                            weights,
                            statistics,
                            precision,
                            uses.mayOverwriteFirstInput(node),
                            withoutSoftmax));
            return output.retainReference();
        }
    }

    private void letGoAfterLastUse(String name) {
        if (usesLeft.merge(name, -1, Integer::sum) == 0) {
            outputs.remove(name).close();
        }
    }
}
