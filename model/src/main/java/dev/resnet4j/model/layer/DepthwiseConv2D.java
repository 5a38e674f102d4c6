package dev.resnet4j.model.layer;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution of each channel by itself. Weights: depthwise_kernel (kernel height, kernel width, in, depth multiplier)
 * and bias (in * depth multiplier). The outputs of one channel stand together.
 *
 * @param name the layer's name
 * @param window kernel size, strides, padding and dilation
 * @param depthMultiplier channels of the output for each of the input
 * @param useBias whether a bias is added
 * @param activation applied at the end
 * @param depthwiseInitializer how the kernel starts
 * @param biasInitializer how the bias starts
 */
public record DepthwiseConv2D(
        String name,
        Window window,
        int depthMultiplier,
        boolean useBias,
        ActivationFunction activation,
        Initializer depthwiseInitializer,
        Initializer biasInitializer)
        implements Layer {
    /** @throws InvalidNetworkException if the depth multiplier is below 1 */
    public DepthwiseConv2D {
        Inputs.requirePositive("a depth multiplier", depthMultiplier);
    }

    /** Keras's defaults: stride 1, valid padding, one output a channel, bias, no activation, Glorot's uniform kernel. */
    public DepthwiseConv2D(int kernelSize) {
        this(
                "",
                new Window(kernelSize),
                1,
                true,
                ActivationFunction.LINEAR,
                GlorotUniform.withRandomSeed(),
                new Zeros());
    }

    @Override
    public DepthwiseConv2D withName(String newName) {
        return new DepthwiseConv2D(
                newName, window, depthMultiplier, useBias, activation, depthwiseInitializer, biasInitializer);
    }

    /** With this kernel size, strides, padding and dilation. */
    public DepthwiseConv2D withWindow(Window newWindow) {
        return new DepthwiseConv2D(
                name, newWindow, depthMultiplier, useBias, activation, depthwiseInitializer, biasInitializer);
    }

    /** With so many outputs a channel. */
    public DepthwiseConv2D withDepthMultiplier(int newDepthMultiplier) {
        return new DepthwiseConv2D(
                name, window, newDepthMultiplier, useBias, activation, depthwiseInitializer, biasInitializer);
    }

    /** With this activation at the end. */
    public DepthwiseConv2D withActivation(ActivationFunction newActivation) {
        return new DepthwiseConv2D(
                name, window, depthMultiplier, useBias, newActivation, depthwiseInitializer, biasInitializer);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.featureMap(this, inputs);
        return window.outputShape(this, input, Inputs.size(this, (long) input.channels() * depthMultiplier));
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        int channels = Inputs.featureMap(this, inputs).channels();
        Shape kernel = Shape.of(window.size().height(), window.size().width(), channels, depthMultiplier);
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(new WeightSpec("depthwise_kernel", kernel, depthwiseInitializer, true));
        if (useBias) {
            weights.add(new WeightSpec("bias", Shape.of(channels * depthMultiplier), biasInitializer, true));
        }
        return List.copyOf(weights);
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
