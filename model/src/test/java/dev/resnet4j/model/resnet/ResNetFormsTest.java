package dev.resnet4j.model.resnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names, details and shapes by which one form of a network differs from another. */
class ResNetFormsTest {
    private static final ResNetOptions OPTIONS = new ResNetOptions(Shape.of(224, 224, 3), 1000).withSeed(1);

    @Test
    void torchvisionsBottleneckHasItsStrideInTheThreeByThree() {
        Network network = ResNetFamily.build("resnet50", Form.TORCHVISION, OPTIONS);

        assertThat(convolution(network, "layer2.0.conv1").strides()).isEqualTo(new Size2D(1, 1));
        assertThat(convolution(network, "layer2.0.conv2").strides()).isEqualTo(new Size2D(2, 2));
        assertThat(network.nodes().stream().map(Node::name).filter(name -> name.startsWith("layer2.0.")))
                .containsExactlyInAnyOrder(
                        "layer2.0.conv1",
                        "layer2.0.bn1",
                        "layer2.0.relu1",
                        "layer2.0.conv2_pad",
                        "layer2.0.conv2",
                        "layer2.0.bn2",
                        "layer2.0.relu2",
                        "layer2.0.conv3",
                        "layer2.0.bn3",
                        "layer2.0.downsample.0",
                        "layer2.0.downsample.1",
                        "layer2.0.add",
                        "layer2.0.relu");
        assertThat(convolution(network, "conv1").useBias()).isFalse();
        assertThat(network.node("bn1").layer()).isEqualTo(new BatchNormalization("bn1", 0.9, 1e-5, true, true));
    }

    @ParameterizedTest
    @CsvSource({
        "conv1, 112x112x64",
        "maxpool, 56x56x64",
        "layer1.2.relu, 56x56x256",
        "layer2.3.relu, 28x28x512",
        "layer3.5.relu, 14x14x1024",
        "layer4.2.relu, 7x7x2048",
        "avgpool, 2048",
        "fc, 1000"
    })
    void torchvisionsHasItsShapes(String layer, String shape) {
        assertThat(ResNetFamily.build("resnet50", Form.TORCHVISION, OPTIONS)
                        .node(layer)
                        .outputShape()
                        .sizeText())
                .isEqualTo(shape);
    }

    @Test
    void torchvisionsPadsOddSizesAsPyTorchDoes() {
        Network network = ResNetFamily.build(
                "resnet18", Form.TORCHVISION, new ResNetOptions(Shape.of(97, 65, 3), 10).withSeed(1));

        assertThat(network.node("layer1.1.relu").outputShape()).isEqualTo(Shape.of(25, 17, 64));
        assertThat(network.node("layer2.1.relu").outputShape()).isEqualTo(Shape.of(13, 9, 128));
        assertThat(network.node("layer4.1.relu").outputShape()).isEqualTo(Shape.of(4, 3, 512));
    }

    @Test
    void torchvisionsBasicBlockAndGroupsHaveTheirKernels() {
        Network basic = ResNetFamily.build("resnet18", Form.TORCHVISION, OPTIONS);
        Network grouped = ResNetFamily.build("resnext50_32x4d", Form.TORCHVISION, OPTIONS);
        Network wide = ResNetFamily.build("wide_resnet50_2", Form.TORCHVISION, OPTIONS);

        assertThat(kernel(basic, "layer2.0.conv1")).isEqualTo(Shape.of(3, 3, 64, 128));
        assertThat(basic.nodes().stream().map(Node::name))
                .contains("layer2.0.downsample.0")
                .doesNotContain("layer1.0.downsample.0", "layer1.0.conv3");
        assertThat(kernel(grouped, "layer1.0.conv2")).isEqualTo(Shape.of(3, 3, 4, 128));
        assertThat(kernel(wide, "layer4.0.conv2")).isEqualTo(Shape.of(3, 3, 1024, 1024));
    }

    @Test
    void squeezeExcitationWeighsChannelsBeforeTheShortcut() {
        Network network = ResNetFamily.build("seresnet50", Form.TORCHVISION, OPTIONS);

        assertThat(network.node("layer1.0.se.mean").outputShape()).isEqualTo(Shape.of(1, 1, 256));
        assertThat(kernel(network, "layer1.0.se.fc1")).isEqualTo(Shape.of(1, 1, 256, 16));
        assertThat(kernel(network, "layer1.0.se.fc2")).isEqualTo(Shape.of(1, 1, 16, 256));
        assertThat(network.node("layer1.0.se.scale").inputs()).containsExactly("layer1.0.bn3", "layer1.0.se.fc2");
        assertThat(network.node("layer1.0.add").inputs()).containsExactly("layer1.0.se.scale", "layer1.0.downsample.1");
        assertThat(kernel(ResNetFamily.build("seresnet18", OPTIONS), "layer1.0.se.fc1"))
                .isEqualTo(Shape.of(1, 1, 64, 8));
    }

    @Test
    void kerasHasItsBlocksLayersInItsOrder() {
        assertThat(names("resnet50", Form.KERAS).subList(0, 21))
                .containsExactly(
                        "input_layer",
                        "conv1_pad",
                        "conv1_conv",
                        "conv1_bn",
                        "conv1_relu",
                        "pool1_pad",
                        "pool1_pool",
                        "conv2_block1_1_conv",
                        "conv2_block1_1_bn",
                        "conv2_block1_1_relu",
                        "conv2_block1_2_conv",
                        "conv2_block1_2_bn",
                        "conv2_block1_2_relu",
                        "conv2_block1_0_conv",
                        "conv2_block1_3_conv",
                        "conv2_block1_0_bn",
                        "conv2_block1_3_bn",
                        "conv2_block1_add",
                        "conv2_block1_out",
                        "conv2_block2_1_conv",
                        "conv2_block2_1_bn");
        assertThat(names("resnet50", Form.KERAS)).endsWith("conv5_block3_out", "avg_pool", "predictions");
    }

    @Test
    void kerasSecondVersionNormalisesBeforeItConvolves() {
        Network network = ResNetFamily.build("resnet50v2", OPTIONS);

        assertThat(network.node("conv2_block1_preact_bn").inputs()).containsExactly("pool1_pool");
        assertThat(network.node("conv2_block1_0_conv").inputs()).containsExactly("conv2_block1_preact_relu");
        assertThat(network.node("conv2_block3_out").inputs()).containsExactly("max_pooling2d", "conv2_block3_3_conv");
        assertThat(convolution(network, "conv2_block3_2_conv").strides()).isEqualTo(new Size2D(2, 2));
        assertThat(convolution(network, "conv2_block1_1_conv").useBias()).isFalse();
        assertThat(convolution(network, "conv2_block1_3_conv").useBias()).isTrue();
        assertThat(network.node("conv5_block3_out").outputShape()).isEqualTo(Shape.of(7, 7, 2048));
        assertThat(names("resnet50v2", Form.KERAS))
                .endsWith("conv5_block3_out", "post_bn", "post_relu", "avg_pool", "predictions");
        assertThat(network.node("post_bn").layer())
                .isEqualTo(new BatchNormalization("post_bn", 0.99, 1.001e-5, true, true));
    }

    @Test
    void theTutorialsNumbersBlocksWhereThereAreMoreThanLetters() {
        assertThat(names("resnet101", Form.TUTORIAL))
                .contains("res2b_branch2a", "res3b3_branch2a", "res4a_branch1", "res4b1_branch2a", "bn4b22_branch2c")
                .contains("res5c_branch2c")
                .doesNotContain("res4b_branch2a", "res4b23_branch2a", "res3b_branch2a");
        assertThat(names("resnet152", Form.TUTORIAL)).contains("res3b7_branch2a", "res4b35_branch2a");
    }

    @Test
    void theTutorialsBasicBlocksConvolveTheirShortcutWhereChannelsChange() {
        Network network = ResNetFamily.build("resnet34", OPTIONS);

        assertThat(names("resnet34", Form.TUTORIAL))
                .contains("res2a_branch2b", "res3a_branch1", "res4f_branch2b", "bn5a_branch1")
                .doesNotContain("res2a_branch1", "res2a_branch2c", "res4g_branch2a");
        assertThat(convolution(network, "res3a_branch2a").strides()).isEqualTo(new Size2D(2, 2));
        assertThat(kernel(network, "res3a_branch1")).isEqualTo(Shape.of(1, 1, 64, 128));
        assertThat(network.name()).isEqualTo("ResNet34");
    }

    @Test
    void cifarsOptionAPadsChannelsWithoutWeights() {
        ResNetOptions options = new ResNetOptions(Shape.of(32, 32, 3), 10).withSeed(1);
        Network network = ResNetFamily.build("resnet20", options);

        assertThat(network.node("layer2.0.shortcut.subsample").outputShape()).isEqualTo(Shape.of(16, 16, 16));
        assertThat(network.node("layer2.0.shortcut.pad").outputShape()).isEqualTo(Shape.of(16, 32, 16));
        assertThat(network.node("layer2.0.add").inputs())
                .containsExactly("layer2.0.bn2", "layer2.0.shortcut.channels_last");
        assertThat(network.node("layer3.2.relu").outputShape()).isEqualTo(Shape.of(8, 8, 64));
        assertThat(network.output().name()).isEqualTo("linear");
    }

    @Test
    void cifarsOptionBConvolvesItsShortcut() {
        ResNetOptions options = new ResNetOptions(Shape.of(32, 32, 3), 10).withSeed(1);
        Network network = ResNetFamily.build("resnet20", Form.OPTION_B, options);

        assertThat(kernel(network, "layer2.0.shortcut.0")).isEqualTo(Shape.of(1, 1, 16, 32));
        assertThat(network.node("layer2.0.add").inputs()).containsExactly("layer2.0.bn2", "layer2.0.shortcut.1");
    }

    private static List<String> names(String name, Form form) {
        return ResNetFamily.build(name, form, OPTIONS).nodes().stream()
                .map(Node::name)
                .toList();
    }

    private static Conv2D convolution(Network network, String name) {
        return (Conv2D) network.node(name).layer();
    }

    private static Shape kernel(Network network, String name) {
        return network.node(name).weights().get(0).shape();
    }
}
