package dev.resnet4j.model.resnet;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;

/**
 * The tutorial's ResNet-50 and its two blocks, layer by layer and name by name: the bottleneck network of He et al.
 * 2015, "Deep residual learning for image recognition", with the stride in a block's first 1x1 convolution.
 *
 * <p>Every kernel starts from {@code glorot_uniform} with one seed. The tutorial's is 0.
 */
public final class ResNet50 {
    /** The smallest height and width of a picture: 32 pixels shrink to one in the last stage. */
    public static final int SMALLEST_INPUT = 32;

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
        requirePicture(inputShape);
        if (classes < 1) {
            throw new InvalidNetworkException("ResNet-50 needs at least one class, got " + classes);
        }
        return new ResNet50(seed).network(inputShape, classes);
    }

    private static void requirePicture(Shape shape) {
        if (shape.rank() != 3 || shape.height() < SMALLEST_INPUT || shape.width() < SMALLEST_INPUT) {
            throw new InvalidNetworkException("ResNet-50 takes pictures (height, width, channels) of at least "
                    + SMALLEST_INPUT + "x" + SMALLEST_INPUT + ", got " + shape + ": resize them");
        }
    }

    private Network network(Shape inputShape, int classes) {
        SymbolicTensor input = SymbolicTensor.input(inputShape);
        SymbolicTensor x = new ZeroPadding2D(3).apply(input);

        x = convolution(64, 7, 2, Padding.VALID, "conv1", x);
        x = new BatchNormalization().withName("bn_conv1").apply(x);
        x = new Activation(ActivationFunction.RELU).apply(x);
        x = new MaxPooling2D(3).withStrides(2).apply(x);

        x = stage(x, 2, new int[] {64, 64, 256}, 3, 1);
        x = stage(x, 3, new int[] {128, 128, 512}, 4, 2);
        x = stage(x, 4, new int[] {256, 256, 1024}, 6, 2);
        x = stage(x, 5, new int[] {512, 512, 2048}, 3, 2);

        // Below 37 pixels the last stage is a single pixel wide, where the tutorial's 2x2 window would not fit.
        int pool = Math.min(2, Math.min(x.shape().height(), x.shape().width()));
        x = new AveragePooling2D(pool).withName("avg_pool").apply(x);
        x = new Flatten().apply(x);
        x = new Dense(classes)
                .withActivation(ActivationFunction.SOFTMAX)
                .withKernelInitializer(kernelInitializer)
                .withName("fc" + classes)
                .apply(x);
        return Network.of("ResNet50", input, x);
    }

    private SymbolicTensor stage(SymbolicTensor x, int stage, int[] filters, int blocks, int strides) {
        x = convolutionalBlock(x, 3, filters, stage, "a", strides);
        for (int block = 1; block < blocks; block++) {
            x = identityBlock(x, 3, filters, stage, String.valueOf((char) ('a' + block)));
        }
        return x;
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
        SymbolicTensor shortcut =
                convolution(filters[2], 1, strides, Padding.VALID, convolutionName(stage, block, "1"), x);
        shortcut = new BatchNormalization()
                .withName(normalizationName(stage, block, "1"))
                .apply(shortcut);
        return join(main, shortcut);
    }

    private SymbolicTensor mainPath(SymbolicTensor x, int f, int[] filters, int stage, String block, int strides) {
        if (filters.length != 3) {
            throw new InvalidNetworkException("a block has three convolutions, got filters for " + filters.length);
        }
        x = convolution(filters[0], 1, strides, Padding.VALID, convolutionName(stage, block, "2a"), x);
        x = new BatchNormalization()
                .withName(normalizationName(stage, block, "2a"))
                .apply(x);
        x = new Activation(ActivationFunction.RELU).apply(x);

        x = convolution(filters[1], f, 1, Padding.SAME, convolutionName(stage, block, "2b"), x);
        x = new BatchNormalization()
                .withName(normalizationName(stage, block, "2b"))
                .apply(x);
        x = new Activation(ActivationFunction.RELU).apply(x);

        x = convolution(filters[2], 1, 1, Padding.VALID, convolutionName(stage, block, "2c"), x);
        return new BatchNormalization()
                .withName(normalizationName(stage, block, "2c"))
                .apply(x);
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

    private static String normalizationName(int stage, String block, String branch) {
        return "bn" + stage + block + "_branch" + branch;
    }
}
