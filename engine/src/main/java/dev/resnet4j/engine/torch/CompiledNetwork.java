package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.onednn.NumberType;
import dev.resnet4j.engine.onednn.PredictablePart;
import dev.resnet4j.engine.onednn.PredictionNumbers;
import dev.resnet4j.engine.onednn.ValueRange;
import dev.resnet4j.engine.onednn.WorkingMemory;
import dev.resnet4j.model.layer.Network;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A network made ready for use: batch normalisation is multiplied into the kernels before it, each convolution is run as one
 * with its padding, residual sum and ReLU, the kernels are packed ahead, and what is between convolutions is planned with
 * them. Everything else is run layer by layer.
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
    private final WorkingMemory memory = new WorkingMemory();
    /** By the name of the node whose output each makes. */
    private final Map<String, PlannedOperation> parts = new LinkedHashMap<>();

    private final List<Operation> operations;
    private int convolutionsInBytes;

    /**
     * @param network without nested networks
     * @param ranges of feature maps, by their nodes' names; for {@link Precision#INT8} alone
     * @param batch the size of the first batch, for which it is made ready
     */
    CompiledNetwork(
            Network network,
            NativeWeights weights,
            GraphUses uses,
            Precision precision,
            Map<String, ValueRange> ranges,
            int batch) {
        this.network = network;
        this.uses = uses;
        this.precision = precision;
        try {
            if (weights.largest() <= LARGEST_WEIGHT) {
                planParts(weights, predictionNumbers(ranges), batch);
            }
            this.operations = operations(weights);
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private PredictionNumbers predictionNumbers(Map<String, ValueRange> ranges) {
        return precision == Precision.INT8 ? PredictionNumbers.bytes(ranges) : PredictionNumbers.of(numbers(precision));
    }

    private void planParts(NativeWeights weights, PredictionNumbers numbers, int batch) {
        for (PredictablePart part : PredictablePart.of(network, numbers.inside())) {
            PlannedOperation operation = new PlannedOperation(part, numbers, weights, memory);
            parts.put(part.exit(), operation);
            convolutionsInBytes += operation.plan(batch).convolutionsInBytes();
            if (!(operation.largestWeight() <= LARGEST_WEIGHT)) {
                close();
                return;
            }
        }
    }

    /** Each part in the place of its last layer, and the layers that are in none. */
    private List<Operation> operations(NativeWeights weights) {
        Set<String> planned = new HashSet<>();
        parts.values().forEach(operation -> planned.addAll(operation.part().nodes()));
        return LayerOperation.of(network, weights, uses, Statistics.MOVING, precision).stream()
                .filter(layer -> parts.containsKey(layer.output()) || !planned.contains(layer.output()))
                .<Operation>map(layer -> parts.containsKey(layer.output()) ? parts.get(layer.output()) : layer)
                .toList();
    }

    /** How many convolutions are run by oneDNN. */
    long plannedConvolutions() {
        return parts.values().stream()
                .mapToLong(operation -> operation.part().convolutions())
                .sum();
    }

    /** How many convolutions are worked out in bytes. */
    int convolutionsInBytes() {
        return convolutionsInBytes;
    }

    /** What oneDNN calls the numbers; with {@link Precision#INT8} those of what is not in bytes. */
    static NumberType numbers(Precision precision) {
        return switch (precision) {
            case FP32, INT8 -> NumberType.FLOAT;
            case BF16 -> NumberType.BFLOAT16;
        };
    }

    /** A run through it, for one batch. */
    ForwardPass pass() {
        return new ForwardPass(network, operations, uses, precision);
    }

    @Override
    public void close() {
        parts.values().forEach(PlannedOperation::close);
        parts.clear();
        convolutionsInBytes = 0;
        memory.close();
    }
}
