package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.onednn.FusedConvolution;
import dev.resnet4j.engine.onednn.NumberType;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network made ready for use: batch normalisation is multiplied into the kernels before it, each convolution is run as one
 * with its padding, residual sum and ReLU, and the kernels are packed ahead. Everything else is run layer by layer.
 *
 * <p>oneDNN's ReLU makes 0 of what is not a number, where libtorch's keeps it. So that a training that has failed shows, a
 * network is run layer by layer where a weight is not finite, or is above 10^6 by itself or with the normalisation; numbers
 * that overflow over many layers of smaller weights are not seen.
 *
 * <p>Has its own copy of the convolutions' kernels as they were when it was made; until closed.
 */
final class CompiledNetwork implements AutoCloseable {
    /** Trained weights are far below, those of a training that has failed far above. */
    private static final float LARGEST_WEIGHT = 1e6f;

    private final Network network;
    private final GraphUses uses;
    private final Precision precision;
    private final Map<String, ConvolutionOperation> convolutions = new LinkedHashMap<>();
    private final List<Operation> operations;

    /** @param network without nested networks */
    CompiledNetwork(Network network, NativeWeights weights, GraphUses uses, Precision precision) {
        this.network = network;
        this.uses = uses;
        this.precision = precision;
        try {
            if (weights.largest() <= LARGEST_WEIGHT) {
                fuseConvolutions(weights);
            }
            this.operations = operations(weights);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private void fuseConvolutions(NativeWeights weights) {
        for (FusedLayers layers : FusedLayers.of(network).values()) {
            FoldedKernel folded = FoldedKernel.of(layers, weights::download);
            if (!(folded.largest() <= LARGEST_WEIGHT)) {
                close();
                return;
            }
            fuse(layers, folded)
                    .ifPresent(convolution ->
                            convolutions.put(layers.last().name(), new ConvolutionOperation(layers, convolution)));
        }
    }

    private Optional<FusedConvolution> fuse(FusedLayers layers, FoldedKernel folded) {
        return FusedConvolution.of(
                layers.shape(network.node(layers.input()).outputShape()),
                folded.kernel(),
                folded.bias(),
                numbers(precision),
                layers.addition().isPresent(),
                layers.endsWithRelu());
    }

    /** Each convolution in the place of its last layer, and the layers that are in none. */
    private List<Operation> operations(NativeWeights weights) {
        Set<String> fused = convolutions.values().stream()
                .flatMap(convolution -> convolution.layers().nodes().stream())
                .map(Node::name)
                .collect(Collectors.toSet());
        return LayerOperation.of(network, weights, uses, Statistics.MOVING, precision).stream()
                .filter(layer -> convolutions.containsKey(layer.output()) || !fused.contains(layer.output()))
                .<Operation>map(
                        layer -> convolutions.containsKey(layer.output()) ? convolutions.get(layer.output()) : layer)
                .toList();
    }

    /** How many convolutions are run by oneDNN. */
    int fusedConvolutions() {
        return convolutions.size();
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
        convolutions.values().forEach(ConvolutionOperation::close);
        convolutions.clear();
    }
}
