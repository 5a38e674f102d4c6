package dev.resnet4j.engine.torch;

import dev.resnet4j.model.training.OptimizerState;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** An optimizer with its state in native memory, until closed. */
sealed interface NativeOptimizer extends AutoCloseable permits NativeAdam, NativeSgd {
    /**
     * Changes the weights by their gradients.
     *
     * @param gradients of the trainable weights, in the network's order
     * @param learningRate of this step
     */
    void step(List<Tensor> gradients, double learningRate);

    /** How many steps were taken. */
    long iterations();

    /** A copy of what it remembers. */
    OptimizerState state();

    @Override
    void close();
}
