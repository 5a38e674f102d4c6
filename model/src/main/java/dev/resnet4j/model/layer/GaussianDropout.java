package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * In training, multiplies each number by one drawn around 1 with standard deviation sqrt(rate / (1 - rate)); otherwise
 * passes its input on.
 *
 * @param name the layer's name
 * @param rate in [0, 1)
 */
public record GaussianDropout(String name, double rate) implements Layer {
    /** @throws InvalidNetworkException if the rate is outside [0, 1) */
    public GaussianDropout {
        if (!(rate >= 0 && rate < 1)) {
            throw new InvalidNetworkException("a dropout rate must be at least 0 and below 1, got " + rate);
        }
    }

    /** An unnamed dropout. */
    public GaussianDropout(double rate) {
        this("", rate);
    }

    @Override
    public GaussianDropout withName(String newName) {
        return new GaussianDropout(newName, rate);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(this, inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
