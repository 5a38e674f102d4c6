package dev.resnet4j.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.benchmarks.contest.ConvolutionShape;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConvolutionShapeTest {
    @ParameterizedTest
    @ValueSource(ints = {32, 64, 65, 224})
    void areThoseOfTheNetworkThatResnet4jRuns(int side) {
        List<String> raced = ConvolutionShape.ofResNet50(side).stream()
                .map(shape -> text(shape.side(), shape.inputs(), shape.outputSide(), shape.outputs()))
                .sorted()
                .toList();

        assertThat(raced).isEqualTo(shapesOf(Resnet4jEntry.network(side).flattened()));
    }

    private static List<String> shapesOf(Network network) {
        return network.nodes().stream()
                .filter(node -> node.layer() instanceof Conv2D)
                .map(node -> text(network.node(node.inputs().get(0)), node))
                .sorted()
                .toList();
    }

    private static String text(Node input, Node convolution) {
        Shape in = input.outputShape();
        Shape out = convolution.outputShape();
        return text(in.height(), in.channels(), out.height(), out.channels());
    }

    private static String text(int side, int inputs, int outputSide, int outputs) {
        return side + "x" + side + "x" + inputs + " to " + outputSide + "x" + outputSide + "x" + outputs;
    }
}
