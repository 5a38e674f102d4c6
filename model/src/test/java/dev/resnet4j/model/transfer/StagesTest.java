package dev.resnet4j.model.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.resnet.CifarResNet;
import dev.resnet4j.model.resnet.Form;
import dev.resnet4j.model.resnet.Pooling;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StagesTest {
    private static final ResNetOptions OPTIONS = new ResNetOptions(Shape.of(64, 64, 3), 6).withSeed(0);

    private static Map<String, Integer> distances(String member, Form form) {
        return Stages.of(ResNetFamily.build(member, form, OPTIONS)).distances();
    }

    @Test
    void findsTorchvisionsFourStages() {
        assertThat(distances("resnet50", Form.TORCHVISION))
                .containsEntry("fc", 0)
                .containsEntry("layer4.2.bn3", 1)
                .containsEntry("layer4.0.downsample.0", 1)
                .containsEntry("layer3.5.conv3", 2)
                .containsEntry("layer2.0.conv1", 3)
                .containsEntry("layer1.0.conv1", 4)
                .containsEntry("layer1.0.downsample.1", 4)
                .containsEntry("bn1", 5)
                .containsEntry("conv1", 5);
        assertThat(distances("seresnet18", Form.TORCHVISION))
                .containsEntry("layer4.0.se.fc1", 1)
                .containsEntry("layer1.1.se.fc2", 4)
                .containsEntry("conv1", 5);
    }

    @Test
    void findsKerasFourStagesInBothVersions() {
        assertThat(distances("resnet50", Form.KERAS))
                .containsEntry("predictions", 0)
                .containsEntry("conv5_block3_3_bn", 1)
                .containsEntry("conv5_block1_0_conv", 1)
                .containsEntry("conv2_block1_1_conv", 4)
                .containsEntry("conv1_conv", 5);
        assertThat(distances("resnet50v2", Form.KERAS))
                .containsEntry("post_bn", 1)
                .containsEntry("conv3_block1_preact_bn", 3)
                .containsEntry("conv3_block4_2_conv", 3)
                .containsEntry("conv2_block3_2_conv", 4)
                .containsEntry("conv1_conv", 5);
    }

    @Test
    void findsTheTutorialsFourStages() {
        assertThat(distances("resnet50", Form.TUTORIAL))
                .containsEntry("fc6", 0)
                .containsEntry("res5c_branch2c", 1)
                .containsEntry("bn4a_branch1", 2)
                .containsEntry("res3d_branch2a", 3)
                .containsEntry("res2a_branch2a", 4)
                .containsEntry("bn_conv1", 5);
        assertThat(distances("resnet18", Form.TUTORIAL)).containsEntry("res2a_branch2a", 4);
    }

    @Test
    void findsTheThreeStagesOfNetworksForCifar() {
        Stages stages = Stages.of(ResNetFamily.build("resnet20", Form.OPTION_A, OPTIONS));

        assertThat(stages.count()).isEqualTo(3);
        assertThat(stages.distances())
                .containsEntry("linear", 0)
                .containsEntry("layer3.0.conv1", 1)
                .containsEntry("layer2.2.bn2", 2)
                .containsEntry("layer1.0.conv1", 3)
                .containsEntry("conv1", 4);
        assertThat(distances("resnet20", Form.OPTION_B)).containsEntry("layer3.0.shortcut.0", 1);
    }

    @Test
    void looksIntoNestedNetworks() {
        Network backbone = CifarResNet.build(1, CifarResNet.Shortcut.OPTION_B, OPTIONS.withoutTop(Pooling.AVERAGE))
                .withName("backbone");
        SymbolicTensor input = SymbolicTensor.input(Shape.of(64, 64, 3));
        SymbolicTensor output = new Dense(2).withName("top").apply(backbone.apply(input));

        Map<String, Integer> distances =
                Stages.of(Network.of("outer", input, output)).distances();

        assertThat(distances)
                .containsEntry("top", 0)
                .containsEntry("backbone/layer3.0.conv1", 1)
                .containsEntry("backbone/conv1", 4);
    }

    @Test
    void takesANetworkWithoutSumsForOneStem() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 3));
        SymbolicTensor x = new Conv2D(4, 3).withName("conv").apply(input);
        x = new Dense(2).withName("top").apply(new GlobalAveragePooling2D().apply(x));

        Stages stages = Stages.of(Network.of("plain", input, x));

        assertThat(stages).isEqualTo(new Stages(0, Map.of("conv", 1, "top", 0)));
    }

    @Test
    void refusesANetworkWithoutHead() {
        Network headless = ResNetFamily.build("resnet20", Form.OPTION_A, OPTIONS.withoutTop(Pooling.NONE));

        assertThatThrownBy(() -> Stages.of(headless))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("has no classifier", "'layer3.2.add' (Add)");
    }
}
