package dev.resnet4j.engine.torch;

import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * All layers by libtorch's operations, which record the way back: the reference for what is faster.
 *
 * @param weights of the network
 * @param scores from pictures
 */
record LayerwiseTrainingPass(NativeWeights weights, Function<Tensor, Tensor> scores) implements TrainingPass {
    @Override
    public Tensor scores(Tensor pictures) {
        return scores.apply(pictures);
    }

    /** libtorch's operations hand on what is not a number. */
    @Override
    public boolean isFinite() {
        return true;
    }

    @Override
    public Gradients gradients(Tensor loss) {
        return Gradients.of(loss, List.copyOf(weights.trainable().values()));
    }
}
