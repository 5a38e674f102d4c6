package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * x above 0, alpha * (exp(x) - 1) below (Clevert et al. 2015).
 *
 * @param name the layer's name
 * @param alpha the limit below, negated
 */
public record ELU(String name, double alpha) implements Layer {
    /** Keras's default, alpha 1. */
    public ELU() {
        this("", 1);
    }

    @Override
    public ELU withName(String newName) {
        return new ELU(newName, alpha);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(this, inputs);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
