package dev.resnet4j.engine.torch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The gradients of a step. Call its methods where gradients are off.
 *
 * @param tensors one for each trainable weight, in the network's order
 */
record Gradients(List<Tensor> tensors) {
    /** Of no weights, or of no batch yet. */
    static final Gradients NONE = new Gradients(List.of());

    /** Those of a loss, whose operations libtorch has recorded, each in the memory order of its weight. */
    static Gradients of(Tensor loss, List<Tensor> weights) {
        if (weights.isEmpty()) {
            return NONE;
        }
        TensorVector gradients = torch.grad(new TensorVector(loss), new TensorVector(weights.toArray(Tensor[]::new)));
        List<Tensor> inOrder = new ArrayList<>();
        for (Tensor weight : weights) {
            // The vector's elements point into it; tensors of their own outlive it.
            Tensor gradient = new Tensor(gradients.get(inOrder.size()));
            inOrder.add(isPlain(weight) ? gradient.contiguous() : gradient);
        }
        return new Gradients(inOrder);
    }

    /** Whether the numbers lie row by row: where libtorch's operations take a view of a weight, its gradient may not. */
    private static boolean isPlain(Tensor weight) {
        return weight.is_contiguous();
    }

    /** In memory of their own. */
    Gradients copy() {
        return new Gradients(tensors.stream().map(Tensor::clone).toList());
    }

    /** With those of another batch added, in the memory of these. */
    Gradients plus(Gradients others) {
        if (tensors.isEmpty()) {
            return others;
        }
        for (int index = 0; index < others.tensors.size(); index++) {
            tensors.get(index).add_(others.tensors.get(index));
        }
        return this;
    }

    /** The length (L2 norm) of each, a list of numbers. */
    Tensor norms() {
        return norms(tensors);
    }

    /** The length (L2 norm) of each of some tensors, at least one, as a list of numbers. */
    static Tensor norms(Collection<Tensor> tensors) {
        return torch.stack(
                new TensorVector(tensors.stream().map(torch::linalg_vector_norm).toArray(Tensor[]::new)));
    }

    /** Scales them down to a length of all together, where they are longer: by largest / max(length, largest). */
    void clip(double largest) {
        if (tensors.isEmpty()) {
            return;
        }
        Tensor length = torch.linalg_vector_norm(norms());
        Tensor atLeastLargest = length.clamp(new ScalarOptional(new Scalar(largest)), new ScalarOptional());
        Tensor factor = atLeastLargest.reciprocal_().mul_(new Scalar(largest));
        tensors.forEach(gradient -> gradient.mul_(factor));
    }
}
