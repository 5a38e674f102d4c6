package dev.resnet4j.engine.torch;

import java.util.List;
import java.util.function.BiConsumer;
import org.bytedeco.pytorch.Tensor;

/**
 * An operation whose output is shown to someone.
 *
 * @param observer is given the name of the node and its output, which the next operation may write over
 */
record ObservedOperation(Operation operation, BiConsumer<String, Tensor> observer) implements Operation {
    @Override
    public List<String> inputs() {
        return operation.inputs();
    }

    @Override
    public String output() {
        return operation.output();
    }

    @Override
    public Tensor run(List<Tensor> tensors, boolean withoutSoftmax) {
        Tensor output = operation.run(tensors, withoutSoftmax);
        observer.accept(output(), output);
        return output;
    }
}
