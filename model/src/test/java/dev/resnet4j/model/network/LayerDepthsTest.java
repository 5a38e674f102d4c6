package dev.resnet4j.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerDepthsTest {
    private static final ResNetOptions SMALL = new ResNetOptions(Shape.of(32, 32, 3), 10).withSeed(1);

    @ParameterizedTest
    @CsvSource({"resnet18, 18", "resnet50, 50", "resnet152, 152", "resnet110, 110", "resnext50_32x4d, 50"})
    void countsTheLayersThatANetworkIsNamedAfter(String name, int depth) {
        Network network = ResNetFamily.build(name, SMALL);

        assertThat(LayerDepths.of(network).get(network.output().name())).isEqualTo(depth);
    }

    @Test
    void followsTheLongestWay() {
        Map<String, Integer> depths = LayerDepths.of(ResNetFamily.build("resnet50", SMALL));

        assertThat(depths)
                .containsEntry("input_layer", 0)
                .containsEntry("conv1", 1)
                .containsEntry("bn_conv1", 1)
                .containsEntry("res2a_branch2a", 2)
                .containsEntry("res2a_branch1", 2)
                .containsEntry("add", 4)
                .containsEntry("res2b_branch2a", 5);
    }
}
