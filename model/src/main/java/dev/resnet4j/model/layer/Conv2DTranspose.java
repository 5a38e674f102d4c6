package dev.resnet4j.model.layer;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The way back of a convolution: a feature map grows by the strides. Weights: kernel (kernel height, kernel width,
 * filters, in) and bias (filters). With valid padding n pixels become n * stride + max(kernel - stride, 0), with same
 * padding n * stride; with output padding (n - 1) * stride + output padding and, with valid padding, the kernel more, with
 * same padding the kernel's remainder by 2, as in Keras. A dilated kernel counts with its gaps.
 *
 * @param name the layer's name
 * @param filters channels of the output
 * @param window kernel size, strides, padding and dilation
 * @param outputPadding rows and columns more at the end, each below the stride; empty to let the padding tell
 * @param useBias whether a bias is added
 * @param activation applied at the end
 * @param kernelInitializer how the kernel starts
 * @param biasInitializer how the bias starts
 */
public record Conv2DTranspose(
        String name,
        int filters,
        Window window,
        Optional<OutputPadding> outputPadding,
        boolean useBias,
        ActivationFunction activation,
        Initializer kernelInitializer,
        Initializer biasInitializer)
        implements Layer {
    /**
     * Rows and columns that the output has more.
     *
     * @param height at least 0
     * @param width at least 0
     */
    public record OutputPadding(int height, int width) {}

    /** @throws InvalidNetworkException if there is not at least one filter, or the output padding is out of range */
    public Conv2DTranspose {
        Inputs.requirePositive("a convolution's filters", filters);
        if (outputPadding.isPresent()) {
            OutputPadding more = outputPadding.get();
            Size2D strides = window.strides();
            if (more.height() < 0
                    || more.width() < 0
                    || more.height() >= strides.height()
                    || more.width() >= strides.width()) {
                throw new InvalidNetworkException("an output padding must be at least 0 and below the stride of "
                        + strides + ", got " + more.height() + "x" + more.width());
            }
        }
    }

    /** Keras's defaults: stride 1, valid padding, bias, no activation, Glorot's uniform kernel with a random seed. */
    public Conv2DTranspose(int filters, int kernelSize) {
        this(
                "",
                filters,
                new Window(kernelSize),
                Optional.empty(),
                true,
                ActivationFunction.LINEAR,
                GlorotUniform.withRandomSeed(),
                new Zeros());
    }

    @Override
    public Conv2DTranspose withName(String newName) {
        return new Conv2DTranspose(
                newName, filters, window, outputPadding, useBias, activation, kernelInitializer, biasInitializer);
    }

    /** With this kernel size, strides, padding and dilation. */
    public Conv2DTranspose withWindow(Window newWindow) {
        return new Conv2DTranspose(
                name, filters, newWindow, outputPadding, useBias, activation, kernelInitializer, biasInitializer);
    }

    /** With so many rows and columns more at the end. */
    public Conv2DTranspose withOutputPadding(int height, int width) {
        return new Conv2DTranspose(
                name,
                filters,
                window,
                Optional.of(new OutputPadding(height, width)),
                useBias,
                activation,
                kernelInitializer,
                biasInitializer);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.featureMap(this, inputs);
        Size2D extent = window.extent();
        Size2D strides = window.strides();
        int height =
                outputSize(input.height(), extent.height(), strides.height(), outputPadding.map(OutputPadding::height));
        int width = outputSize(input.width(), extent.width(), strides.width(), outputPadding.map(OutputPadding::width));
        return Shape.of(height, width, filters);
    }

    private int outputSize(int size, int extent, int stride, Optional<Integer> more) {
        long grown = (long) size * stride;
        if (more.isPresent()) {
            int around = switch (window.padding()) {
                case VALID -> 0;
                case SAME -> extent / 2;
            };
            grown = (long) (size - 1) * stride + extent - 2L * around + more.get();
        } else if (window.padding() == Padding.VALID) {
            grown += Math.max(extent - stride, 0);
        }
        if (grown < 1 || grown > Integer.MAX_VALUE) {
            throw InvalidNetworkException.at(this, "an input of " + size + " pixels would become " + grown);
        }
        if (window.padding().outputSize((int) grown, extent, stride) != size) {
            throw InvalidNetworkException.at(
                    this,
                    "no convolution turns " + grown + " pixels back into " + size
                            + ": an even kernel with same padding needs an output padding above 0");
        }
        return (int) grown;
    }

    @Override
    public List<WeightSpec> weights(List<Shape> inputs) {
        int channels = Inputs.featureMap(this, inputs).channels();
        Shape kernel = Shape.of(window.size().height(), window.size().width(), filters, channels);
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
