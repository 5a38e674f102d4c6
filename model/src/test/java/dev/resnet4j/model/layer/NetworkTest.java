package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private final SymbolicTensor input = SymbolicTensor.input(Shape.of(2, 2, 3));

    @Test
    void numbersUnnamedLayersAroundNamesThatAreTaken() {
        SymbolicTensor x = new Activation(ActivationFunction.RELU).apply(input);
        x = new Activation(ActivationFunction.RELU).withName("activation_1").apply(x);
        x = new Activation(ActivationFunction.RELU).apply(x);

        assertThat(Network.of("n", input, x).nodes().stream().map(Node::name))
                .containsExactly("input_layer", "activation", "activation_1", "activation_2");
    }

    @Test
    void refusesANameUsedTwice() {
        SymbolicTensor x = new Activation(ActivationFunction.RELU).withName("a").apply(input);
        SymbolicTensor y = new Activation(ActivationFunction.RELU).withName("a").apply(x);

        assertThatThrownBy(() -> Network.of("n", input, y))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContaining("two layers are named 'a'");
    }

    @Test
    void refusesAnOutputThatDoesNotComeFromTheInput() {
        SymbolicTensor other = SymbolicTensor.input(Shape.of(2));
        SymbolicTensor unconnected = new Dense(2).apply(other);

        assertThatThrownBy(() -> Network.of("n", input, unconnected))
                .hasMessageContaining("does not come from the input");
    }

    @Test
    void survivesNetworksDeeperThanTheCallStack() {
        SymbolicTensor x = input;
        for (int layer = 0; layer < 20_000; layer++) {
            x = new Activation(ActivationFunction.RELU).apply(x);
        }

        assertThat(Network.of("deep", input, x).nodes()).hasSize(20_001);
    }

    @Test
    void changesOptionsOfLayersInPlace() {
        SymbolicTensor x = new BatchNormalization().withName("bn").apply(input);
        Network network = Network.of("n", input, new Activation(ActivationFunction.RELU).apply(x));

        Network changed = network.withLayers(
                layer -> layer instanceof BatchNormalization normalization ? normalization.withMomentum(0.9) : layer);

        assertThat(((BatchNormalization) changed.node("bn").layer()).momentum()).isEqualTo(0.9);
        assertThat(changed.node("activation")).isEqualTo(network.node("activation"));
        assertThatThrownBy(() -> network.withLayers(layer -> layer.withName(layer.name() + "2")))
                .isInstanceOf(InvalidNetworkException.class);
    }

    @Test
    void findsALayerByItsName() {
        Network network = flat();

        assertThat(network.node("fc").inputs()).containsExactly("flatten");
        assertThatThrownBy(() -> network.node("fc6"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("network 'n' has no layer named 'fc6'");
    }

    @Test
    void knowsItsEndsAndItsParameters() {
        Network network = flat();

        assertThat(network.inputShape()).isEqualTo(Shape.of(2, 2, 3));
        assertThat(network.output().name()).isEqualTo("fc");
        assertThat(network.outputShape()).isEqualTo(Shape.of(2));
        assertThat(network.parameters()).isEqualTo(4 * 3 + 12 * 2 + 2);
        assertThat(network.trainableParameters()).isEqualTo(2 * 3 + 12 * 2 + 2);
    }

    @Test
    void refusesALayerBeforeOneThatItNeeds() {
        List<Node> nodes = new ArrayList<>(flat().nodes());
        Collections.swap(nodes, 1, 2);

        assertThatThrownBy(() -> new Network("n", Network.Kind.FUNCTIONAL, nodes))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("'flatten'", "[bn]", "before it");
    }

    @Test
    void refusesToStartWithAnythingButAnInput() {
        assertThatThrownBy(() -> new Network("n", Network.Kind.FUNCTIONAL, List.of()))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContaining("starts with an input layer");
    }

    private Network flat() {
        SymbolicTensor x = new BatchNormalization().withName("bn").apply(input);
        return Network.of("n", input, new Dense(2).withName("fc").apply(new Flatten().apply(x)));
    }
}
