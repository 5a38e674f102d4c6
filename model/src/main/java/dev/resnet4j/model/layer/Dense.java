package dev.resnet4j.model.layer;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A fully connected layer on a vector, or on each vector of the last axis. Weights: kernel (in, units) and bias (units).
 * A feature map needs a {@link Flatten} before it to be taken as one vector.
 *
 * @param name the layer's name
 * @param units the output's length
 * @param useBias whether a bias is added
 * @param activation applied at the end
 * @param kernelInitializer how the kernel starts
 * @param biasInitializer how the bias starts
 */
public record Dense(
        String name,
        int units,
        boolean useBias,
        ActivationFunction activation,
        Initializer kernelInitializer,
        Initializer biasInitializer)
        implements Layer {
    /** @throws InvalidNetworkException if there is not at least one unit */
    public Dense {
        Inputs.requirePositive("a dense layer's units", units);
    }

    /** Keras's defaults: bias, no activation, Glorot's uniform kernel with a random seed. */
    public Dense(int units) {
        this("", units, true, ActivationFunction.LINEAR, GlorotUniform.withRandomSeed(), new Zeros());
    }

    @Override
    public Dense withName(String newName) {
        return new Dense(newName, units, useBias, activation, kernelInitializer, biasInitializer);
    }

    /** With this activation at the end. */
    public Dense withActivation(ActivationFunction newActivation) {
        return new Dense(name, units, useBias, newActivation, kernelInitializer, biasInitializer);
    }

    /** With or without bias. */
    public Dense withBias(boolean newUseBias) {
        return new Dense(name, units, newUseBias, activation, kernelInitializer, biasInitializer);
    }

    /** With a kernel that starts so. */
    public Dense withKernelInitializer(Initializer newKernelInitializer) {
        return new Dense(name, units, useBias, activation, newKernelInitializer, biasInitializer);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        List<Integer> sizes = new ArrayList<>(Inputs.single(this, inputs).dimensions());
        sizes.set(sizes.size() - 1, units);
        return new Shape(sizes);
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        int length = Inputs.single(this, inputs).channels();
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(new WeightSpec("kernel", Shape.of(length, units), kernelInitializer, true));
        if (useBias) {
            weights.add(new WeightSpec("bias", Shape.of(units), biasInitializer, true));
        }
        return List.copyOf(weights);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
