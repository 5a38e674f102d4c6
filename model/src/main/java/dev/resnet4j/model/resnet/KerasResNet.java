package dev.resnet4j.model.resnet;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.ZeroPadding2D;

/**
 * ResNet-50, 101 and 152 as keras.applications builds them, layer by layer and name by name
 * ({@code conv2_block1_1_conv}), so that its published weights fit. Batch normalisation has epsilon 1.001e-5. Kernels start
 * from {@code glorot_uniform}, each with a seed of its own drawn from the network's.
 */
public final class KerasResNet {
    /** The smallest height and width of a picture, as in keras.applications. */
    public static final int SMALLEST_INPUT = 32;

    private static final double EPSILON = 1.001e-5;
    private static final int FIRST_STAGE = 2;

    /** Which of He et al.'s papers the blocks come from. */
    public enum Version {
        /** Convolution, normalisation, ReLU; the stride in the first convolution (He et al. 2015). */
        V1,
        /** Normalisation, ReLU, convolution; the stride in the 3x3 convolution of a stage's last block (He et al. 2016). */
        V2
    }

    private final Architecture architecture;
    private final Version version;
    private final ResNetOptions options;
    private final Seeds seeds;

    private KerasResNet(Architecture architecture, Version version, ResNetOptions options) {
        this.architecture = architecture;
        this.version = version;
        this.options = options;
        this.seeds = new Seeds(options.seed());
    }

    /**
     * The network.
     *
     * @throws InvalidNetworkException if the pictures are smaller than 32x32, or the architecture is not one of plain
     *     bottlenecks, which keras.applications does not have
     */
    public static Network build(Architecture architecture, Version version, ResNetOptions options) {
        if (!architecture.isPlain() || architecture.block() != BlockKind.BOTTLENECK) {
            throw new InvalidNetworkException(
                    "keras.applications' form is of plain bottleneck networks alone, not of " + architecture.name());
        }
        options.requireSideOfAtLeast(SMALLEST_INPUT);
        return new KerasResNet(architecture, version, options).network();
    }

    private Network network() {
        SymbolicTensor input = SymbolicTensor.input(options.inputShape());
        SymbolicTensor x = new ZeroPadding2D(3).withName("conv1_pad").apply(input);
        x = convolution(x, "conv1", architecture.planes(0), 7, 2);
        if (version == Version.V1) {
            x = normalizedRelu(x, "conv1_bn", "conv1_relu");
        }
        x = new ZeroPadding2D(1).withName("pool1_pad").apply(x);
        x = new MaxPooling2D(3).withStrides(2).withName("pool1_pool").apply(x);
        for (int stage = 0; stage < architecture.depths().size(); stage++) {
            x = stage(x, stage);
        }
        if (version == Version.V2) {
            x = normalizedRelu(x, "post_bn", "post_relu");
        }
        return Network.of(name(), input, options.includeTop() ? classifier(x) : Top.pooled(x, options.pooling()));
    }

    private String name() {
        return switch (version) {
            case V1 -> architecture.name();
            case V2 -> architecture.name() + "v2";
        };
    }

    private SymbolicTensor stage(SymbolicTensor x, int stage) {
        int blocks = architecture.depths().get(stage);
        for (int block = 1; block <= blocks; block++) {
            String name = "conv" + (FIRST_STAGE + stage) + "_block" + block;
            x = switch (version) {
                case V1 -> blockV1(x, name, stage, block == 1, stage > 0 && block == 1 ? 2 : 1);
                case V2 -> blockV2(x, name, stage, block == 1, stage < 3 && block == blocks ? 2 : 1);
            };
        }
        return x;
    }

    private SymbolicTensor blockV1(SymbolicTensor x, String name, int stage, boolean first, int strides) {
        SymbolicTensor shortcut = x;
        if (first) {
            shortcut = convolution(x, name + "_0", architecture.channels(stage), 1, strides);
            shortcut = normalization(shortcut, name + "_0_bn");
        }
        x = convolution(x, name + "_1", architecture.planes(stage), 1, strides);
        x = normalizedRelu(x, name + "_1_bn", name + "_1_relu");
        x = new Conv2D(architecture.planes(stage), 3)
                .withPadding(Padding.SAME)
                .withKernelInitializer(seeds.glorotUniform())
                .withName(name + "_2_conv")
                .apply(x);
        x = normalizedRelu(x, name + "_2_bn", name + "_2_relu");
        x = convolution(x, name + "_3", architecture.channels(stage), 1, 1);
        x = normalization(x, name + "_3_bn");
        x = Merge.add().withName(name + "_add").apply(shortcut, x);
        return relu(x, name + "_out");
    }

    private SymbolicTensor blockV2(SymbolicTensor x, String name, int stage, boolean first, int strides) {
        SymbolicTensor activated = normalizedRelu(x, name + "_preact_bn", name + "_preact_relu");
        SymbolicTensor shortcut = x;
        if (first) {
            shortcut = convolution(activated, name + "_0", architecture.channels(stage), 1, strides);
        } else if (strides > 1) {
            shortcut = new MaxPooling2D(1).withStrides(strides).apply(x);
        }
        x = convolutionWithoutBias(activated, name + "_1", architecture.planes(stage), 1, 1);
        x = normalizedRelu(x, name + "_1_bn", name + "_1_relu");
        x = new ZeroPadding2D(1).withName(name + "_2_pad").apply(x);
        x = convolutionWithoutBias(x, name + "_2", architecture.planes(stage), 3, strides);
        x = normalizedRelu(x, name + "_2_bn", name + "_2_relu");
        x = convolution(x, name + "_3", architecture.channels(stage), 1, 1);
        return Merge.add().withName(name + "_out").apply(shortcut, x);
    }

    private SymbolicTensor classifier(SymbolicTensor x) {
        x = new GlobalAveragePooling2D().withName("avg_pool").apply(x);
        return new Dense(options.classes())
                .withActivation(ActivationFunction.SOFTMAX)
                .withKernelInitializer(seeds.glorotUniform())
                .withName("predictions")
                .apply(x);
    }

    private SymbolicTensor convolution(SymbolicTensor x, String name, int filters, int kernelSize, int strides) {
        return new Conv2D(filters, kernelSize)
                .withStrides(strides)
                .withKernelInitializer(seeds.glorotUniform())
                .withName(name + "_conv")
                .apply(x);
    }

    private SymbolicTensor convolutionWithoutBias(
            SymbolicTensor x, String name, int filters, int kernelSize, int strides) {
        return new Conv2D(filters, kernelSize)
                .withStrides(strides)
                .withBias(false)
                .withKernelInitializer(seeds.glorotUniform())
                .withName(name + "_conv")
                .apply(x);
    }

    private SymbolicTensor normalizedRelu(SymbolicTensor x, String normalization, String relu) {
        return relu(normalization(x, normalization), relu);
    }

    private static SymbolicTensor normalization(SymbolicTensor x, String name) {
        return new BatchNormalization().withEpsilon(EPSILON).withName(name).apply(x);
    }

    private static SymbolicTensor relu(SymbolicTensor x, String name) {
        return new Activation(name, ActivationFunction.RELU).apply(x);
    }
}
