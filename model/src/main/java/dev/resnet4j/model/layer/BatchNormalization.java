package dev.resnet4j.model.layer;

import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Ones;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Batch normalisation over the channels, the last axis (Ioffe and Szegedy 2015), with Keras's rules: in training the
 * batch's mean and biased variance normalise, and moving = moving * momentum + batch * (1 - momentum), where the
 * variance taken is the unbiased one; otherwise the moving statistics normalise. A frozen one always uses those.
 *
 * @param name the layer's name
 * @param momentum how much of the moving statistics stays at each step, in [0, 1]
 * @param epsilon added to the variance, above 0 and finite
 * @param center whether beta is added
 * @param scale whether gamma multiplies
 * @param gammaInitializer how gamma starts: as ones, or as zeros where a residual block is to start as its shortcut
 */
public record BatchNormalization(
        String name, double momentum, double epsilon, boolean center, boolean scale, Initializer gammaInitializer)
        implements Layer {
    /** @throws InvalidNetworkException if the momentum is outside [0, 1] or epsilon not above 0 and finite */
    public BatchNormalization {
        Objects.requireNonNull(gammaInitializer, "gammaInitializer");
        if (!(momentum >= 0 && momentum <= 1)) {
            throw new InvalidNetworkException(
                    "batch normalisation's momentum must be between 0 and 1, got " + momentum);
        }
        Inputs.requireEpsilon("batch normalisation's epsilon", epsilon);
    }

    /** With a gamma that starts as ones. */
    public BatchNormalization(String name, double momentum, double epsilon, boolean center, boolean scale) {
        this(name, momentum, epsilon, center, scale, new Ones());
    }

    /** Keras's defaults: momentum 0.99, epsilon 0.001, with gamma and beta. */
    public BatchNormalization() {
        this("", 0.99, 1e-3, true, true);
    }

    @Override
    public BatchNormalization withName(String newName) {
        return new BatchNormalization(newName, momentum, epsilon, center, scale, gammaInitializer);
    }

    /** With this momentum. */
    public BatchNormalization withMomentum(double newMomentum) {
        return new BatchNormalization(name, newMomentum, epsilon, center, scale, gammaInitializer);
    }

    /** With this epsilon. */
    public BatchNormalization withEpsilon(double newEpsilon) {
        return new BatchNormalization(name, momentum, newEpsilon, center, scale, gammaInitializer);
    }

    /** With or without gamma. */
    public BatchNormalization withScale(boolean newScale) {
        return new BatchNormalization(name, momentum, epsilon, center, newScale, gammaInitializer);
    }

    /** With or without beta. */
    public BatchNormalization withCenter(boolean newCenter) {
        return new BatchNormalization(name, momentum, epsilon, newCenter, scale, gammaInitializer);
    }

    /** With a gamma that starts in this way. */
    public BatchNormalization withGammaInitializer(Initializer newGammaInitializer) {
        return new BatchNormalization(name, momentum, epsilon, center, scale, newGammaInitializer);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return Inputs.single(this, inputs);
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        Shape channels = Shape.of(Inputs.single(this, inputs).channels());
        List<WeightSpec> weights = new ArrayList<>(Inputs.scaleAndOffset(channels, scale, gammaInitializer, center));
        weights.add(new WeightSpec("moving_mean", channels, new Zeros(), false));
        weights.add(new WeightSpec("moving_variance", channels, new Ones(), false));
        return List.copyOf(weights);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
