package dev.resnet4j.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.Shape;
import org.junit.jupiter.api.Test;

class SummaryTest {
    private static final Network RESNET50 = ResNet50.build(Shape.of(64, 64, 3), 6, 0);

    @Test
    void showsLayersShapesParametersAndConnections() {
        assertThat(Summary.of(RESNET50).toText().lines())
                .contains(
                        "Layer (type)                    Output Shape         Param #     Connected to",
                        "conv1 (Conv2D)                  (None, 32, 32, 64)   9472        zero_padding2d[0][0]")
                .containsSubsequence(
                        "add (Add)                       (None, 15, 15, 256)  0           bn2a_branch2c[0][0]",
                        "                                                                 bn2a_branch1[0][0]");
    }

    @Test
    void endsWithTheThreeTotals() {
        assertThat(Summary.of(RESNET50).toText())
                .contains(
                        "Total params: 23,600,006 (90.03 MB)\n",
                        "Trainable params: 23,546,886 (89.82 MB)\n",
                        "Non-trainable params: 53,120 (207.50 KB)\n");
    }

    @Test
    void keepsToItsLineLength() {
        Summary summary = Summary.of(nested(), true);

        assertThat(summary.toText(60).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(60));
        assertThatThrownBy(() -> summary.toText(39)).hasMessageContaining("39");
    }

    @Test
    void showsANestedNetworkInOneRow() {
        assertThat(Summary.of(nested()).rows())
                .extracting(Summary.Row::name)
                .containsExactly("input_layer", "flatten", "head", "fc");
        assertThat(Summary.of(nested()).rows().get(2).parameters()).isEqualTo(48 * 5 + 5);
    }

    @Test
    void framesTheLayersOfANestedNetwork() {
        assertThat(Summary.of(nested(), true).toText(60).lines())
                .containsSubsequence(
                        "head (Functional)  (None, 5)     245    flatten[0][0]",
                        "|" + "¯".repeat(58) + "|",
                        "| input_layer      (None, 48)    0                         |",
                        "| (InputLayer)                                             |",
                        "| inner (Dense)    (None, 5)     245    input_layer[0][0]  |",
                        "|" + "_".repeat(58) + "|",
                        "fc (Dense)         (None, 6)     36     head[0][0]");
    }

    @Test
    void namesEachCallOfASharedLayer() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(4));
        Dense shared = new Dense(4).withName("shared");
        Network network = Network.of("twice", input, shared.apply(shared.apply(input)));

        Summary summary = Summary.of(network);

        assertThat(summary.rows()).hasSize(2);
        assertThat(summary.rows().get(1).connectedTo()).containsExactly("input_layer[0][0]", "shared[0][0]");
        assertThat(summary.parameters()).isEqualTo(4 * 4 + 4);
    }

    @Test
    void isAMarkdownTable() {
        assertThat(Summary.of(nested(), true).toMarkdown().lines())
                .contains(
                        "| Layer (type) | Output Shape | Param # | Connected to |",
                        "| flatten (Flatten) | (None, 48) | 0 | input\\_layer\\[0\\]\\[0\\] |",
                        "| &nbsp;&nbsp;inner (Dense) | (None, 5) | 245 | input\\_layer\\[0\\]\\[0\\] |",
                        "- Total params: 281 (1.10 KB)");
    }

    private static Network nested() {
        SymbolicTensor inside = SymbolicTensor.input(Shape.of(48));
        Network head = Network.of("head", inside, new Dense(5).withName("inner").apply(inside));
        SymbolicTensor input = SymbolicTensor.input(Shape.of(4, 4, 3));
        SymbolicTensor output = new Dense(6).withName("fc").apply(head.apply(new Flatten().apply(input)));
        return Network.of("nested", input, output);
    }
}
