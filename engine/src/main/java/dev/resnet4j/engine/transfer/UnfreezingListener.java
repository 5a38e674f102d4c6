package dev.resnet4j.engine.transfer;

import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.TrainingListener;
import dev.resnet4j.model.transfer.GradualUnfreezing;

/**
 * Freezes before each epoch what is to be frozen in it:
 *
 * <pre>{@code
 * model.fit(training, options.withListener(new UnfreezingListener(model, unfreezing)));
 * }</pre>
 *
 * <p>Training that goes on takes it again, with the same model and unfreezing.
 */
public final class UnfreezingListener implements TrainingListener {
    private final Model model;
    private final GradualUnfreezing unfreezing;

    /**
     * Nothing is frozen before training begins.
     *
     * @param model the one that is trained
     */
    public UnfreezingListener(Model model, GradualUnfreezing unfreezing) {
        this.model = model;
        this.unfreezing = unfreezing;
    }

    /** @throws dev.resnet4j.model.layer.InvalidNetworkException if the network has fewer stages than are to be counted */
    @Override
    public void onEpochBegin(int epoch) {
        model.setFrozen(unfreezing.at(epoch).layersOf(model.network()));
    }
}
