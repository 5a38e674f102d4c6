package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * In training, adds noise from a normal distribution around 0; otherwise passes its input on.
 *
 * @param name the layer's name
 * @param standardDeviation of the noise, at least 0 and finite
 */
public record GaussianNoise(String name, double standardDeviation) implements Layer {
    /** @throws InvalidNetworkException if the standard deviation is negative or not finite */
    public GaussianNoise {
        if (!(standardDeviation >= 0) || Double.isInfinite(standardDeviation)) {
            throw new InvalidNetworkException(
                    "a noise's standard deviation must be at least 0 and finite, got " + standardDeviation);
        }
    }

    /** An unnamed noise. */
    public GaussianNoise(double standardDeviation) {
        this("", standardDeviation);
    }

    @Override
    public GaussianNoise withName(String newName) {
        return new GaussianNoise(newName, standardDeviation);
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
