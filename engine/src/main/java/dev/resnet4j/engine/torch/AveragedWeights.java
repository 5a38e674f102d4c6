package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The average of a network's weights and moving statistics over the steps, until closed. */
final class AveragedWeights implements AutoCloseable {
    private final ExponentialMovingAverage rule;
    private final NativeWeights average;

    /**
     * @param network without nested networks
     * @param start the average so far, or the initial weights
     * @param layouts those of the weights that are averaged
     */
    AveragedWeights(
            ExponentialMovingAverage rule,
            Network network,
            Weights start,
            Device device,
            Map<WeightName, WeightLayout> layouts) {
        this.rule = rule;
        this.average = new NativeWeights(network, start, device, layouts);
    }

    /**
     * Takes a step's weights in. Call it where gradients are off.
     *
     * @param step how many steps were taken before this one
     */
    void update(NativeWeights weights, long step) {
        Scalar shareOfWeights = new Scalar(1 - rule.momentumAt(step));
        List<Tensor> averages = average.changing();
        List<Tensor> current = weights.changing();
        for (int index = 0; index < averages.size(); index++) {
            averages.get(index).lerp_(current.get(index), shareOfWeights);
        }
    }

    /** The average as weights that a forward pass can take. */
    NativeWeights weights() {
        return average;
    }

    @Override
    public void close() {
        average.close();
    }
}
