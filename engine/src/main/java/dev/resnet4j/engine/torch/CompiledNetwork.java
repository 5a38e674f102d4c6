package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.onednn.FusedConvolution;
import dev.resnet4j.engine.onednn.NumberType;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network made ready for use: batch normalisation is multiplied into the kernels before it, each convolution is run as one
 * with its padding, residual sum and ReLU, and the kernels are packed ahead. Everything else is run layer by layer; so is the
 * whole network where its numbers may overflow, since oneDNN's ReLU makes 0 of what is not a number.
 *
 * <p>Has its own copy of the convolutions' weights as they were when it was made; until closed.
 */
final class CompiledNetwork implements AutoCloseable {
    private final Network network;
    private final GraphUses uses;
    private final Precision precision;
    private final List<Operation> operations = new ArrayList<>();

    /** @param network without nested networks */
    CompiledNetwork(Network network, NativeWeights weights, GraphUses uses, Precision precision) {
        this.network = network;
        this.uses = uses;
        this.precision = precision;
        try {
            compile(weights);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void compile(NativeWeights weights) {
        List<Operation> layers = LayerOperation.of(network, weights, uses, Statistics.MOVING, precision);
        Map<String, FusedLayers> fused = FusedLayers.of(network);
        Set<String> inside = fused.values().stream()
                .flatMap(each -> each.nodes().stream())
                .map(Node::name)
                .collect(Collectors.toSet());
        for (Operation layer : layers) {
            FusedLayers ending = fused.get(layer.output());
            if (ending != null) {
                FoldedKernel folded = FoldedKernel.of(ending, weights::download);
                if (folded.mayOverflow()) {
                    close();
                    operations.addAll(layers);
                    return;
                }
                operations.add(new ConvolutionOperation(ending, convolution(ending, folded)));
            } else if (!inside.contains(layer.output())) {
                operations.add(layer);
            }
        }
    }

    private FusedConvolution convolution(FusedLayers layers, FoldedKernel folded) {
        return new FusedConvolution(
                layers.shape(network.node(layers.input()).outputShape()),
                folded.kernel(),
                folded.bias(),
                numbers(precision),
                layers.addition().isPresent(),
                layers.endsWithRelu());
    }

    /** What oneDNN calls the numbers. */
    static NumberType numbers(Precision precision) {
        return switch (precision) {
            case FP32 -> NumberType.FLOAT;
            case BF16 -> NumberType.BFLOAT16;
        };
    }

    /** A run through it, for one batch. */
    ForwardPass pass() {
        return new ForwardPass(network, operations, uses, precision);
    }

    @Override
    public void close() {
        for (Operation operation : operations) {
            if (operation instanceof ConvolutionOperation convolution) {
                convolution.close();
            }
        }
        operations.clear();
    }
}
