package dev.resnet4j.model.layer;

import dev.resnet4j.model.initializer.Ones;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * (x - mean) / max(sqrt(variance), 1e-7) over the channels, the last axis, with what was found when the layer was adapted
 * to data; the way back, x * max(sqrt(variance), 1e-7) + mean, where it is inverted. Weights, unless mean and variance
 * are given as options: mean (channels), variance (channels) and count ().
 *
 * @param name the layer's name
 * @param mean one number, or one a channel; empty for a weight
 * @param variance one number, or one a channel; empty for a weight
 * @param invert whether to go the other way
 */
public record Normalization(String name, List<Double> mean, List<Double> variance, boolean invert) implements Layer {
    /** @throws InvalidNetworkException if only one of mean and variance is given */
    public Normalization {
        mean = List.copyOf(mean);
        variance = List.copyOf(variance);
        if (mean.isEmpty() != variance.isEmpty()) {
            throw new InvalidNetworkException(
                    "a normalization needs both mean and variance, or neither, got " + mean + " and " + variance);
        }
    }

    /** With mean and variance as weights. */
    public Normalization() {
        this("", List.of(), List.of(), false);
    }

    @Override
    public Normalization withName(String newName) {
        return new Normalization(newName, mean, variance, invert);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(this, inputs);
        if (!mean.isEmpty()) {
            Inputs.requireOneOrOneEach(this, "mean", mean.size(), input);
            Inputs.requireOneOrOneEach(this, "variance", variance.size(), input);
        }
        return input;
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        if (!mean.isEmpty()) {
            return List.of();
        }
        Shape channels = Shape.of(Inputs.single(this, inputs).channels());
        return List.of(
                new WeightSpec("mean", channels, new Zeros(), false),
                new WeightSpec("variance", channels, new Ones(), false),
                new WeightSpec("count", Shape.of(), new Zeros(), false));
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
