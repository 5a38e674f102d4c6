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

/** Stochastic gradient descent, with a velocity beside each weight where there is momentum. */
final class NativeSgd implements NativeOptimizer {
    private final Sgd sgd;
    private final NativeWeights weights;
    private final List<ParameterGroup> groups;
    private final Optional<Slots> velocity;
    private long iterations;

    NativeSgd(
            Sgd sgd,
            NativeWeights weights,
            List<ParameterGroup> groups,
            Device device,
            Optional<OptimizerState> earlier) {
        this.sgd = sgd;
        this.weights = weights;
        this.groups = groups;
        // Keras names SGD's velocity "momentum", and files keep the name.
        this.velocity =
                sgd.momentum() > 0 ? Optional.of(new Slots("momentum", weights, device, earlier)) : Optional.empty();
        this.iterations = earlier.map(OptimizerState::iterations).orElse(0L);
    }

    @Override
    public void step(List<Tensor> gradients, double learningRate) {
        iterations++;
        List<Tensor> parameters = List.copyOf(weights.trainable().values());
        Optional<List<Tensor>> velocities = velocity.map(Slots::tensors);
        for (ParameterGroup group : groups) {
            Scalar minusRate = new Scalar(-learningRate * group.rateFactor());
            for (int place : group.places()) {
                Tensor parameter = parameters.get(place);
                Tensor gradient = decayed(gradients.get(place), parameter, group.weightDecay());
                if (velocities.isEmpty()) {
                    parameter.add_(gradient, minusRate);
                } else {
                    stepWithMomentum(parameter, velocities.get().get(place), gradient, minusRate);
                }
            }
        }
    }

    /** The gradient with that of the decay, in the gradient's own memory. */
    private static Tensor decayed(Tensor gradient, Tensor parameter, double weightDecay) {
        return weightDecay == 0 ? gradient : gradient.add_(parameter, new Scalar(weightDecay));
    }

    private void stepWithMomentum(Tensor parameter, Tensor ownVelocity, Tensor gradient, Scalar minusRate) {
        Scalar momentum = new Scalar(sgd.momentum());
        ownVelocity.mul_(momentum).add_(gradient, minusRate);
        if (sgd.nesterov()) {
            parameter.add_(ownVelocity, momentum).add_(gradient, minusRate);
        } else {
            parameter.add_(ownVelocity);
        }
    }

    @Override
    public long iterations() {
        return iterations;
    }

    /** Without late starts: there is nothing to correct. */
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
