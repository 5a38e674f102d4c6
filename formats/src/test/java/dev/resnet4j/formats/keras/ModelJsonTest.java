package dev.resnet4j.formats.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.Interval;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.RandomContrast;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.tensor.Shape;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelJsonTest {
    private static void assertReadsBack(Network network) {
        assertThat(ModelJson.read(ModelJson.writeKeras3(network))).isEqualTo(network);
        assertThat(ModelJson.read(ModelJson.writeKeras2(network))).isEqualTo(network);
    }

    @Test
    void readsBackEveryKindOfLayerInBothStyles() {
        Network network = EveryKind.network();

        Set<String> kinds = network.nodes().stream()
                .map(node -> node.layer().getClass().getSimpleName())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = Arrays.stream(Layer.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .collect(Collectors.toCollection(TreeSet::new));
        all.remove("Network");
        assertThat(kinds).isEqualTo(all);
        assertReadsBack(network);
    }

    @ParameterizedTest
    @EnumSource
    void readsBackEveryActivationInTheStylesThatHaveIt(ActivationFunction function) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(4));
        Network network = Network.of("activated", input, new Activation(function).apply(input));

        if (function == ActivationFunction.HARD_SIGMOID_KERAS_2) {
            assertThatThrownBy(() -> ModelJson.writeKeras3(network))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContainingAll("layer 'activation'", "Keras 3 has no word", ".h5");
        } else {
            assertThat(ModelJson.read(ModelJson.writeKeras3(network))).isEqualTo(network);
        }
        if (ActivationNames.inKeras2(function).isPresent()) {
            assertThat(ModelJson.read(ModelJson.writeKeras2(network))).isEqualTo(network);
        } else {
            assertThatThrownBy(() -> ModelJson.writeKeras2(network))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContainingAll("layer 'activation'", "Keras 2 has no word", ".keras");
        }
    }

    @Test
    void refusesToWriteARangeOfContrastThatKerasWouldTurnRound() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(4, 4, 3));
        Network network = Network.of(
                "contrast", input, new RandomContrast("", new Interval(-0.5, 0.25), new Interval(0, 255)).apply(input));

        assertThatThrownBy(() -> ModelJson.writeKeras3(network))
                .isInstanceOf(FormatException.class)
                .hasMessageContainingAll("random_contrast", "range of contrast");
    }

    private static Network block(String name, Network.Kind kind) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 3));
        SymbolicTensor x = new Conv2D(3, 3).withPadding(Padding.SAME).apply(input);
        return Network.of(name, input, new BatchNormalization().apply(x)).withKind(kind);
    }

    @Test
    void readsBackAFunctionalModelAndASequentialInAModel() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 3));
        SymbolicTensor x = block("body", Network.Kind.FUNCTIONAL).apply(input);
        x = block("tail", Network.Kind.SEQUENTIAL).apply(x);

        assertReadsBack(Network.of("outer", input, new Dense(2).apply(new Flatten().apply(x))));
        assertReadsBack(Network.of("ends inside", input, x));
        assertReadsBack(Network.of("all in one", input, x).withKind(Network.Kind.SEQUENTIAL));
        Network deep =
                Network.of("deep", input, block("last", Network.Kind.FUNCTIONAL).apply(x));
        assertReadsBack(Network.of("deeper", input, deep.apply(input)));
    }

    @Test
    void readsBackSharedLayersAndSharedModels() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 3));
        Conv2D convolution = new Conv2D(3, 3).withPadding(Padding.SAME).withName("shared");
        Network body = block("body", Network.Kind.FUNCTIONAL);
        Network tail = block("tail", Network.Kind.SEQUENTIAL);
        SymbolicTensor once = convolution.apply(input);
        SymbolicTensor between = body.apply(new Activation(ActivationFunction.RELU).apply(once));
        SymbolicTensor twice = tail.apply(convolution.apply(between));
        SymbolicTensor x = Merge.add().apply(tail.apply(body.apply(twice)), once, convolution.apply(twice));

        Network network = Network.of("shared", input, x);

        assertThat(network.nodes().stream().map(Node::name)).contains("shared:1", "shared:2", "body:1", "tail:1");
        assertReadsBack(network);
        assertReadsBack(Network.of("ends in a second call", input, body.apply(body.apply(input))));
        assertReadsBack(Network.of("ends in a second call", input, tail.apply(tail.apply(input))));
    }

    @Test
    void readsBackNamesWithScopes() {
        SymbolicTensor input = new InputLayer("pictures/in", Shape.of(8, 8, 3)).apply();
        SymbolicTensor x = new Conv2D(3, 3).withName("block1/conv").apply(input);

        assertReadsBack(Network.of("scoped", input, x));
    }

    @Test
    void readsBackFrozenLayers() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 3));
        SymbolicTensor x = block("body", Network.Kind.FUNCTIONAL).apply(input);
        Network network =
                Network.of("transfer", input, new Conv2D(2, 1).withName("head").apply(x));

        assertReadsBack(network.withFrozen("head"::equals));
        assertReadsBack(frozenInside(network, "conv2d"));
    }

    private static Network frozenInside(Network network, String layer) {
        SymbolicTensor input = SymbolicTensor.input(network.inputShape());
        Network body = ((Network) network.node("body").layer()).withFrozen(layer::equals);
        return Network.of("transfer", input, body.apply(input));
    }

    @Test
    void freezesAllLayersOfAFrozenModelInAModel() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(8, 8, 3));
        Network network = Network.of(
                        "transfer",
                        input,
                        block("body", Network.Kind.SEQUENTIAL).apply(input))
                .withFrozen("body"::equals);

        for (String json : new String[] {ModelJson.writeKeras2(network), ModelJson.writeKeras3(network)}) {
            Network read = ModelJson.read(json);

            assertThat(read.node("body").frozen()).isTrue();
            assertThat(((Network) read.node("body").layer()).nodes())
                    .extracting(Node::frozen)
                    .containsExactly(false, true, true);
            assertThat(read.trainableParameters()).isZero();
            assertReadsBack(read);
        }
    }

    @Test
    void readsBackAnInputAlone() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(2, 3, 4));

        assertReadsBack(Network.of("nothing", input, input));
        assertReadsBack(Network.of("nothing", input, input).withKind(Network.Kind.SEQUENTIAL));
    }
}
