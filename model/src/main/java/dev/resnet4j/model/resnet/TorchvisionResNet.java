package dev.resnet4j.model.resnet;

import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;

/**
 * Residual networks as torchvision builds them (version 1.5 of the architecture: the stride in a bottleneck's 3x3
 * convolution), and timm's with squeeze and excitation. Layers with weights are named as PyTorch's modules
 * ({@code conv1}, {@code bn1}, {@code layer1.0.conv1}, {@code layer1.0.downsample.0}, {@code layer1.0.se.fc1},
 * {@code fc}), so that an array of a state dict is called after its layer: {@code layer1.0.conv1.weight}.
 *
 * <ul>
 *   <li>Convolutions have no bias; batch normalisation has epsilon 1e-5 and momentum 0.9 (PyTorch's 0.1).
 *   <li>Padding is PyTorch's, the same on both sides, by {@link ZeroPadding2D} where the stride is 2. Zeros are right before
 *       the max pooling too, though PyTorch pads it with minus infinity: it comes after a ReLU, so nothing is below 0.
 *   <li>The network ends in a softmax; PyTorch's ends before it.
 *   <li>Kernels start from {@code he_normal} and {@code fc}'s from {@code glorot_uniform}, each with a seed of its own
 *       drawn from the network's. torchvision takes the fan out where he_normal takes the fan in.
 * </ul>
 */
public final class TorchvisionResNet {
    /** The pictures that the published weights were trained on. */
    public static final Shape USUAL_INPUT = Shape.of(224, 224, 3);

    /** The smallest height and width of a picture: 32 pixels shrink to one in the last stage. */
    public static final int SMALLEST_INPUT = 32;

    private final Architecture architecture;
    private final ResNetOptions options;
    private final TorchLayers layers;

    private TorchvisionResNet(Architecture architecture, ResNetOptions options) {
        this.architecture = architecture;
        this.options = options;
        this.layers = new TorchLayers(new Seeds(options.seed()));
    }

    /**
     * The network.
     *
     * @throws InvalidNetworkException if the pictures are smaller than 32x32
     */
    public static Network build(Architecture architecture, ResNetOptions options) {
        options.requireSideOfAtLeast(SMALLEST_INPUT);
        return new TorchvisionResNet(architecture, options).network();
    }

    private Network network() {
        SymbolicTensor input = SymbolicTensor.input(options.inputShape());
        SymbolicTensor x = layers.convolution(input, "conv1", architecture.planes(0), 7, 2, 1);
        x = layers.normalization(x, "bn1");
        x = layers.relu(x, "relu");
        x = new ZeroPadding2D(1).withName("maxpool_pad").apply(x);
        x = new MaxPooling2D(3).withStrides(2).withName("maxpool").apply(x);
        for (int stage = 0; stage < architecture.depths().size(); stage++) {
            for (int block = 0; block < architecture.depths().get(stage); block++) {
                int strides = stage > 0 && block == 0 ? 2 : 1;
                x = block(x, "layer" + (stage + 1) + "." + block + ".", stage, strides);
            }
        }
        return Network.of(
                architecture.name(),
                input,
                options.includeTop()
                        ? layers.classifier(x, "fc", options.classes())
                        : Top.pooled(x, options.pooling()));
    }

    private SymbolicTensor block(SymbolicTensor x, String name, int stage, int strides) {
        SymbolicTensor main = switch (architecture.block()) {
            case BASIC -> basicPath(x, name, stage, strides);
            case BOTTLENECK -> bottleneckPath(x, name, stage, strides);
        };
        if (architecture.squeezeExcitation()) {
            main = layers.squeezeExcitation(main, name + "se");
        }
        SymbolicTensor sum = layers.joined(main, shortcut(x, name, stage, strides), name + "add");
        return layers.relu(sum, name + "relu");
    }

    private SymbolicTensor basicPath(SymbolicTensor x, String name, int stage, int strides) {
        x = layers.convolution(x, name + "conv1", architecture.planes(stage), 3, strides, 1);
        x = layers.normalization(x, name + "bn1");
        x = layers.relu(x, name + "relu1");
        x = layers.convolution(x, name + "conv2", architecture.planes(stage), 3, 1, 1);
        return layers.normalization(x, name + "bn2");
    }

    private SymbolicTensor bottleneckPath(SymbolicTensor x, String name, int stage, int strides) {
        x = layers.convolution(x, name + "conv1", architecture.width(stage), 1, 1, 1);
        x = layers.normalization(x, name + "bn1");
        x = layers.relu(x, name + "relu1");
        x = layers.convolution(x, name + "conv2", architecture.width(stage), 3, strides, architecture.groups());
        x = layers.normalization(x, name + "bn2");
        x = layers.relu(x, name + "relu2");
        x = layers.convolution(x, name + "conv3", architecture.channels(stage), 1, 1, 1);
        return layers.normalization(x, name + "bn3");
    }

    /** The identity, or a 1x1 convolution where the size or the number of channels changes. */
    private SymbolicTensor shortcut(SymbolicTensor x, String name, int stage, int strides) {
        if (strides == 1 && x.shape().channels() == architecture.channels(stage)) {
            return x;
        }
        x = layers.convolution(x, name + "downsample.0", architecture.channels(stage), 1, strides, 1);
        return layers.normalization(x, name + "downsample.1");
    }
}
