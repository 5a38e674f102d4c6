package dev.resnet4j.model.resnet;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.ZeroPadding2D;

/**
 * ResNet-18 to 152 in the form of the tutorial, which is that of Keras 1: the stride in a block's first convolution,
 * convolutions with bias, layers named as in the authors' Caffe models ({@code res2a_branch2a}, {@code bn2a_branch2a}).
 *
 * <ul>
 *   <li>Blocks are lettered a, b, c; in ResNet-101 and 152 the blocks of stages 3 and 4 are a, b1, b2, b3 and so on, as in
 *       the authors' models.
 *   <li>The tutorial has bottlenecks alone. A basic block has the 3x3 convolutions {@code branch2a} and {@code branch2b},
 *       and a 1x1 convolution as shortcut only where the size or the number of channels changes: not in stage 2.
 *   <li>Every kernel starts from {@code glorot_uniform} with the one seed, as in the tutorial, whose seed is 0.
 * </ul>
 */
public final class TutorialResNet {
    /** The smallest height and width of a picture: 32 pixels shrink to one in the last stage. */
    public static final int SMALLEST_INPUT = 32;

    /** Beyond so many blocks in a stage the authors number instead of lettering. */
    private static final int MOST_LETTERED_BLOCKS = 10;

    private static final int FIRST_STAGE = 2;

    private final Architecture architecture;
    private final ResNetOptions options;
    private final ResNet50 blocks;

    private TutorialResNet(Architecture architecture, ResNetOptions options) {
        this.architecture = architecture;
        this.options = options;
        this.blocks = new ResNet50(options.seed());
    }

    /**
     * The network.
     *
     * @throws InvalidNetworkException if the pictures are smaller than 32x32, or the architecture is grouped, widened or
     *     one with squeeze and excitation
     */
    public static Network build(Architecture architecture, ResNetOptions options) {
        if (!architecture.isPlain()) {
            throw new InvalidNetworkException(
                    "the tutorial's form is of plain residual networks alone, not of " + architecture.name());
        }
        options.requireSideOfAtLeast(SMALLEST_INPUT);
        return new TutorialResNet(architecture, options).network();
    }

    private Network network() {
        SymbolicTensor input = SymbolicTensor.input(options.inputShape());
        SymbolicTensor x = new ZeroPadding2D(3).apply(input);
        x = new Conv2D(architecture.planes(0), 7)
                .withStrides(2)
                .withKernelInitializer(new GlorotUniform(options.seed()))
                .withName("conv1")
                .apply(x);
        x = new BatchNormalization().withName("bn_conv1").apply(x);
        x = new Activation(ActivationFunction.RELU).apply(x);
        x = new MaxPooling2D(3).withStrides(2).apply(x);
        for (int stage = 0; stage < architecture.depths().size(); stage++) {
            x = stage(x, stage);
        }
        String name = architecture.name().replaceFirst("^resnet", "ResNet");
        return Network.of(name, input, options.includeTop() ? classifier(x) : Top.pooled(x, options.pooling()));
    }

    private SymbolicTensor stage(SymbolicTensor x, int stage) {
        int strides = stage == 0 ? 1 : 2;
        x = firstBlock(x, stage, strides);
        for (int block = 1; block < architecture.depths().get(stage); block++) {
            x = laterBlock(x, stage, blockName(stage, block));
        }
        return x;
    }

    private SymbolicTensor firstBlock(SymbolicTensor x, int stage, int strides) {
        return switch (architecture.block()) {
            case BASIC ->
                strides == 1
                        ? laterBlock(x, stage, "a")
                        : blocks.basicBlock(x, architecture.planes(stage), FIRST_STAGE + stage, "a", strides, true);
            case BOTTLENECK -> blocks.convolutionalBlock(x, 3, filters(stage), FIRST_STAGE + stage, "a", strides);
        };
    }

    private SymbolicTensor laterBlock(SymbolicTensor x, int stage, String block) {
        return switch (architecture.block()) {
            case BASIC -> blocks.basicBlock(x, architecture.planes(stage), FIRST_STAGE + stage, block, 1, false);
            case BOTTLENECK -> blocks.identityBlock(x, 3, filters(stage), FIRST_STAGE + stage, block);
        };
    }

    private int[] filters(int stage) {
        return new int[] {architecture.planes(stage), architecture.planes(stage), architecture.channels(stage)};
    }

    /** The name of a block but the first. */
    private String blockName(int stage, int block) {
        boolean numbered = architecture.depths().stream().anyMatch(depth -> depth > MOST_LETTERED_BLOCKS)
                && (stage == 1 || stage == 2);
        return numbered ? "b" + block : String.valueOf((char) ('a' + block));
    }

    private SymbolicTensor classifier(SymbolicTensor x) {
        // Below 37 pixels the last stage is a single pixel wide, where the tutorial's 2x2 window would not fit.
        int pool = Math.min(2, Math.min(x.shape().height(), x.shape().width()));
        x = new AveragePooling2D(pool).withName("avg_pool").apply(x);
        x = new Flatten().apply(x);
        return new Dense(options.classes())
                .withActivation(ActivationFunction.SOFTMAX)
                .withKernelInitializer(new GlorotUniform(options.seed()))
                .withName("fc" + options.classes())
                .apply(x);
    }
}
