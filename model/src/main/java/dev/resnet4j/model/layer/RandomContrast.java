package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * In training, brings each picture's numbers nearer to each channel's mean, or further away, by a factor of its own:
 * (x - mean) * factor + mean, cut to the range of values; otherwise passes its input on.
 *
 * @param name the layer's name
 * @param factor the factors are drawn from 1 + lower to 1 + upper
 * @param valueRange the smallest and the largest value that a pixel may have
 */
public record RandomContrast(String name, Interval factor, Interval valueRange) implements Layer {
    /** By up to a part up and down, of pixels from 0 to 255. */
    public RandomContrast(double factor) {
        this("", Interval.around(factor), new Interval(0, 255));
    }

    @Override
    public RandomContrast withName(String newName) {
        return new RandomContrast(newName, factor, valueRange);
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
