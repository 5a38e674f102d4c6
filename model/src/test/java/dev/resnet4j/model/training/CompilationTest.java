package dev.resnet4j.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CompilationTest {
    private static final WeightName KERNEL = new WeightName("conv", "kernel");
    private static final WeightName BIAS = new WeightName("conv", "bias");
    private static final Compilation PLAIN = new Compilation(new Sgd(), Loss.CATEGORICAL_CROSSENTROPY);

    @Test
    void keepsFactorsOtherThanOne() {
        Compilation compilation = PLAIN.withRateFactors(Map.of(KERNEL, 0.5, BIAS, 1.0));

        assertThat(compilation.rateFactors()).isEqualTo(Map.of(KERNEL, 0.5));
        assertThat(compilation.rateFactor(KERNEL)).isEqualTo(0.5);
        assertThat(compilation.rateFactor(BIAS)).isEqualTo(1);
    }

    @Test
    void keepsAllElseWhenOneThingChanges() {
        Compilation all = PLAIN.withAverage(new ExponentialMovingAverage())
                .withGlobalClipnorm(2)
                .withGradientAccumulationSteps(3)
                .withRateFactors(Map.of(KERNEL, 0.5));

        assertThat(all.withOptimizer(new Adam()).withOptimizer(new Sgd())).isEqualTo(all);
        assertThat(all.withAverage(new ExponentialMovingAverage())).isEqualTo(all);
        assertThat(all.withGlobalClipnorm(2)).isEqualTo(all);
        assertThat(all.withGradientAccumulationSteps(3)).isEqualTo(all);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> PLAIN.withGlobalClipnorm(0)).hasMessageContaining("0.0");
        assertThatThrownBy(() -> PLAIN.withGlobalClipnorm(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> PLAIN.withGradientAccumulationSteps(0)).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> PLAIN.withRateFactors(Map.of(KERNEL, -1.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("conv/kernel", "-1.0");
        assertThatThrownBy(() -> new Sgd().withWeightDecay(-1)).hasMessageContainingAll("weight decay", "-1.0");
        assertThatThrownBy(() -> new AdamW().withWeightDecay(Double.NaN)).hasMessageContaining("NaN");
    }

    @Test
    void letsKernelsDecayAndNothingElse() {
        assertThat(Optimizer.decays(Shape.of(3, 3, 8, 8))).isTrue();
        assertThat(Optimizer.decays(Shape.of(8, 8))).isTrue();
        assertThat(Optimizer.decays(Shape.of(8))).isFalse();
    }
}
