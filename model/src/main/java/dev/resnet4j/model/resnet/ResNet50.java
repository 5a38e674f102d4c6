package dev.resnet4j.model.resnet;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.tensor.Shape;

/**
 * The tutorial's ResNet-50 and its two blocks, layer by layer and name by name: the bottleneck network of He et al.
 * 2015, "Deep residual learning for image recognition", with the stride in a block's first 1x1 convolution.
 *
 * <p>Every kernel starts from {@code glorot_uniform} with one seed. The tutorial's is 0.
 */
public final class ResNet50 {
    private final Initializer kernelInitializer;

    /**
     * Blocks whose kernels start from this seed.
     *
     * @param seed of {@code glorot_uniform}
     */
    public ResNet50(long seed) {
        this.kernelInitializer = new GlorotUniform(seed);
    }

    /**
     * ResNet-50 with kernels that start from a random seed. The initializers of the network's layers record it.
     *
     * @param inputShape (height, width, channels) of the pictures, at least 32x32
     * @param classes how many outputs the softmax has, at least 1
     * @throws InvalidNetworkException if the shape or the number of classes cannot work
     */
    public static Network build(Shape inputShape, int classes) {
        return build(inputShape, classes, GlorotUniform.withRandomSeed().seed());
    }

    /**
     * ResNet-50 with kernels that start from a given seed.
     *
     * @param inputShape (height, width, channels) of the pictures, at least 32x32
     * @param classes how many outputs the softmax has, at least 1
     * @param seed of every kernel's {@code glorot_uniform}; the tutorial's is 0
     * @throws InvalidNetworkException if the shape or the number of classes cannot work
     */
    public static Network build(Shape inputShape, int classes, long seed) {
        return TutorialResNet.build(Architecture.RESNET_50, new ResNetOptions(inputShape, classes).withSeed(seed));
    }

    /**
     * The block whose shortcut is the identity.
     *
     * @param x (height, width, channels) with as many channels as the last of {@code filters}
     * @param f the side of the middle convolution's window
     * @param filters the channels of the three convolutions
     * @param stage the stage's number, for the layers' names
     * @param block the block's letter, for the layers' names
     * @return the block's output, of the shape of {@code x}
     * @throws InvalidNetworkException if the input has another number of channels
     */
    public SymbolicTensor identityBlock(SymbolicTensor x, int f, int[] filters, int stage, String block) {
        SymbolicTensor main = mainPath(x, f, filters, stage, block, 1);
        return join(main, x);
    }

    /**
     * The block whose shortcut is a 1x1 convolution, for where the size or the number of channels changes.
     *
     * @param x (height, width, channels)
     * @param f the side of the middle convolution's window
     * @param filters the channels of the three convolutions
     * @param stage the stage's number, for the layers' names
     * @param block the block's letter, for the layers' names
     * @param strides the step of the first convolution and of the shortcut; the tutorial's default is 2
     * @return the block's output: (ceil(height / strides), ceil(width / strides), last of {@code filters})
     */
    public SymbolicTensor convolutionalBlock(
            SymbolicTensor x, int f, int[] filters, int stage, String block, int strides) {
        SymbolicTensor main = mainPath(x, f, filters, stage, block, strides);
        return join(main, convolvedShortcut(x, filters[2], stage, block, strides));
    }

    /** The block of two 3x3 convolutions, which the tutorial does not have, in its manner. */
    SymbolicTensor basicBlock(
            SymbolicTensor x, int filters, int stage, String block, int strides, boolean convolvedShortcut) {
        SymbolicTensor main = convolution(filters, 3, strides, Padding.SAME, convolutionName(stage, block, "2a"), x);
        main = normalization(stage, block, "2a", main);
        main = new Activation(ActivationFunction.RELU).apply(main);
        main = convolution(filters, 3, 1, Padding.SAME, convolutionName(stage, block, "2b"), main);
        main = normalization(stage, block, "2b", main);
        return join(main, convolvedShortcut ? convolvedShortcut(x, filters, stage, block, strides) : x);
    }

    private SymbolicTensor convolvedShortcut(SymbolicTensor x, int filters, int stage, String block, int strides) {
        SymbolicTensor shortcut =
                convolution(filters, 1, strides, Padding.VALID, convolutionName(stage, block, "1"), x);
        return normalization(stage, block, "1", shortcut);
    }

    private SymbolicTensor mainPath(SymbolicTensor x, int f, int[] filters, int stage, String block, int strides) {
        if (filters.length != 3) {
            throw new InvalidNetworkException("a block has three convolutions, got filters for " + filters.length);
        }
        x = convolution(filters[0], 1, strides, Padding.VALID, convolutionName(stage, block, "2a"), x);
        x = normalization(stage, block, "2a", x);
        x = new Activation(ActivationFunction.RELU).apply(x);

        x = convolution(filters[1], f, 1, Padding.SAME, convolutionName(stage, block, "2b"), x);
        x = normalization(stage, block, "2b", x);
        x = new Activation(ActivationFunction.RELU).apply(x);

        x = convolution(filters[2], 1, 1, Padding.VALID, convolutionName(stage, block, "2c"), x);
        return normalization(stage, block, "2c", x);
    }

    private static SymbolicTensor join(SymbolicTensor main, SymbolicTensor shortcut) {
        return new Activation(ActivationFunction.RELU).apply(Merge.add().apply(main, shortcut));
    }

    private SymbolicTensor convolution(
            int filters, int kernelSize, int strides, Padding padding, String name, SymbolicTensor x) {
        return new Conv2D(filters, kernelSize)
                .withStrides(strides)
                .withPadding(padding)
                .withKernelInitializer(kernelInitializer)
                .withName(name)
                .apply(x);
    }

    private static String convolutionName(int stage, String block, String branch) {
        return "res" + stage + block + "_branch" + branch;
    }

    private static SymbolicTensor normalization(int stage, String block, String branch, SymbolicTensor x) {
        return new BatchNormalization()
                .withName("bn" + stage + block + "_branch" + branch)
                .apply(x);
    }
}
