package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Group, layer and fixed normalisation; {@link BatchNormalizationTest} is of the fourth. */
class NormalizationLayersTest {
    private static final List<Shape> INPUT = List.of(Shape.of(4, 6, 8));

    @Test
    void groupNormalizationHasAGammaAndABetaAChannel() {
        assertThat(described(new GroupNormalization("g", 4, 1e-3, true, true)))
                .containsExactly("gamma (8,) trainable", "beta (8,) trainable");
        assertThat(described(new GroupNormalization("g", 4, 1e-3, false, true)))
                .containsExactly("gamma (8,) trainable");
        assertThat(described(new GroupNormalization("g", 4, 1e-3, true, false))).containsExactly("beta (8,) trainable");
    }

    @Test
    void groupNormalizationTakesAGroupAChannel() {
        GroupNormalization layer = new GroupNormalization("g", -1, 1e-3, true, true);

        assertThat(layer.groupsOf(8)).isEqualTo(8);
        assertThat(layer.outputShape(INPUT)).isEqualTo(Shape.of(4, 6, 8));
        assertThat(new GroupNormalization().groupsOf(64)).isEqualTo(32);
    }

    @Test
    void groupNormalizationRefusesGroupsThatDoNotDivideTheChannels() {
        assertThatThrownBy(() -> new GroupNormalization("g", 3, 1e-3, true, true).outputShape(INPUT))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("GroupNormalization 'g': its input's 8 channels cannot be shared out among 3 groups");
        assertThatThrownBy(() -> new GroupNormalization("g", 0, 1e-3, true, true))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContaining("or -1 for one a channel, got 0");
        assertThatThrownBy(() -> new GroupNormalization("g", 4, 0, true, true)).hasMessageContaining("epsilon");
    }

    @Test
    void layerNormalizationHasWeightsOfTheAxesThatItNormalises() {
        assertThat(described(new LayerNormalization())).containsExactly("gamma (8,) trainable", "beta (8,) trainable");
        assertThat(described(new LayerNormalization("l", 3, 1e-3, true, false)))
                .containsExactly("beta (4, 6, 8) trainable");
    }

    @Test
    void layerNormalizationRefusesMoreAxesThanThereAre() {
        assertThatThrownBy(() -> new LayerNormalization("l", 4, 1e-3, true, true).outputShape(INPUT))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("LayerNormalization 'l': normalises 4 axes, but its input has shape (4, 6, 8)");
        assertThatThrownBy(() -> new LayerNormalization("l", 0, 1e-3, true, true))
                .hasMessageContaining("got 0");
        assertThatThrownBy(() -> new LayerNormalization("l", 1, Double.NaN, true, true))
                .hasMessageContaining("epsilon");
    }

    @Test
    void normalizationKeepsWhatItWasAdaptedToAsWeightsUnlessGiven() {
        assertThat(described(new Normalization()))
                .containsExactly("mean (8,) kept", "variance (8,) kept", "count () kept");
        assertThat(described(new Normalization("n", List.of(0.5), List.of(2.0), false)))
                .isEmpty();
    }

    @Test
    void normalizationRefusesHalfOfWhatItNeeds() {
        assertThatThrownBy(() -> new Normalization("n", List.of(0.5), List.of(), false))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("both mean and variance, or neither", "[0.5]");
        assertThatThrownBy(() -> new Normalization("n", List.of(0.5), List.of(1.0, 2.0), true).outputShape(INPUT))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("Normalization 'n': its variance has 2 numbers, for an input of 8 channels");
    }

    private static List<String> described(Layer layer) {
        return layer.weights(INPUT).stream()
                .map(weight -> weight.name() + " " + weight.shape() + " " + (weight.trainable() ? "trainable" : "kept"))
                .toList();
    }
}
