package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * In training, moves each picture; otherwise passes its input on.
 *
 * @param name the layer's name
 * @param heightFactor how far down, in parts of the height, from -1 to 1
 * @param widthFactor how far to the right, in parts of the width, from -1 to 1
 * @param fill how the moved picture's pixels are found
 */
public record RandomTranslation(String name, Interval heightFactor, Interval widthFactor, Fill fill) implements Layer {
    /** @throws InvalidNetworkException if a factor does not lie between -1 and 1 */
    public RandomTranslation {
        if (!heightFactor.isWithin(-1, 1) || !widthFactor.isWithin(-1, 1)) {
            throw new InvalidNetworkException(
                    "a translation's factors must lie between -1 and 1, got " + heightFactor + " and " + widthFactor);
        }
    }

    /** By up to these parts of the height and the width either way. */
    public RandomTranslation(double heightFactor, double widthFactor) {
        this("", Interval.around(heightFactor), Interval.around(widthFactor), Fill.DEFAULT);
    }

    @Override
    public RandomTranslation withName(String newName) {
        return new RandomTranslation(newName, heightFactor, widthFactor, fill);
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
