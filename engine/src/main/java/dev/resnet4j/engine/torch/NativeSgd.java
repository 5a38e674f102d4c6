package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.training.OptimizerState;
import dev.resnet4j.model.training.Sgd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** Stochastic gradient descent, with a velocity beside each weight where there is momentum. */
final class NativeSgd implements NativeOptimizer {
    private final Sgd sgd;
    private final NativeWeights weights;
    private final Optional<Slots> velocity;
    private long iterations;

    NativeSgd(Sgd sgd, NativeWeights weights, Device device, Optional<OptimizerState> earlier) {
        this.sgd = sgd;
        this.weights = weights;
        // Keras names SGD's velocity "momentum", and files keep the name.
        this.velocity =
                sgd.momentum() > 0 ? Optional.of(new Slots("momentum", weights, device, earlier)) : Optional.empty();
        this.iterations = earlier.map(OptimizerState::iterations).orElse(0L);
    }

    @Override
    public void step(TensorVector gradients, double learningRate) {
        iterations++;
        Tensor[] gradient = gradients.get();
        List<Tensor> parameters = List.copyOf(weights.trainable().values());
        Scalar minusRate = new Scalar(-learningRate);
        if (velocity.isEmpty()) {
            for (int index = 0; index < gradient.length; index++) {
                parameters.get(index).add_(gradient[index], minusRate);
            }
            return;
        }
        List<Tensor> velocities = velocity.get().tensors();
        for (int index = 0; index < gradient.length; index++) {
            stepWithMomentum(parameters.get(index), velocities.get(index), gradient[index], minusRate);
        }
    }

    private void stepWithMomentum(Tensor parameter, Tensor velocity, Tensor gradient, Scalar minusRate) {
        Scalar momentum = new Scalar(sgd.momentum());
        velocity.mul_(momentum).add_(gradient, minusRate);
        if (sgd.nesterov()) {
            parameter.add_(velocity, momentum).add_(gradient, minusRate);
        } else {
            parameter.add_(velocity);
        }
    }

    @Override
    public long iterations() {
        return iterations;
    }

    @Override
    public OptimizerState state() {
        Map<WeightName, Map<String, NdArray>> slots = new LinkedHashMap<>();
        weights.trainable().keySet().forEach(weight -> slots.put(weight, new LinkedHashMap<>()));
        velocity.ifPresent(memory -> memory.downloadInto(slots, weights));
        return new OptimizerState(iterations, slots);
    }

    @Override
    public void close() {
        velocity.ifPresent(Slots::close);
    }
}
