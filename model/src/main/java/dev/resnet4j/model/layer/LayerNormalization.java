package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * Normalises each sample by its own mean and biased variance over its last axes (Ba et al. 2016). Weights: gamma and
 * beta, of those axes' shape.
 *
 * @param name the layer's name
 * @param axes how many of the last axes are normalised together, at least 1
 * @param epsilon added to the variance, above 0 and finite
 * @param center whether beta is added
 * @param scale whether gamma multiplies
 */
public record LayerNormalization(String name, int axes, double epsilon, boolean center, boolean scale)
        implements Layer {
    /** @throws InvalidNetworkException if there is no axis, or epsilon is not above 0 and finite */
    public LayerNormalization {
        Inputs.requirePositive("a layer normalisation's number of axes", axes);
        Inputs.requireEpsilon("layer normalisation's epsilon", epsilon);
    }

    /** Keras's defaults: over the last axis, epsilon 0.001, with gamma and beta. */
    public LayerNormalization() {
        this("", 1, 1e-3, true, true);
    }

    @Override
    public LayerNormalization withName(String newName) {
        return new LayerNormalization(newName, axes, epsilon, center, scale);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(this, inputs);
        if (axes > input.rank()) {
            throw InvalidNetworkException.at(this, "normalises " + axes + " axes, but its input has shape " + input);
        }
        return input;
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        Shape input = Inputs.single(this, inputs);
        Shape last = new Shape(input.dimensions().subList(input.rank() - axes, input.rank()));
        return Inputs.scaleAndOffset(last, scale, center);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
