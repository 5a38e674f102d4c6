package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.WeightName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** The network's body by a plan, what is before and behind it by libtorch's operations. */
final class PlannedTrainingPass implements TrainingPass {
    private final PlannedBatch batch;
    private final NativeWeights weights;
    private final ForwardPass before;
    private final ForwardPass behind;
    private final CategoricalCrossentropy crossentropy;
    private final BatchStatistics statistics;
    private final boolean updatesStatistics;
    private final Map<WeightName, Tensor> gradients;
    private Tensor exit;

    /**
     * @param before from the pictures to what the body takes
     * @param behind from what the body makes to the network's output
     * @param statistics of the batch normalisations in the body
     * @param updatesStatistics whether the moving ones take them in
     * @param gradients of the body's weights, where the plan leaves them
     */
    PlannedTrainingPass(
            PlannedBatch batch,
            NativeWeights weights,
            ForwardPass before,
            ForwardPass behind,
            CategoricalCrossentropy crossentropy,
            BatchStatistics statistics,
            boolean updatesStatistics,
            Map<WeightName, Tensor> gradients) {
        this.batch = batch;
        this.weights = weights;
        this.before = before;
        this.behind = behind;
        this.crossentropy = crossentropy;
        this.statistics = statistics;
        this.updatesStatistics = updatesStatistics;
        this.gradients = gradients;
    }

    @Override
    public Tensor scores(Tensor pictures) {
        try (NoGradGuard noGradients = new NoGradGuard()) {
            exit = batch.forward(before.output(pictures));
        }
        exit.set_requires_grad(true);
        return crossentropy.scores(behind, exit);
    }

    /** oneDNN's ReLU makes 0 of what is not a number, but the statistics before it tell. */
    @Override
    public boolean isFinite() {
        return statistics.areFinite();
    }

    @Override
    public Gradients gradients(Tensor loss) {
        List<Tensor> recorded = new ArrayList<>();
        weights.trainable().forEach((name, weight) -> {
            if (!gradients.containsKey(name)) {
                recorded.add(weight);
            }
        });
        recorded.add(exit);
        List<Tensor> behindBody = Gradients.of(loss, recorded).tensors();
        try (NoGradGuard noGradients = new NoGradGuard()) {
            batch.backward(behindBody.get(behindBody.size() - 1));
            if (updatesStatistics) {
                statistics.updateMoving(weights, batch.size());
            }
        }
        Iterator<Tensor> others = behindBody.iterator();
        return new Gradients(weights.trainable().keySet().stream()
                .map(name -> gradients.containsKey(name) ? new Tensor(gradients.get(name)) : others.next())
                .toList());
    }
}
