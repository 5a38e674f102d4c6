package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * In training, shows more or less of each picture around its middle; otherwise passes its input on.
 *
 * @param name the layer's name
 * @param heightFactor how much more of the height is shown, in parts of it: 0.2 zooms out by 20 %, -0.2 zooms in; above
 *     -1
 * @param widthFactor the same of the width; empty for what was drawn for the height
 * @param fill how the zoomed picture's pixels are found
 */
public record RandomZoom(String name, Interval heightFactor, Optional<Interval> widthFactor, Fill fill)
        implements Layer {
    /** @throws InvalidNetworkException if a factor is not above -1 */
    public RandomZoom {
        if (!(heightFactor.lower() > -1)
                || (widthFactor.isPresent() && !(widthFactor.get().lower() > -1))) {
            throw new InvalidNetworkException(
                    "a zoom's factors must be above -1, got " + heightFactor + " and " + widthFactor);
        }
    }

    /** By up to a part of the picture in and out, height and width alike. */
    public RandomZoom(double factor) {
        this("", Interval.around(factor), Optional.empty(), Fill.DEFAULT);
    }

    @Override
    public RandomZoom withName(String newName) {
        return new RandomZoom(newName, heightFactor, widthFactor, fill);
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
