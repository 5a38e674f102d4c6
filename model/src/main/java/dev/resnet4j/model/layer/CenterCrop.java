package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * Cuts the middle out of a picture. Where the picture is smaller than the cut, the largest part of the cut's form is
 * resized to it (bilinear).
 *
 * @param name the layer's name
 * @param height of the output
 * @param width of the output
 */
public record CenterCrop(String name, int height, int width) implements Layer {
    /** @throws InvalidNetworkException if a side is below 1 */
    public CenterCrop {
        Inputs.requirePositive("a crop's height", height);
        Inputs.requirePositive("a crop's width", width);
    }

    /** An unnamed crop. */
    public CenterCrop(int height, int width) {
        this("", height, width);
    }

    @Override
    public CenterCrop withName(String newName) {
        return new CenterCrop(newName, height, width);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Shape.of(height, width, Inputs.featureMap(this, inputs).channels());
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
