package dev.resnet4j.engine.finder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LearningRateCurveTest {
    private static final LearningRateRange RANGE = new LearningRateRange(1e-6, 1, 100);

    /** A loss of 1.8 that falls to 0.3 around 10^-3 and grows again above 10^-1. */
    private static double fallingAndGrowing(double exponent) {
        return 1.8 - 1.5 / (1 + Math.exp(-4 * (exponent + 3))) + Math.exp(6 * (exponent + 0.8));
    }

    private static LearningRateCurve curve(DoubleUnaryOperator lossOfExponent) {
        return new LearningRateCurve(RANGE.rates().stream()
                .map(rate -> new LearningRateCurve.Step(rate, lossOfExponent.applyAsDouble(Math.log10(rate))))
                .toList());
    }

    @Test
    void suggestsTheRateAtWhichTheLossFallsFastest() {
        LearningRateCurve curve = curve(LearningRateCurveTest::fallingAndGrowing);

        assertThat(Math.log10(curve.suggestion().orElseThrow())).isCloseTo(-3, within(0.1));
        assertThat(Math.log10(curve.rateOfLowestLoss())).isBetween(-2.0, -1.0);
    }

    @Test
    void isNotMisledByNoise() {
        Random random = new Random(1);

        LearningRateCurve curve = curve(exponent -> fallingAndGrowing(exponent) + 0.1 * random.nextGaussian());

        assertThat(Math.log10(curve.suggestion().orElseThrow())).isCloseTo(-3, within(0.4));
    }

    @Test
    void suggestsNothingWhereTheLossDoesNotFall() {
        assertThat(curve(exponent -> 1.8).suggestion()).isEmpty();
        assertThat(curve(exponent -> 1.8 + Math.exp(exponent)).suggestion()).isEmpty();
    }

    @Test
    void takesNoiseForNoFall() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);

            assertThat(curve(exponent -> 1.8 + 0.05 * random.nextGaussian()).suggestion())
                    .as("seed " + seed)
                    .isEmpty();
        }
    }

    @Test
    void seesASmallFallThroughNoise() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);

            // By a twelfth, in the middle.
            assertThat(curve(exponent -> (exponent < -3 ? 1.8 : 1.65) + 0.05 * random.nextGaussian())
                            .suggestion())
                    .as("seed " + seed)
                    .isPresent();
        }
    }

    @Test
    void oneLossAtTheStartOrAtTheEndDecidesNothing() {
        assertThat(curve(exponent -> exponent < -5.99 ? 2.5 : 1.8).suggestion()).isEmpty();
        assertThat(curve(exponent -> exponent > -0.01 ? 1.5 : 1.8).suggestion()).isEmpty();
        assertThat(curve(exponent -> exponent < -5.99 ? 1.7 : exponent < -3 ? 1.8 : 1.65)
                        .suggestion())
                .isPresent();
    }

    @Test
    void suggestsARateWhereTheLossFallsToTheEnd() {
        LearningRateCurve curve = curve(exponent -> -exponent);

        assertThat(curve.suggestion()).isPresent();
        assertThat(curve.rateOfLowestLoss()).isEqualTo(1.0);
    }

    @Test
    void smoothsOverAsManyStepsBeforeAsBehind() {
        LearningRateCurve curve = new LearningRateCurve(List.of(
                new LearningRateCurve.Step(1, 5),
                new LearningRateCurve.Step(2, 1),
                new LearningRateCurve.Step(3, 6),
                new LearningRateCurve.Step(4, 2)));

        assertThat(curve.smoothedLosses()).containsExactly(5.0, 4.0, 3.0, 2.0);
    }

    @Test
    void isOfOneStepAtLeast() {
        LearningRateCurve single = new LearningRateCurve(List.of(new LearningRateCurve.Step(0.1, 2)));

        assertThat(single.suggestion()).isEmpty();
        assertThatThrownBy(() -> new LearningRateCurve(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ratesGrowByOneFactorFromTheFirstToTheLast() {
        List<Double> rates = new LearningRateRange(1e-4, 1e4, 17).rates();

        assertThat(rates).hasSize(17).startsWith(1e-4).endsWith(1e4);
        for (int step = 0; step < 17; step++) {
            assertThat(rates.get(step)).isCloseTo(Math.pow(10, -4 + step / 2.0), within(1e-9 * rates.get(step)));
        }
    }

    @Test
    void refusesRatesThatDoNotGrow() {
        assertThatThrownBy(() -> new LearningRateRange(0, 1, 100)).hasMessageContaining("0.0 and 1.0");
        assertThatThrownBy(() -> new LearningRateRange(0.1, 0.1, 100)).hasMessageContaining("0.1 and 0.1");
        assertThatThrownBy(() -> new LearningRateRange(Double.NaN, 1, 100)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new LearningRateRange(0.1, Double.POSITIVE_INFINITY, 100))
                .hasMessageContaining("Infinity");
        assertThatThrownBy(() -> new LearningRateRange(0.1, 1, 9)).hasMessageContaining("9");
    }
}
