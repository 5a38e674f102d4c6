package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * Keras's {@code ReLU} with its options: {@code maxValue} where x is at least that, x between the threshold and that,
 * and negativeSlope * (x - threshold) below.
 *
 * @param name the layer's name
 * @param maxValue what is cut off; infinite for nothing
 * @param negativeSlope slope below the threshold, at least 0
 * @param threshold where the rise begins, at least 0
 */
public record ReLU(String name, double maxValue, double negativeSlope, double threshold) implements Layer {
    /** @throws InvalidNetworkException if an option is negative or not a number */
    public ReLU {
        if (!(maxValue >= 0 && negativeSlope >= 0 && threshold >= 0)) {
            throw new InvalidNetworkException("a ReLU's options must be at least 0, got max_value " + maxValue
                    + ", negative_slope " + negativeSlope + ", threshold " + threshold);
        }
    }

    /** max(x, 0). */
    public ReLU() {
        this("", Double.POSITIVE_INFINITY, 0, 0);
    }

    @Override
    public ReLU withName(String newName) {
        return new ReLU(newName, maxValue, negativeSlope, threshold);
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
