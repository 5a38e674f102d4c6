package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * In training, adds to each picture a number of its own, cut to the range of values; otherwise passes its input on.
 *
 * @param name the layer's name
 * @param factor what is added, in parts of the range of values; from -1 to 1
 * @param valueRange the smallest and the largest value that a pixel may have
 */
public record RandomBrightness(String name, Interval factor, Interval valueRange) implements Layer {
    /** @throws InvalidNetworkException if the factor does not lie between -1 and 1 */
    public RandomBrightness {
        if (!factor.isWithin(-1, 1)) {
            throw new InvalidNetworkException("a brightness's factor must lie between -1 and 1, got " + factor);
        }
    }

    /** By up to a part of 255 up and down. */
    public RandomBrightness(double factor) {
        this("", Interval.around(factor), new Interval(0, 255));
    }

    @Override
    public RandomBrightness withName(String newName) {
        return new RandomBrightness(newName, factor, valueRange);
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
