package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * In training, cuts a part out of a picture, anywhere, the same place for the whole batch. Otherwise, and where the picture
 * is smaller than the cut, the largest part of the cut's form is taken from the middle and resized to it (bilinear).
 *
 * @param name the layer's name
 * @param height of the output
 * @param width of the output
 */
public record RandomCrop(String name, int height, int width) implements Layer {
    /** @throws InvalidNetworkException if a side is below 1 */
    public RandomCrop {
        Inputs.requirePositive("a crop's height", height);
        Inputs.requirePositive("a crop's width", width);
    }

    /** An unnamed crop. */
    public RandomCrop(int height, int width) {
        this("", height, width);
    }

    @Override
    public RandomCrop withName(String newName) {
        return new RandomCrop(newName, height, width);
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
