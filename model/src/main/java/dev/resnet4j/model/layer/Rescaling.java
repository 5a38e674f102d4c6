package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * x * scale + offset.
 *
 * @param name the layer's name
 * @param scale one number, or one a channel
 * @param offset one number, or one a channel
 */
public record Rescaling(String name, List<Double> scale, List<Double> offset) implements Layer {
    /** Takes copies of the lists. */
    public Rescaling {
        scale = List.copyOf(scale);
        offset = List.copyOf(offset);
    }

    /** One number for all channels. */
    public Rescaling(double scale, double offset) {
        this("", List.of(scale), List.of(offset));
    }

    @Override
    public Rescaling withName(String newName) {
        return new Rescaling(newName, scale, offset);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(this, inputs);
        Inputs.requireOneOrOneEach(this, "scale", scale.size(), input);
        Inputs.requireOneOrOneEach(this, "offset", offset.size(), input);
        return input;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
