package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.initializer.HeNormal;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Networks as layers of networks, and layers that are called more than once. */
class NestedNetworkTest {
    private static final Shape PICTURE = Shape.of(4, 4, 3);

    private SymbolicTensor input;

    @BeforeEach
    void startAfresh() {
        input = SymbolicTensor.input(PICTURE);
    }

    @Test
    void standsAsOneNodeWithAllItsWeights() {
        Network outer = outer();

        assertThat(names(outer)).containsExactly("input_layer", "backbone", "flatten", "fc");
        assertThat(outer.isNested()).isTrue();
        assertThat(outer.node("backbone").outputShape()).isEqualTo(Shape.of(4, 4, 5));
        assertThat(outer.node("backbone").weights().stream().map(WeightSpec::name))
                .containsExactly(
                        "conv/kernel", "conv/bias", "bn/gamma", "bn/beta", "bn/moving_mean", "bn/moving_variance");
        assertThat(outer.node("backbone").layer().className()).isEqualTo("Functional");
    }

    @Test
    void countsParametersAsItsLayersHaveThem() {
        Network outer = outer();

        assertThat(outer.parameters()).isEqualTo((3 * 5 + 5) + 4 * 5 + (80 * 2 + 2));
        assertThat(outer.trainableParameters()).isEqualTo((3 * 5 + 5) + 2 * 5 + (80 * 2 + 2));
        assertThat(outer.flattened().parameters()).isEqualTo(outer.parameters());
        assertThat(outer.flattened().trainableParameters()).isEqualTo(outer.trainableParameters());
    }

    @Test
    void namesItsWeightsUnderBothNames() {
        assertThat(outer().weights().keySet())
                .startsWith(new WeightName("backbone/conv", "kernel"))
                .endsWith(new WeightName("fc", "kernel"), new WeightName("fc", "bias"))
                .hasSize(8);
        assertThat(outer().trainableWeights())
                .hasSize(6)
                .containsEntry(new WeightName("backbone/conv", "kernel"), Shape.of(1, 1, 3, 5))
                .doesNotContainKey(new WeightName("backbone/bn", "moving_mean"));
    }

    @Test
    void isTakenApartWhereItIsFlattened() {
        Network flat = outer().flattened();

        assertThat(names(flat)).containsExactly("input_layer", "backbone/conv", "backbone/bn", "flatten", "fc");
        assertThat(flat.node("backbone/conv").inputs()).containsExactly("input_layer");
        assertThat(flat.node("flatten").inputs()).containsExactly("backbone/bn");
        assertThat(flat.isNested()).isFalse();
        assertThat(flat.weights()).isEqualTo(outer().weights());
        assertThat(flat.flattened()).isSameAs(flat);
    }

    @Test
    void isTakenApartHoweverDeepItIs() {
        Network middle = around("middle", backbone());
        Network flat = around("outer", middle).flattened();

        assertThat(names(flat)).containsExactly("input_layer", "middle/backbone/conv", "middle/backbone/bn");
    }

    @Test
    void mayPassItsInputOn() {
        SymbolicTensor own = SymbolicTensor.input(PICTURE);
        Network nothing = Network.of("nothing", own, own);
        Network flat = Network.of("n", input, new Flatten().apply(nothing.apply(input)))
                .flattened();

        assertThat(names(flat)).containsExactly("input_layer", "flatten");
        assertThat(flat.node("flatten").inputs()).containsExactly("input_layer");
    }

    @Test
    void givesOneLayerTwoNodesWhereItIsCalledTwice() {
        Conv2D shared = new Conv2D(3, 1).withName("shared");
        SymbolicTensor output = Merge.add().apply(shared.apply(shared.apply(input)), input);
        Network network = Network.of("n", input, output);

        assertThat(names(network)).containsExactly("input_layer", "shared", "shared:1", "add");
        assertThat(network.node("shared:1").layer().name()).isEqualTo("shared");
        assertThat(network.node("shared:1").call()).isEqualTo(1);
        assertThat(network.node("shared:1").inputs()).containsExactly("shared");
        assertThat(network.layers().stream().map(Node::name)).containsExactly("input_layer", "shared", "add");
        assertThat(network.weights()).hasSize(2);
        assertThat(network.parameters()).isEqualTo(3 * 3 + 3);
    }

    @Test
    void givesOneUnnamedLayerOneNameWhereItIsCalledTwice() {
        Activation relu = new Activation(ActivationFunction.RELU);
        SymbolicTensor output = new Activation(ActivationFunction.TANH).apply(relu.apply(relu.apply(input)));

        assertThat(names(Network.of("n", input, output)))
                .containsExactly("input_layer", "activation", "activation:1", "activation_1");
    }

    @Test
    void takesTwoEqualLayersForTwo() {
        SymbolicTensor output =
                new Activation(ActivationFunction.RELU).apply(new Activation(ActivationFunction.RELU).apply(input));

        assertThat(names(Network.of("n", input, output))).containsExactly("input_layer", "activation", "activation_1");
    }

    @Test
    void callsItsLayersTwiceWhereItIsCalledTwice() {
        SymbolicTensor own = SymbolicTensor.input(PICTURE);
        Network step = Network.of("step", own, new Conv2D(3, 1).withName("conv").apply(own));
        Network flat = Network.of("n", input, step.apply(step.apply(input))).flattened();

        assertThat(names(flat)).containsExactly("input_layer", "step/conv", "step/conv:1");
        assertThat(flat.node("step/conv:1").inputs()).containsExactly("step/conv");
        assertThat(flat.weights()).hasSize(2);
    }

    @Test
    void refusesToShareALayerWhoseWeightsWouldDiffer() {
        Dense shared = new Dense(4).withName("fc");

        assertThatThrownBy(() -> Network.of("n", input, shared.apply(shared.apply(input))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("Dense 'fc'", "other weights each time");
    }

    @Test
    void refusesAnInputOfAnotherShape() {
        assertThatThrownBy(() -> backbone().apply(SymbolicTensor.input(Shape.of(5, 5, 3))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("Functional 'backbone': takes an input of shape (4, 4, 3), got (5, 5, 3)");
        assertThatThrownBy(() -> backbone().apply(input, input)).hasMessageContaining("takes one input, got 2");
    }

    @Test
    void isFrozenAsAWhole() {
        Network frozen = outer().withFrozen("backbone"::equals);

        assertThat(frozen.node("backbone").frozen()).isTrue();
        assertThat(frozen.trainableWeights().keySet())
                .containsExactly(new WeightName("fc", "kernel"), new WeightName("fc", "bias"));
        assertThat(frozen.trainableParameters()).isEqualTo(80 * 2 + 2);
        assertThat(frozen.parameters()).isEqualTo(outer().parameters());
        assertThat(frozen.flattened().node("backbone/conv").frozen()).isTrue();
        assertThat(frozen.withFrozen(name -> false)).isEqualTo(outer());
    }

    @Test
    void keepsALayersOwnFreezingInside() {
        SymbolicTensor own = SymbolicTensor.input(PICTURE);
        Network inner = Network.of(
                        "inner", own, new Conv2D(3, 1).withName("conv").apply(own))
                .withFrozen("conv"::equals);
        Network outer = around("outer", inner);

        assertThat(outer.trainableWeights()).isEmpty();
        assertThat(outer.trainableParameters()).isZero();
        assertThat(outer.node("inner").frozen()).isFalse();
    }

    @Test
    void hasItsLayersChangedToo() {
        Network changed = outer().withLayers(layer ->
                layer instanceof BatchNormalization normalization ? normalization.withMomentum(0.5) : layer);

        assertThat(((BatchNormalization) changed.flattened().node("backbone/bn").layer()).momentum())
                .isEqualTo(0.5);
        assertThat(((Network) changed.node("backbone").layer()).node("conv"))
                .isEqualTo(backbone().node("conv"));
    }

    @Test
    void keepsWhatIsFrozenWhereLayersAreChanged() {
        Network frozen = outer().withFrozen("fc"::equals);

        assertThat(frozen.withLayers(layer -> layer).node("fc").frozen()).isTrue();
    }

    @Test
    void refusesALayerOfOtherWeightsInItsPlace() {
        assertThatThrownBy(
                        () -> outer().withLayers(layer -> layer instanceof Dense dense ? dense.withBias(false) : layer))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("layer 'fc'", "another name, output or weights");
    }

    private Network outer() {
        SymbolicTensor features = new Flatten().apply(backbone().apply(input));
        return Network.of(
                "outer",
                input,
                new Dense(2)
                        .withKernelInitializer(new HeNormal(2))
                        .withName("fc")
                        .apply(features));
    }

    private static Network backbone() {
        SymbolicTensor own = SymbolicTensor.input(PICTURE);
        SymbolicTensor x = new Conv2D(5, 1)
                .withKernelInitializer(new HeNormal(1))
                .withName("conv")
                .apply(own);
        return Network.of(
                "backbone", own, new BatchNormalization().withName("bn").apply(x));
    }

    private static Network around(String name, Network inner) {
        SymbolicTensor own = SymbolicTensor.input(PICTURE);
        return Network.of(name, own, inner.apply(own));
    }

    private static List<String> names(Network network) {
        return network.nodes().stream().map(Node::name).toList();
    }
}
