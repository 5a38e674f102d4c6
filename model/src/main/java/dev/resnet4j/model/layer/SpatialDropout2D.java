package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * In training, sets whole channels to 0 with probability {@code rate} and scales the others by 1 / (1 - rate) (Tompson et
 * al. 2014); otherwise passes its input on.
 *
 * @param name the layer's name
 * @param rate in [0, 1)
 */
public record SpatialDropout2D(String name, double rate) implements Layer {
    /** @throws InvalidNetworkException if the rate is outside [0, 1) */
    public SpatialDropout2D {
        if (!(rate >= 0 && rate < 1)) {
            throw new InvalidNetworkException("a dropout rate must be at least 0 and below 1, got " + rate);
        }
    }

    /** An unnamed dropout. */
    public SpatialDropout2D(double rate) {
        this("", rate);
    }

    @Override
    public SpatialDropout2D withName(String newName) {
        return new SpatialDropout2D(newName, rate);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.featureMap(this, inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
