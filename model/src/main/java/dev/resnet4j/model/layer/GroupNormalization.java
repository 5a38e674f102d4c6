package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * Normalises each sample by the mean and biased variance of groups of channels (Wu and He 2018). Weights: gamma and beta
 * (channels).
 *
 * @param name the layer's name
 * @param groups how many groups; -1 for one a channel (instance normalisation)
 * @param epsilon added to the variance, above 0 and finite
 * @param center whether beta is added
 * @param scale whether gamma multiplies
 */
public record GroupNormalization(String name, int groups, double epsilon, boolean center, boolean scale)
        implements Layer {
    /** @throws InvalidNetworkException if the groups are neither positive nor -1, or epsilon not above 0 and finite */
    public GroupNormalization {
        if (groups < 1 && groups != -1) {
            throw new InvalidNetworkException(
                    "group normalisation's groups must be at least 1, or -1 for one a channel, got " + groups);
        }
        Inputs.requireEpsilon("group normalisation's epsilon", epsilon);
    }

    /** Keras's defaults: 32 groups, epsilon 0.001, with gamma and beta. */
    public GroupNormalization() {
        this("", 32, 1e-3, true, true);
    }

    @Override
    public GroupNormalization withName(String newName) {
        return new GroupNormalization(newName, groups, epsilon, center, scale);
    }

    /** The number of groups for an input of so many channels. */
    public int groupsOf(int channels) {
        return groups == -1 ? channels : groups;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(this, inputs);
        if (input.channels() % groupsOf(input.channels()) != 0) {
            throw InvalidNetworkException.at(
                    this,
                    "its input's " + input.channels() + " channels cannot be shared out among " + groups + " groups");
        }
        return input;
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        return Inputs.scaleAndOffset(Shape.of(Inputs.single(this, inputs).channels()), scale, center);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
