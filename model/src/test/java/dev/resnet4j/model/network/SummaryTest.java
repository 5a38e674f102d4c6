package dev.resnet4j.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.Shape;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Network NETWORK = ResNet50.build(Shape.of(64, 64, 3), 6, 0);

    @Test
    void showsLayersShapesParametersAndConnections() {
        assertThat(Summary.of(NETWORK).lines())
                .contains(
                        "Layer (type)                    Output Shape         Param #     Connected to",
                        "conv1 (Conv2D)                  (None, 32, 32, 64)   9472        zero_padding2d",
                        "add (Add)                       (None, 15, 15, 256)  0           bn2a_branch2c, bn2a_branch1");
    }

    @Test
    void endsWithTheThreeTotals() {
        assertThat(Summary.of(NETWORK))
                .contains(
                        "Total params: 23,600,006 (90.03 MB)\n",
                        "Trainable params: 23,546,886 (89.82 MB)\n",
                        "Non-trainable params: 53,120 (207.50 KB)\n");
    }

    @Test
    void keepsToItsLineLength() {
        assertThat(Summary.of(NETWORK, 60).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
        assertThatThrownBy(() -> Summary.of(NETWORK, 39)).hasMessageContaining("39");
    }
}
