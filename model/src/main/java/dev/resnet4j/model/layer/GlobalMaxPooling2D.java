package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * The largest number of each channel: a feature map becomes a vector of its channels, or a single pixel.
 *
 * @param name the layer's name
 * @param keepDimensions whether the output is (1, 1, channels) instead of (channels)
 */
public record GlobalMaxPooling2D(String name, boolean keepDimensions) implements Layer {
    /** To a vector. */
    public GlobalMaxPooling2D() {
        this("", false);
    }

    @Override
    public GlobalMaxPooling2D withName(String newName) {
        return new GlobalMaxPooling2D(newName, keepDimensions);
    }

    /** With an output of (1, 1, channels), or of (channels). */
    public GlobalMaxPooling2D withKeepDimensions(boolean newKeepDimensions) {
        return new GlobalMaxPooling2D(name, newKeepDimensions);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        int channels = Inputs.featureMap(this, inputs).channels();
        return keepDimensions ? Shape.of(1, 1, channels) : Shape.of(channels);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
