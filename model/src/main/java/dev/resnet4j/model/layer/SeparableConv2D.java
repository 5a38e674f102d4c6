package dev.resnet4j.model.layer;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolution of each channel by itself, then one of 1x1 over the channels. Weights: depthwise_kernel (kernel height,
 * kernel width, in, depth multiplier), pointwise_kernel (1, 1, in * depth multiplier, filters) and bias (filters).
 *
 * @param name the layer's name
 * @param filters channels of the output
 * @param window kernel size, strides, padding and dilation of the first convolution
 * @param depthMultiplier channels between the two convolutions for each of the input
 * @param useBias whether a bias is added at the end
 * @param activation applied at the end
 * @param depthwiseInitializer how the first kernel starts
 * @param pointwiseInitializer how the second kernel starts
 * @param biasInitializer how the bias starts
 */
public record SeparableConv2D(
        String name,
        int filters,
        Window window,
        int depthMultiplier,
        boolean useBias,
        ActivationFunction activation,
        Initializer depthwiseInitializer,
        Initializer pointwiseInitializer,
        Initializer biasInitializer)
        implements Layer {
    /** @throws InvalidNetworkException if there is not at least one filter, or the depth multiplier is below 1 */
    public SeparableConv2D {
        Inputs.requirePositive("a convolution's filters", filters);
        Inputs.requirePositive("a depth multiplier", depthMultiplier);
    }

    /** Keras's defaults: stride 1, valid padding, one output a channel, bias, no activation, Glorot's uniform kernels. */
    public SeparableConv2D(int filters, int kernelSize) {
        this(
                "",
                filters,
                new Window(kernelSize),
                1,
                true,
                ActivationFunction.LINEAR,
                GlorotUniform.withRandomSeed(),
                GlorotUniform.withRandomSeed(),
                new Zeros());
    }

    @Override
    public SeparableConv2D withName(String newName) {
        return new SeparableConv2D(
                newName,
                filters,
                window,
                depthMultiplier,
                useBias,
                activation,
                depthwiseInitializer,
                pointwiseInitializer,
                biasInitializer);
    }

    /** With this kernel size, strides, padding and dilation. */
    public SeparableConv2D withWindow(Window newWindow) {
        return new SeparableConv2D(
                name,
                filters,
                newWindow,
                depthMultiplier,
                useBias,
                activation,
                depthwiseInitializer,
                pointwiseInitializer,
                biasInitializer);
    }

    /** With so many channels between for each of the input. */
    public SeparableConv2D withDepthMultiplier(int newDepthMultiplier) {
        return new SeparableConv2D(
                name,
                filters,
                window,
                newDepthMultiplier,
                useBias,
                activation,
                depthwiseInitializer,
                pointwiseInitializer,
                biasInitializer);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        return window.outputShape(this, Inputs.featureMap(this, inputs), filters);
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        int channels = Inputs.featureMap(this, inputs).channels();
        Shape depthwise = Shape.of(window.size().height(), window.size().width(), channels, depthMultiplier);
        Shape pointwise = Shape.of(1, 1, Inputs.size(this, (long) channels * depthMultiplier), filters);
        List<WeightSpec> weights = new ArrayList<>();
        weights.add(new WeightSpec("depthwise_kernel", depthwise, depthwiseInitializer, true));
        weights.add(new WeightSpec("pointwise_kernel", pointwise, pointwiseInitializer, true));
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
