package dev.resnet4j.engine;

import dev.resnet4j.model.training.WeightNorms;
import java.util.List;

/**
 * A listener that is told in each step how long the gradients and the weights are. They are worked out only where such a
 * listener is among {@link FitOptions#withListener the options'}.
 */
public interface NormListener extends TrainingListener {
    /**
     * In a step, after its gradients are there and before they change the weights.
     *
     * @param step of the optimizer, counted from 1 over all epochs; a run that goes on counts on
     * @param norms of each trainable weight, in the network's order
     */
    void onNorms(long step, List<WeightNorms> norms);
}
