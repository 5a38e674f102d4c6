package dev.resnet4j.model.layer;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Two-dimensional convolution (cross-correlation, as in every library) with bias and activation, Keras's
 * {@code Conv2D}. Weights: kernel (kernel height, kernel width, in / groups, filters) and bias (filters).
 *
 * @param name the layer's name
 * @param filters channels of the output, a multiple of the groups
 * @param window kernel size, strides, padding and dilation
 * @param groups in how many parts the channels are convolved, each by itself; 1 for all together
 * @param useBias whether a bias is added
 * @param activation applied at the end
 * @param kernelInitializer how the kernel starts
 * @param biasInitializer how the bias starts
 */
public record Conv2D(
        String name,
        int filters,
        Window window,
        int groups,
        boolean useBias,
        ActivationFunction activation,
        Initializer kernelInitializer,
        Initializer biasInitializer)
        implements Layer {
    /** @throws InvalidNetworkException if there is not at least one filter, or not as many for each group */
    public Conv2D {
        Inputs.requirePositive("a convolution's filters", filters);
        Inputs.requirePositive("a convolution's groups", groups);
        if (filters % groups != 0) {
            throw new InvalidNetworkException(
                    "a convolution's " + filters + " filters cannot be shared out among " + groups + " groups");
        }
    }

    /** Keras's defaults: stride 1, valid padding, bias, no activation, Glorot's uniform kernel with a random seed. */
    public Conv2D(int filters, int kernelSize) {
        this(
                "",
                filters,
                new Window(kernelSize),
                1,
                true,
                ActivationFunction.LINEAR,
                GlorotUniform.withRandomSeed(),
                new Zeros());
    }

    @Override
    public Conv2D withName(String newName) {
        return new Conv2D(newName, filters, window, groups, useBias, activation, kernelInitializer, biasInitializer);
    }

    /** With this kernel size, strides, padding and dilation. */
    public Conv2D withWindow(Window newWindow) {
        return new Conv2D(name, filters, newWindow, groups, useBias, activation, kernelInitializer, biasInitializer);
    }

    /** With the same stride each way. */
    public Conv2D withStrides(int stride) {
        return withWindow(window.withStrides(Size2D.square(stride)));
    }

    /** With this padding. */
    public Conv2D withPadding(Padding padding) {
        return withWindow(window.withPadding(padding));
    }

    /** In so many groups of channels. */
    public Conv2D withGroups(int newGroups) {
        return new Conv2D(name, filters, window, newGroups, useBias, activation, kernelInitializer, biasInitializer);
    }

    /** With or without bias. */
    public Conv2D withBias(boolean newUseBias) {
        return new Conv2D(name, filters, window, groups, newUseBias, activation, kernelInitializer, biasInitializer);
    }

    /** With this activation at the end. */
    public Conv2D withActivation(ActivationFunction newActivation) {
        return new Conv2D(name, filters, window, groups, useBias, newActivation, kernelInitializer, biasInitializer);
    }

    /** With a kernel that starts so. */
    public Conv2D withKernelInitializer(Initializer newKernelInitializer) {
        return new Conv2D(name, filters, window, groups, useBias, activation, newKernelInitializer, biasInitializer);
    }

    /** The window's size. */
    public Size2D kernelSize() {
        return window.size();
    }

    /** The window's steps. */
    public Size2D strides() {
        return window.strides();
    }

    /** Valid or same. */
    public Padding padding() {
        return window.padding();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.featureMap(this, inputs);
        if (input.channels() % groups != 0) {
            throw InvalidNetworkException.at(
                    this,
                    "its input's " + input.channels() + " channels cannot be shared out among " + groups + " groups");
        }
        return window.outputShape(this, input, filters);
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        int channels = Inputs.featureMap(this, inputs).channels() / groups;
        Shape kernel = Shape.of(kernelSize().height(), kernelSize().width(), channels, filters);
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(new WeightSpec("kernel", kernel, kernelInitializer, true));
        if (useBias) {
            weights.add(new WeightSpec("bias", Shape.of(filters), biasInitializer, true));
        }
        return List.copyOf(weights);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
