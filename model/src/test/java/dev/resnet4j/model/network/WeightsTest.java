package dev.resnet4j.model.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WeightsTest {
    private final Network network = network();
    private final Weights weights = Weights.initialize(network);

    private static Network network() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(4, 4, 2));
        SymbolicTensor x = new Conv2D(3, 2)
                .withKernelInitializer(new GlorotUniform(0))
                .withName("conv")
                .apply(input);
        return Network.of("n", input, new BatchNormalization().withName("bn").apply(x));
    }

    @Test
    void startAsTheirInitializersSayInTheOrderOfTheNetwork() {
        assertThat(weights.arrays().keySet().stream().map(WeightName::toString))
                .containsExactly(
                        "conv/kernel", "conv/bias", "bn/gamma", "bn/beta", "bn/moving_mean", "bn/moving_variance");
        assertThat(weights.get("conv", "kernel")).isEqualTo(new GlorotUniform(0).initialize(Shape.of(2, 2, 2, 3)));
        assertThat(weights.get("conv", "bias").values()).containsExactly(0, 0, 0);
        assertThat(weights.get("bn", "gamma").values()).containsExactly(1, 1, 1);
        assertThat(weights.get("bn", "moving_mean").values()).containsExactly(0, 0, 0);
        assertThat(weights.get("bn", "moving_variance").values()).containsExactly(1, 1, 1);
    }

    @Test
    void startFromTheSameNumbersEveryTime() {
        assertThat(Weights.initialize(network)).isEqualTo(weights);
    }

    @Test
    void fitTheNetworkTheyWereMadeFor() {
        assertThat(weights.arrays()).hasSize(6);
        weights.requireFit(network);
    }

    @Test
    void refuseANameThatIsNotThere() {
        assertThatThrownBy(() -> weights.get("conv", "gamma"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'conv/gamma'");
    }

    @Test
    void doNotFitWhereOneIsMissing() {
        Map<WeightName, NdArray> fewer = new LinkedHashMap<>(weights.arrays());
        fewer.remove(new WeightName("conv", "bias"));

        assertThatThrownBy(() -> new Weights(fewer).requireFit(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'conv/bias'");
    }

    @Test
    void doNotFitWhereOneIsSuperfluous() {
        Map<WeightName, NdArray> more = new LinkedHashMap<>(weights.arrays());
        more.put(new WeightName("fc", "bias"), new NdArray(Shape.of(1), new float[1]));

        assertThatThrownBy(() -> new Weights(more).requireFit(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'fc/bias'", "network 'n'");
    }

    @Test
    void doNotFitWhereOneHasAnotherShape() {
        Map<WeightName, NdArray> other = new LinkedHashMap<>(weights.arrays());
        other.put(new WeightName("bn", "beta"), new NdArray(Shape.of(4), new float[4]));

        assertThatThrownBy(() -> new Weights(other).requireFit(network))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("'bn/beta'", "(4,)", "(3,)");
    }

    @Test
    void doNotChangeWithTheMapTheyWereMadeFrom() {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>(weights.arrays());
        Weights copy = new Weights(arrays);
        arrays.clear();

        assertThat(copy).isEqualTo(weights);
        assertThatThrownBy(() -> copy.arrays().clear()).isInstanceOf(UnsupportedOperationException.class);
    }
}
