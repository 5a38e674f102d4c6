package dev.resnet4j.engine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void weighsTheGapOfEachBinByItsAnswers() {
        // (0.5, 0.75] holds 0.6 and 0.75, one of them right; (0.75, 1] holds 0.9, 0.8 and 1.0, two of them right.
        Calibration calibration =
                Calibration.of(List.of(0.6, 0.75, 0.9, 0.8, 1.0), List.of(true, false, true, false, true), 4);

        assertThat(calibration.bins()).extracting(Calibration.Bin::count).containsExactly(0, 0, 2, 3);
        assertThat(calibration.bins().get(2).confidence()).isCloseTo(0.675, within(1e-12));
        assertThat(calibration.bins().get(2).accuracy()).isEqualTo(0.5);
        double gaps = 2 * (0.675 - 0.5) + 3 * (0.9 - 2 / 3.0);
        assertThat(calibration.expectedError()).isCloseTo(gaps / 5, within(1e-12));
        assertThat(calibration.maximumError()).isCloseTo(0.9 - 2 / 3.0, within(1e-12));
    }

    @Test
    void binsHoldTheirUpperEndAndTheFirstOneHoldsNone() {
        Calibration calibration = Calibration.of(List.of(0.0, 0.5, 0.50001), List.of(true, true, true), 2);

        assertThat(calibration.bins()).extracting(Calibration.Bin::count).containsExactly(2, 1);
        assertThat(calibration.bins().get(0)).extracting("lower", "upper").containsExactly(0.0, 0.5);
    }

    @Test
    void tellsAnHonestClassifierFromABoastfulOne() {
        Random random = new Random(1);
        List<Double> honest = new ArrayList<>();
        List<Double> boastful = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (int answer = 0; answer < 20_000; answer++) {
            double confidence = 0.2 + 0.8 * random.nextDouble();
            honest.add(confidence);
            boastful.add(Math.min(1, confidence + 0.2));
            right.add(random.nextDouble() < confidence);
        }

        assertThat(Calibration.of(honest, right, Calibration.USUAL_BINS).expectedError())
                .isLessThan(0.015);
        // min(1, c + 0.2) - c has the mean 0.2 * 0.75 + 0.1 * 0.25 for c from 0.2 to 1.
        assertThat(Calibration.of(boastful, right, Calibration.USUAL_BINS).expectedError())
                .isCloseTo(0.175, within(0.015));
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatThrownBy(() -> Calibration.of(List.of(1.5), List.of(true), 15))
                .hasMessageContaining("from 0 to 1, got 1.5");
        assertThatThrownBy(() -> Calibration.of(List.of(Double.NaN), List.of(true), 15))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Calibration.of(List.of(0.5), List.of(), 15)).hasMessageContaining("1 confidences");
    }
}
