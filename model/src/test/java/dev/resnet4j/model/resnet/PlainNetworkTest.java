package dev.resnet4j.model.resnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.network.LayerDepths;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PlainNetworkTest {
    private static final ResNetOptions SMALL = new ResNetOptions(Shape.of(32, 32, 3), 10).withSeed(1);

    static Stream<Arguments> members() {
        return Stream.of("resnet18", "resnet50", "resnet50v2", "seresnet50", "resnext50_32x4d", "resnet20")
                .flatMap(name -> ResNetFamily.forms(name).stream().map(form -> Arguments.of(name, form)));
    }

    @ParameterizedTest
    @MethodSource("members")
    void hasTheMainPathOfAResidualNetworkAlone(String name, Form form) {
        Network residual = ResNetFamily.build(name, form, SMALL);
        Network plain = PlainNetwork.of(residual);

        assertThat(plain.nodes())
                .noneMatch(node -> node.layer() instanceof Merge merge && merge.operation() == Merge.Operation.ADD);
        assertThat(plain.outputShape()).isEqualTo(residual.outputShape());
        assertThat(depth(plain)).isEqualTo(depth(residual));
        List<Node> left = new ArrayList<>(residual.layers());
        left.removeIf(
                node -> plain.layers().stream().anyMatch(other -> other.name().equals(node.name())));
        assertThat(left)
                .as("what is left out")
                .allMatch(node -> node.layer().className().equals("Add")
                        || node.name().matches(".*(branch1|downsample.*|shortcut.*|_0_conv|_0_bn|max_pooling2d.*)"));
    }

    private static int depth(Network network) {
        return LayerDepths.of(network).get(network.output().name());
    }

    @Test
    void isAChainOfFiftyLayersForResNet50() {
        Network plain = PlainNetwork.of(ResNetFamily.build("resnet50", SMALL));

        assertThat(plain.name()).isEqualTo("PlainResNet50");
        assertThat(plain.nodes().subList(1, plain.nodes().size()))
                .allMatch(node -> node.inputs().size() == 1);
        assertThat(plain.trainableWeights().keySet().stream().filter(weight -> weight.isKernel()))
                .hasSize(50);
    }

    @Test
    void startsFromTheKernelsOfTheResidualNetwork() {
        Network residual = ResNetFamily.build("resnet20", SMALL);
        Weights ofResidual = Weights.initialize(residual);

        assertThat(Weights.initialize(PlainNetwork.of(residual)).arrays())
                .allSatisfy((name, array) ->
                        assertThat(array).isEqualTo(ofResidual.arrays().get(name)));
    }

    @Test
    void leavesBatchNormalizationOut() {
        Network residual = ResNetFamily.build("resnet50", SMALL);
        Network without = PlainNetwork.withoutBatchNormalization(residual);

        assertThat(without.nodes())
                .noneMatch(node -> node.layer() instanceof BatchNormalization)
                .hasSize(residual.nodes().size() - 53);
        assertThat(PlainNetwork.of(without).nodes()).hasSize(residual.nodes().size() - 53 - 16 - 4);
    }

    @Test
    void refusesANetworkWithoutShortcuts() {
        Network plain = PlainNetwork.of(ResNetFamily.build("resnet20", SMALL));

        assertThatThrownBy(() -> PlainNetwork.of(plain))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContaining("plain already");
    }
}
