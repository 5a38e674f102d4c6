package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.AdamW;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.OptimizerState;
import dev.resnet4j.model.training.Sgd;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Device;

/** How a step's gradients change the weights, and what is remembered from step to step, until closed. */
final class WeightUpdate implements AutoCloseable {
    private final NativeWeights weights;
    private final OptionalDouble globalClipnorm;
    private final NativeOptimizer optimizer;
    private final Optional<AveragedWeights> average;

    /**
     * @param network without nested networks
     * @throws IllegalArgumentException if the earlier state is another rule's or another network's
     */
    WeightUpdate(
            Network network,
            NativeWeights weights,
            Device device,
            Compilation compilation,
            Optional<OptimizerState> earlier) {
        compilation.requireFit(network);
        this.weights = weights;
        this.globalClipnorm = compilation.globalClipnorm();
        this.optimizer = optimizer(compilation, weights, device, earlier);
        this.average = compilation.average().map(rule -> {
            Weights start = earlier.flatMap(OptimizerState::average).orElseGet(weights::download);
            return new AveragedWeights(rule, network, start, device, weights.layouts());
        });
    }

    private static NativeOptimizer optimizer(
            Compilation compilation, NativeWeights weights, Device device, Optional<OptimizerState> earlier) {
        Map<WeightName, Long> lateStarts =
                earlier.map(OptimizerState::lateStarts).orElse(Map.of());
        List<ParameterGroup> groups = ParameterGroup.of(weights, compilation, lateStarts);
        Optimizer rule = compilation.optimizer();
        if (rule instanceof Adam adam) {
            return NativeAdam.of(adam, weights, groups, device, earlier);
        }
        if (rule instanceof AdamW adamW) {
            return NativeAdam.of(adamW, weights, groups, device, earlier);
        }
        return new NativeSgd((Sgd) rule, weights, groups, device, earlier);
    }

    /** One step. Uses the gradients up. Call it where gradients are off. */
    void apply(Gradients gradients, double learningRate) {
        long stepsBefore = optimizer.iterations();
        globalClipnorm.ifPresent(gradients::clip);
        optimizer.step(gradients.tensors(), learningRate);
        average.ifPresent(kept -> kept.update(weights, stepsBefore));
    }

    /** How many steps were taken. */
    long iterations() {
        return optimizer.iterations();
    }

    /** The average of the weights, where one is kept. */
    Optional<NativeWeights> average() {
        return average.map(AveragedWeights::weights);
    }

    /** A copy of what is remembered. */
    OptimizerState state() {
        return optimizer.state().withAverage(average().map(NativeWeights::download));
    }

    @Override
    public void close() {
        optimizer.close();
        average.ifPresent(AveragedWeights::close);
    }
}
