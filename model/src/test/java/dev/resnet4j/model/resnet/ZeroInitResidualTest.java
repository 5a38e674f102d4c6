package dev.resnet4j.model.resnet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZeroInitResidualTest {
    private static final ResNetOptions OPTIONS = new ResNetOptions(Shape.of(32, 32, 3), 10).withSeed(1);

    @ParameterizedTest
    @CsvSource({
        "resnet50, TUTORIAL, 16, _branch2c",
        "resnet18, TUTORIAL, 8, _branch2b",
        "resnet50, TORCHVISION, 16, .bn3",
        "resnet34, TORCHVISION, 16, .bn2",
        "seresnet50, TORCHVISION, 16, .bn3",
        "resnet101, KERAS, 33, _3_bn",
        "resnet20, OPTION_A, 9, .bn2",
        "resnet20, OPTION_B, 9, .bn2"
    })
    void findsTheLastNormalisationOfEachBlock(String name, Form form, int blocks, String ending) {
        Network network = ZeroInitResidual.apply(ResNetFamily.build(name, form, OPTIONS));

        assertThat(startingAtZero(network)).hasSize(blocks).allMatch(layer -> layer.endsWith(ending));
    }

    @Test
    void leavesBlocksThatEndWithAConvolutionAsTheyAre() {
        Network network = ResNetFamily.build("resnet50v2", OPTIONS);

        assertThat(ZeroInitResidual.apply(network)).isEqualTo(network);
    }

    @Test
    void changesTheFirstWeightsOfThoseGammasAndNothingElse() {
        Network network = ResNetFamily.build("resnet20", OPTIONS);
        Weights before = Weights.initialize(network);
        Weights after = Weights.initialize(ZeroInitResidual.apply(network));

        assertThat(after.get("layer2.0.bn2", "gamma").values()).containsOnly(0);
        assertThat(after.arrays().entrySet().stream()
                        .filter(weight ->
                                !weight.getValue().equals(before.arrays().get(weight.getKey())))
                        .map(weight -> weight.getKey().weight()))
                .hasSize(9)
                .containsOnly("gamma");
    }

    @Test
    void looksIntoNestedNetworks() {
        Network body = ResNetFamily.build("resnet20", OPTIONS);
        SymbolicTensor input = SymbolicTensor.input(Shape.of(32, 32, 3));
        Network outer = ZeroInitResidual.apply(
                Network.of("outer", input, body.withName("body").apply(input)));

        assertThat(startingAtZero(outer.flattened())).hasSize(9);
    }

    private static List<String> startingAtZero(Network network) {
        return network.nodes().stream()
                .map(Node::layer)
                .filter(layer -> layer instanceof BatchNormalization normalization
                        && normalization.gammaInitializer().equals(new Zeros()))
                .map(layer -> layer.name())
                .toList();
    }
}
