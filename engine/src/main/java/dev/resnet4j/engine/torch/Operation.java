package dev.resnet4j.engine.torch;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A part of the way forward through a network: makes one output from outputs before it. */
sealed interface Operation permits LayerOperation, PlannedOperation, ObservedOperation {
    /** The names of the nodes whose outputs it takes, in order, each as often as a node takes it. */
    List<String> inputs();

    /** The name of the node whose output it makes. */
    String output();

    /**
     * Makes the output, in a tensor of its own handle.
     *
     * @param tensors the inputs
     * @param withoutSoftmax whether a softmax at its end is left out
     */
    Tensor run(List<Tensor> tensors, boolean withoutSoftmax);
}
