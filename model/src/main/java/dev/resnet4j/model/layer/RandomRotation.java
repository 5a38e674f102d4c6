package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * In training, turns each picture around its middle by an angle of its own; otherwise passes its input on.
 *
 * @param name the layer's name
 * @param factor the angles, in whole turns; positive is counter-clockwise
 * @param fill how the turned picture's pixels are found
 */
public record RandomRotation(String name, Interval factor, Fill fill) implements Layer {
    /** By up to a part of a whole turn either way. */
    public RandomRotation(double factor) {
        this("", Interval.around(factor), Fill.DEFAULT);
    }

    @Override
    public RandomRotation withName(String newName) {
        return new RandomRotation(newName, factor, fill);
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
