package dev.resnet4j.plot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.plot.Drawing.Box;
import dev.resnet4j.plot.Drawing.Cluster;
import dev.resnet4j.plot.Drawing.Edge;
import dev.resnet4j.plot.Drawing.Element;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkDrawingTest {
    private final PlotOptions options = new PlotOptions();

    @Test
    void givesABoxNameAndClass() {
        assertThat(NetworkDrawing.of(Networks.chain(1), options).elements())
                .containsExactly(
                        new Box("input_layer", List.of(List.of("input_layer: InputLayer"))),
                        new Box("layer0", List.of(List.of("layer0: Activation"))));
    }

    @Test
    void leavesNamesOut() {
        assertThat(box(Networks.chain(1), options.withLayerNames(false)).fields())
                .containsExactly(List.of("Activation"));
    }

    @Test
    void addsActivationTypeAndShapesAsKerasDoes() {
        assertThat(box(
                                Networks.chain(1),
                                options.withLayerActivations(true)
                                        .withDataTypes(true)
                                        .withShapes(true))
                        .fields())
                .containsExactly(
                        List.of("layer0: Activation", "relu"),
                        List.of("float32"),
                        List.of("input:", "output:"),
                        List.of("(None, 4, 4, 2)", "(None, 4, 4, 2)"));
    }

    @Test
    void givesNoActivationToALayerThatHasNone() {
        SymbolicTensor input = Networks.input();
        Network network = Network.of("flat", input, new Flatten().apply(input));

        assertThat(box(network, options.withLayerActivations(true)).fields())
                .containsExactly(List.of("flatten: Flatten"));
    }

    @Test
    void drawsASharedLayerOnceWithAllItsArrows() {
        Drawing drawing = NetworkDrawing.of(Networks.shared(), options);

        assertThat(drawing.elements()).hasSize(4);
        assertThat(drawing.edges())
                .contains(
                        new Edge("input_layer", "shared"),
                        new Edge("shared", "between"),
                        new Edge("between", "shared"));
    }

    @Test
    void saysMultipleWhereTheShapesOfCallsDiffer() {
        SymbolicTensor input = Networks.input();
        Layer relu = new Activation("shared", ActivationFunction.RELU);
        Network network = Network.of("two_shapes", input, relu.apply(new ZeroPadding2D(1).apply(relu.apply(input))));

        assertThat(box(network, options.withShapes(true)).fields()).contains(List.of("multiple", "multiple"));
    }

    @Test
    void drawsOneArrowWhereALayerTakesTheSameOutputTwice() {
        SymbolicTensor input = Networks.input();
        Network network = Network.of("doubled", input, Merge.add().apply(input, input));

        assertThat(NetworkDrawing.of(network, options).edges()).containsExactly(new Edge("input_layer", "add"));
    }

    @Test
    void keepsANestedNetworkClosed() {
        assertThat(NetworkDrawing.of(Networks.nested(), options).elements())
                .contains(new Box("block", List.of(List.of("block: Functional"))));
    }

    @Test
    void opensNestedNetworksToTheirInnermostLayers() {
        Drawing drawing = NetworkDrawing.of(Networks.deeplyNested(), options.withExpandNested(true));

        Cluster outer = (Cluster) drawing.elements().get(2);
        assertThat(outer.title()).isEqualTo("two_blocks: Functional");
        assertThat(outer.elements())
                .filteredOn(Cluster.class::isInstance)
                .extracting(element -> ((Cluster) element).title())
                .containsExactly("first: Functional", "second: Functional");
        assertThat(drawing.edges()).hasSize(4 + 2 + 4 + 4).doesNotHaveDuplicates();
    }

    @Test
    void showsWhatCannotBePrintedAsAReplacementCharacter() {
        SymbolicTensor input = Networks.input();
        Network network = Network.of("a\u0000b", input, Networks.relu("x\n\u202ey\ud800\u0007", input));

        assertThat(box(network, options).fields()).containsExactly(List.of("x\ufffd\ufffdy\ufffd\ufffd: Activation"));
        assertThat(NetworkDrawing.of(network, options).name()).isEqualTo("a\ufffdb");
    }

    private static Box box(Network network, PlotOptions options) {
        Element second = NetworkDrawing.of(network, options).elements().get(1);
        return (Box) second;
    }
}
