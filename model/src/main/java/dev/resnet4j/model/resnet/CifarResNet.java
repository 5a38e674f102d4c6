package dev.resnet4j.model.resnet;

import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;

/**
 * The residual networks for CIFAR's small pictures (He et al. 2015, section 4.2): a 3x3 convolution, three stages of basic
 * blocks with 16, 32 and 64 channels, and a classifier. With n blocks a stage they have 6n + 2 layers: 20, 32, 44, 56, 110.
 *
 * <p>Layers are named as the modules of akamaster's pytorch_resnet_cifar10: {@code conv1}, {@code layer1.0.conv1},
 * {@code linear}. Details are PyTorch's, as in {@link TorchvisionResNet}, and kernels start as there.
 */
public final class CifarResNet {
    /** CIFAR's pictures. */
    public static final Shape USUAL_INPUT = Shape.of(32, 32, 3);

    /** The smallest height and width of a picture: two pixels are left of 8 in the last stage. */
    public static final int SMALLEST_INPUT = 8;

    private static final int STAGES = 3;
    private static final int FIRST_STAGE_CHANNELS = 16;
    private static final int MOST_BLOCKS = 1000;

    /** How a block's input reaches its sum where the size and the number of channels change. */
    public enum Shortcut {
        /**
         * Without weights: every second row and column, with channels of zeros half before and half after (He et al.
         * 2015, option A).
         */
        OPTION_A,
        /** A 1x1 convolution of stride 2 and batch normalisation: {@code layer2.0.shortcut.0} and {@code .1}. */
        OPTION_B
    }

    private final String name;
    private final int blocks;
    private final Shortcut shortcut;
    private final ResNetOptions options;
    private final TorchLayers layers;

    private CifarResNet(int blocks, Shortcut shortcut, ResNetOptions options) {
        this.name = name(blocks);
        this.blocks = blocks;
        this.shortcut = shortcut;
        this.options = options;
        this.layers = new TorchLayers(new Seeds(options.seed()));
    }

    /**
     * The network.
     *
     * @param blocks of each of the three stages: 3 for 20 layers, 18 for 110
     * @throws InvalidNetworkException if there are not from 1 to 1000 blocks, or the pictures are smaller than 8x8
     */
    public static Network build(int blocks, Shortcut shortcut, ResNetOptions options) {
        if (blocks < 1 || blocks > MOST_BLOCKS) {
            throw new InvalidNetworkException(
                    "a residual network for CIFAR has 1 to " + MOST_BLOCKS + " blocks a stage, got " + blocks);
        }
        options.requireSideOfAtLeast(SMALLEST_INPUT);
        return new CifarResNet(blocks, shortcut, options).network();
    }

    /** {@code resnet20} of 3 blocks a stage. */
    static String name(int blocks) {
        return "resnet" + (2 * STAGES * blocks + 2);
    }

    private Network network() {
        SymbolicTensor input = SymbolicTensor.input(options.inputShape());
        SymbolicTensor x = layers.convolution(input, "conv1", FIRST_STAGE_CHANNELS, 3, 1, 1);
        x = layers.normalization(x, "bn1");
        x = layers.relu(x, "relu");
        for (int stage = 0; stage < STAGES; stage++) {
            for (int block = 0; block < blocks; block++) {
                int strides = stage > 0 && block == 0 ? 2 : 1;
                x = block(x, "layer" + (stage + 1) + "." + block + ".", FIRST_STAGE_CHANNELS << stage, strides);
            }
        }
        return Network.of(
                name,
                input,
                options.includeTop()
                        ? layers.classifier(x, "linear", options.classes())
                        : Top.pooled(x, options.pooling()));
    }

    private SymbolicTensor block(SymbolicTensor x, String block, int channels, int strides) {
        SymbolicTensor main = layers.convolution(x, block + "conv1", channels, 3, strides, 1);
        main = layers.normalization(main, block + "bn1");
        main = layers.relu(main, block + "relu1");
        main = layers.convolution(main, block + "conv2", channels, 3, 1, 1);
        main = layers.normalization(main, block + "bn2");
        SymbolicTensor sum = layers.joined(
                main, strides == 1 ? x : shortcut(x, block + "shortcut.", channels, strides), block + "add");
        return layers.relu(sum, block + "relu");
    }

    private SymbolicTensor shortcut(SymbolicTensor x, String prefix, int channels, int strides) {
        return switch (shortcut) {
            case OPTION_A -> shortcutWithoutWeights(x, prefix, channels, strides);
            case OPTION_B -> {
                SymbolicTensor projected = layers.convolution(x, prefix + "0", channels, 1, strides, 1);
                yield layers.normalization(projected, prefix + "1");
            }
        };
    }

    /** In Keras's layers: a pooling of single pixels subsamples, and zeros are put beside channels as if those were columns. */
    private static SymbolicTensor shortcutWithoutWeights(SymbolicTensor x, String prefix, int channels, int strides) {
        int more = channels - x.shape().channels();
        x = new MaxPooling2D(1)
                .withStrides(strides)
                .withName(prefix + "subsample")
                .apply(x);
        x = new Permute(1, 3, 2).withName(prefix + "channels_as_columns").apply(x);
        x = new ZeroPadding2D(prefix + "pad", 0, 0, more / 2, more - more / 2).apply(x);
        return new Permute(1, 3, 2).withName(prefix + "channels_last").apply(x);
    }
}
