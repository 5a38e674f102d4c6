package dev.resnet4j.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptimizerStateTest {
    private static final WeightName KERNEL = new WeightName("conv1", "kernel");
    private static final WeightName BIAS = new WeightName("conv1", "bias");
    private static final NdArray ZERO = new NdArray(Shape.of(1), new float[1]);

    @Test
    void doesNotChangeWithTheMapsItWasMadeFrom() {
        Map<String, NdArray> arrays = new LinkedHashMap<>(Map.of("momentum", ZERO));
        Map<WeightName, Map<String, NdArray>> slots = new LinkedHashMap<>(Map.of(KERNEL, arrays));
        OptimizerState state = new OptimizerState(3, slots);
        arrays.put("velocity", ZERO);
        slots.put(BIAS, arrays);

        assertThat(state.slots()).isEqualTo(Map.of(KERNEL, Map.of("momentum", ZERO)));
    }

    @Test
    void cannotBeChanged() {
        OptimizerState state = new OptimizerState(3, Map.of(KERNEL, Map.of("momentum", ZERO)));

        assertThatThrownBy(() -> state.slots().clear()).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> state.slots().get(KERNEL).clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void keepsTheOrderOfTheWeights() {
        Map<WeightName, Map<String, NdArray>> slots = new LinkedHashMap<>();
        for (int layer = 20; layer > 0; layer--) {
            slots.put(new WeightName("conv" + layer, "kernel"), Map.of());
        }

        assertThat(new OptimizerState(0, slots).slots().keySet()).containsExactlyElementsOf(slots.keySet());
    }

    @Test
    void remembersWhenEachWeightBeganToBeTrained() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(3));
        SymbolicTensor first = new Dense(2).withName("first").apply(input);
        Network network =
                Network.of("two layers", input, new Dense(2).withName("second").apply(first));
        WeightName ofFirst = new WeightName("first", "kernel");
        WeightName ofSecond = new WeightName("second", "kernel");
        Adam adam = new Adam();

        OptimizerState beforeAnyStep =
                new OptimizerState(0, Map.of()).forTrainable(adam, network.withFrozenLayers("first"::equals));
        assertThat(beforeAnyStep.lateStarts()).isEmpty();

        OptimizerState unfrozen = new OptimizerState(5, beforeAnyStep.slots()).forTrainable(adam, network);
        assertThat(unfrozen.lateStarts()).containsEntry(ofFirst, 5L).doesNotContainKey(ofSecond);

        OptimizerState refrozen = unfrozen.forTrainable(adam, network.withFrozenLayers("second"::equals));
        OptimizerState further = new OptimizerState(8, refrozen.slots()).withLateStarts(refrozen.lateStarts());
        assertThat(further.forTrainable(adam, network).lateStarts())
                .containsEntry(ofFirst, 5L)
                .containsEntry(ofSecond, 8L);
    }

    @Test
    void refusesALateStartThatIsNoneOfItsSteps() {
        OptimizerState state = new OptimizerState(3, Map.of());

        for (long start : new long[] {-1, 0, 4}) {
            assertThatThrownBy(() -> state.withLateStarts(Map.of(KERNEL, start)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("conv1/kernel", "step " + start + " of 3");
        }
    }

    @Test
    void refusesANegativeNumberOfSteps() {
        assertThatThrownBy(() -> new OptimizerState(-1, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("at least 0", "-1");
    }
}
