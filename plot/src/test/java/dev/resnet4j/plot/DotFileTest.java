package dev.resnet4j.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.Shape;
import org.junit.jupiter.api.Test;

class DotFileTest {
    private final SymbolicTensor input = SymbolicTensor.input(Shape.of(4, 4, 2));

    @Test
    void drawsABoxALayerAndAnArrowAConnection() {
        assertThat(dot(shortcut(), new PlotOptions())).isEqualTo("""
                        digraph "small" {
                          rankdir=TB;
                          concentrate=true;
                          node [shape=record];
                          "input_layer" [label="input_layer: InputLayer"];
                          "relu" [label="relu: Activation"];
                          "add" [label="add: Add"];
                          "flatten" [label="flatten: Flatten"];
                          "input_layer" -> "relu";
                          "relu" -> "add";
                          "input_layer" -> "add";
                          "add" -> "flatten";
                        }
                        """);
    }

    @Test
    void showsTheShapesThatGoInAndComeOut() {
        assertThat(dot(shortcut(), new PlotOptions().withShapes(true)))
                .contains(
                        "[label=\"input_layer: InputLayer|{input:|output:}|{(None, 4, 4, 2)|(None, 4, 4, 2)}\"]",
                        "[label=\"add: Add|{input:|output:}|"
                                + "{[(None, 4, 4, 2), (None, 4, 4, 2)]|(None, 4, 4, 2)}\"]",
                        "[label=\"flatten: Flatten|{input:|output:}|{(None, 4, 4, 2)|(None, 32)}\"]");
    }

    @Test
    void runsFromTheLeftWhereAsked() {
        PlotOptions options = new PlotOptions().withDirection(Direction.LEFT_TO_RIGHT);

        assertThat(dot(shortcut(), options)).contains("rankdir=LR;").doesNotContain("rankdir=TB");
    }

    @Test
    void escapesNamesSoThatTheyAreShownAsTheyAre() {
        SymbolicTensor output = new Activation("a\"b\\{c}|<d>&lt;", ActivationFunction.RELU).apply(input);

        assertThat(dot(Network.of("my \"net\"", input, output), new PlotOptions()))
                .contains(
                        "digraph \"my \\\"net\\\"\" {",
                        "  \"a\\\"b\\\\{c}|<d>&lt;\" [label=\"a\\\"b\\\\\\{c\\}\\|\\<d\\>&amp;lt;: Activation\"];",
                        "  \"input_layer\" -> \"a\\\"b\\\\{c}|<d>&lt;\";");
    }

    @Test
    void drawsAllOfResNet50() {
        String diagram = dot(ResNet50.build(Shape.of(64, 64, 3), 6, 0), new PlotOptions());

        assertThat(diagram.lines().filter(line -> line.contains("[label="))).hasSize(177);
        // Every layer but the input has one arrow to it, and each of the 16 sums a second.
        assertThat(diagram.lines().filter(line -> line.contains("->"))).hasSize(176 + 16);
    }

    @Test
    void framesANestedNetwork() {
        assertThat(dot(Networks.nested(), new PlotOptions().withExpandNested(true)))
                .contains("""
                          subgraph cluster_0 {
                            label="block: Functional";
                            labeljust=l;
                            "input_layer'" [label="input_layer: InputLayer"];
                        """.indent(0), "  \"before\" -> \"input_layer'\";", "  \"add\" -> \"after\";");
    }

    private static String dot(Network network, PlotOptions options) {
        return DotFile.of(NetworkDrawing.of(network, options), options.direction());
    }

    private Network shortcut() {
        SymbolicTensor main = new Activation("relu", ActivationFunction.RELU).apply(input);
        return Network.of("small", input, new Flatten().apply(Merge.add().apply(main, input)));
    }
}
