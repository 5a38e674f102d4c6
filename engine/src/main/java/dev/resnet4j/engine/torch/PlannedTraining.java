package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.onednn.OneDnn;
import dev.resnet4j.engine.onednn.TrainableBody;
import dev.resnet4j.engine.onednn.WorkingMemory;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains a network's body by plans, one for each size of batch and precision, and the rest layer by layer; until closed. The
 * plans share their working memory and the gradients.
 */
final class PlannedTraining implements AutoCloseable {
    /** An epoch's last batch may be smaller, and precision may change. */
    private static final int MOST_PLANS = 4;

    private record Key(int batch, Precision precision) {}

    private final Network network;
    private final TrainableBody body;
    private final NativeWeights weights;
    private final GraphUses uses;
    private final CategoricalCrossentropy crossentropy;
    private final BatchStatistics statistics;
    private final WorkingMemory memory = new WorkingMemory();
    private final Map<WeightName, Tensor> gradients = new LinkedHashMap<>();
    /** The oldest first; empty where oneDNN cannot. */
    private final Map<Key, Optional<PlannedBatch>> batches = new LinkedHashMap<>();

    /**
     * @param network without nested networks
     * @param weights with the body's kernels in blocks as the body asks for
     */
    PlannedTraining(
            Network network,
            TrainableBody body,
            NativeWeights weights,
            GraphUses uses,
            CategoricalCrossentropy crossentropy) {
        this.network = network;
        this.body = body;
        this.weights = weights;
        this.uses = uses;
        this.crossentropy = crossentropy;
        this.statistics = new BatchStatistics(body.normalizations());
        try (PointerScope scope = new PointerScope()) {
            for (WeightName name : body.weights()) {
                Tensor gradient = torch.zeros_like(weights.trainable().get(name).detach());
                gradients.put(name, gradient.retainReference());
            }
        }
    }

    /** How the body's kernels are to lie in memory. */
    static Map<WeightName, WeightLayout> layouts(TrainableBody body) {
        Map<WeightName, WeightLayout> layouts = new LinkedHashMap<>();
        body.blocks().forEach((name, blocks) -> layouts.put(name, WeightLayout.of(blocks)));
        return layouts;
    }

    /** The way of a batch; empty where it has to go layer by layer. */
    Optional<TrainingPass> pass(int batch, Precision precision, Statistics chosen) {
        return planned(new Key(batch, precision)).map(planned -> pass(planned, precision, chosen));
    }

    /** Whether a batch is trained by a plan. */
    boolean plans(int batch, Precision precision) {
        return planned(new Key(batch, precision)).isPresent();
    }

    /** Whether no moving statistics change before a batch is known to be sound: all normalisations are in the body. */
    boolean holdsAllNormalizations() {
        return weights.movingStatisticsCount() == 2 * body.normalizations().size();
    }

    private TrainingPass pass(PlannedBatch planned, Precision precision, Statistics chosen) {
        List<LayerOperation> operations = LayerOperation.of(network, weights, uses, chosen, precision);
        List<LayerOperation> before = operations.stream()
                .takeWhile(operation -> !body.nodes().contains(operation.output()))
                .toList();
        List<LayerOperation> behind = operations.stream()
                .skip(before.size() + (long) body.nodes().size())
                .map(operation -> operation.inputs().contains(body.exit()) ? operation.withoutOverwriting() : operation)
                .toList();
        String first = network.nodes().get(0).name();
        return new PlannedTrainingPass(
                planned,
                weights,
                new ForwardPass(first, body.entry(), before, uses, precision),
                new ForwardPass(body.exit(), network.output().name(), behind, uses, precision),
                crossentropy,
                statistics,
                chosen == Statistics.BATCH_AND_UPDATE,
                gradients);
    }

    private Optional<PlannedBatch> planned(Key key) {
        if (batches.containsKey(key)) {
            return batches.get(key);
        }
        if (batches.size() == MOST_PLANS) {
            Iterator<Optional<PlannedBatch>> oldest = batches.values().iterator();
            oldest.next().ifPresent(PlannedBatch::close);
            oldest.remove();
        }
        Optional<PlannedBatch> made = made(key);
        batches.put(key, made);
        return made;
    }

    private Optional<PlannedBatch> made(Key key) {
        if (!OneDnn.convolves(CompiledNetwork.numbers(key.precision()))) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new PlannedBatch(body, key.batch(), key.precision(), memory, weights, gradients, statistics));
        } catch (RuntimeException notPossible) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        batches.values().forEach(batch -> batch.ifPresent(PlannedBatch::close));
        batches.clear();
        gradients.values().forEach(Tensor::close);
        gradients.clear();
        statistics.close();
        memory.close();
    }
}
