package dev.resnet4j.model.resnet;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.ZeroPadding2D;

/** PyTorch's layers of a residual network, under the names of its modules, as Keras's layers. */
final class TorchLayers {
    /** PyTorch's momentum 0.1 is what is taken from the new statistics, Keras's what is kept of the old. */
    private static final double MOMENTUM = 0.9;

    private static final double EPSILON = 1e-5;

    private final Seeds seeds;

    TorchLayers(Seeds seeds) {
        this.seeds = seeds;
    }

    /** {@code Conv2d(..., padding=kernelSize // 2, bias=False)}. */
    SymbolicTensor convolution(SymbolicTensor x, String name, int filters, int kernelSize, int strides, int groups) {
        // PyTorch pads both sides alike. Same padding does so at stride 1; at stride 2 it would pad after alone.
        boolean same = strides == 1;
        if (!same && kernelSize > 1) {
            x = new ZeroPadding2D(kernelSize / 2).withName(name + "_pad").apply(x);
        }
        return new Conv2D(filters, kernelSize)
                .withStrides(strides)
                .withPadding(same ? Padding.SAME : Padding.VALID)
                .withGroups(groups)
                .withBias(false)
                .withKernelInitializer(seeds.heNormal())
                .withName(name)
                .apply(x);
    }

    SymbolicTensor normalization(SymbolicTensor x, String name) {
        return new BatchNormalization()
                .withMomentum(MOMENTUM)
                .withEpsilon(EPSILON)
                .withName(name)
                .apply(x);
    }

    SymbolicTensor relu(SymbolicTensor x, String name) {
        return new Activation(name, ActivationFunction.RELU).apply(x);
    }

    /** The shortcut is added to the main path. */
    SymbolicTensor joined(SymbolicTensor main, SymbolicTensor shortcut, String name) {
        return Merge.add().withName(name).apply(main, shortcut);
    }

    /** Squeeze and excitation as timm's {@code SEModule}: the channels' means, through two 1x1 convolutions, weigh them. */
    SymbolicTensor squeezeExcitation(SymbolicTensor x, String name) {
        int channels = x.shape().channels();
        SymbolicTensor weights = new GlobalAveragePooling2D()
                .withKeepDimensions(true)
                .withName(name + ".mean")
                .apply(x);
        weights = excitation(weights, name + ".fc1", reduced(channels), ActivationFunction.RELU);
        weights = excitation(weights, name + ".fc2", channels, ActivationFunction.SIGMOID);
        return Merge.multiply().withName(name + ".scale").apply(x, weights);
    }

    private SymbolicTensor excitation(SymbolicTensor x, String name, int filters, ActivationFunction activation) {
        return new Conv2D(filters, 1)
                .withActivation(activation)
                .withKernelInitializer(seeds.heNormal())
                .withName(name)
                .apply(x);
    }

    /** A sixteenth, rounded to a multiple of 8, at least 8. */
    private static int reduced(int channels) {
        return Math.max(8, (channels / 16 + 4) / 8 * 8);
    }

    /** The mean of each channel and a linear layer, with the softmax that PyTorch leaves to the loss. */
    SymbolicTensor classifier(SymbolicTensor x, String name, int classes) {
        x = new GlobalAveragePooling2D().withName("avgpool").apply(x);
        return new Dense(classes)
                .withActivation(ActivationFunction.SOFTMAX)
                .withKernelInitializer(seeds.glorotUniform())
                .withName(name)
                .apply(x);
    }
}
