package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * x above 0, negativeSlope * x below.
 *
 * @param name the layer's name
 * @param negativeSlope at least 0
 */
public record LeakyReLU(String name, double negativeSlope) implements Layer {
    /** @throws InvalidNetworkException if the slope is negative */
    public LeakyReLU {
        if (!(negativeSlope >= 0)) {
            throw new InvalidNetworkException("a LeakyReLU's slope must be at least 0, got " + negativeSlope);
        }
    }

    /** Keras's default slope, 0.3. */
    public LeakyReLU() {
        this("", 0.3);
    }

    @Override
    public LeakyReLU withName(String newName) {
        return new LeakyReLU(newName, negativeSlope);
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
