package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.AdamW;
import dev.resnet4j.model.training.OptimizerState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorType;
import org.bytedeco.pytorch.Type;

/**
 * Adam and AdamW with libtorch's fused step, which reads and writes each number once. libtorch adds epsilon after the correction
 * of the second moment's bias and Keras before it; epsilon divided by that correction makes them one. Both corrections are by
 * the steps of the weight itself, as PyTorch counts them: a weight that was frozen at first has moments that are as young.
 */
final class NativeAdam implements NativeOptimizer {
    private final Adam adam;
    /** The name of libtorch's operation; of the two, AdamW's decays weights. */
    private final String operation;

    private final NativeWeights weights;
    private final List<ParameterGroup> groups;
    private final Slots momentum;
    private final Slots velocity;
    private final Map<WeightName, Long> lateStarts;
    private final Tensor stepNumber;
    private long iterations;

    private NativeAdam(
            Adam adam,
            String operation,
            NativeWeights weights,
            List<ParameterGroup> groups,
            Device device,
            Optional<OptimizerState> earlier) {
        this.adam = adam;
        this.operation = operation;
        this.weights = weights;
        this.groups = groups;
        this.momentum = new Slots("momentum", weights, device, earlier);
        this.velocity = new Slots("velocity", weights, device, earlier);
        this.iterations = earlier.map(OptimizerState::iterations).orElse(0L);
        this.lateStarts = earlier.map(OptimizerState::lateStarts).orElse(Map.of());
        this.stepNumber = Tensors.number(0, device);
    }

    static NativeAdam of(
            Adam adam,
            NativeWeights weights,
            List<ParameterGroup> groups,
            Device device,
            Optional<OptimizerState> earlier) {
        return new NativeAdam(adam, "aten::_fused_adam_", weights, groups, device, earlier);
    }

    static NativeAdam of(
            AdamW adamW,
            NativeWeights weights,
            List<ParameterGroup> groups,
            Device device,
            Optional<OptimizerState> earlier) {
        return new NativeAdam(adamW.adam(), "aten::_fused_adamw_", weights, groups, device, earlier);
    }

    @Override
    public void step(List<Tensor> gradients, double learningRate) {
        iterations++;
        groups.forEach(group -> step(group, gradients, learningRate * group.rateFactor()));
    }

    private void step(ParameterGroup group, List<Tensor> gradients, double learningRate) {
        List<Tensor> parameters = group.of(List.copyOf(weights.trainable().values()));
        double ownSteps = (double) (iterations - group.lateStart());
        double secondMomentCorrection = Math.sqrt(1 - Math.pow(adam.beta2(), ownSteps));
        // One tensor for all groups: libtorch has read it when the next group writes it.
        stepNumber.fill_(new Scalar(ownSteps));
        IValueVector arguments = new IValueVector();
        arguments.push_back(new IValue(tensorList(parameters)));
        arguments.push_back(new IValue(tensorList(group.of(gradients))));
        arguments.push_back(new IValue(tensorList(group.of(momentum.tensors()))));
        arguments.push_back(new IValue(tensorList(group.of(velocity.tensors()))));
        arguments.push_back(new IValue(tensorList(List.of())));
        arguments.push_back(new IValue(tensorList(Collections.nCopies(parameters.size(), stepNumber))));
        arguments.push_back(new IValue(learningRate));
        arguments.push_back(new IValue(adam.beta1()));
        arguments.push_back(new IValue(adam.beta2()));
        arguments.push_back(new IValue(group.weightDecay()));
        arguments.push_back(new IValue(adam.epsilon() / secondMomentCorrection));
        arguments.push_back(new IValue(false)); // amsgrad
        arguments.push_back(new IValue(false)); // maximize
        arguments.push_back(new IValue()); // gradient scale
        arguments.push_back(new IValue()); // infinity found
        // The operation is not mapped as a method, so it is called by its name.
        Dispatcher.singleton().findSchemaOrThrow(operation, "").callBoxed(arguments);
    }

    private static GenericList tensorList(List<Tensor> tensors) {
        GenericList list = new GenericList(new Type.TypePtr(TensorType.get()));
        tensors.forEach(tensor -> list.push_back(new IValue(tensor)));
        return list;
    }

    @Override
    public long iterations() {
        return iterations;
    }

    @Override
    public OptimizerState state() {
        Map<WeightName, Map<String, NdArray>> slots = new LinkedHashMap<>();
        momentum.downloadInto(slots, weights);
        velocity.downloadInto(slots, weights);
        return new OptimizerState(iterations, slots).withLateStarts(lateStarts);
    }

    @Override
    public void close() {
        momentum.close();
        velocity.close();
        stepNumber.close();
    }
}
