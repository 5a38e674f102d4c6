package dev.resnet4j.engine.torch;

import static dev.resnet4j.engine.torch.SmallClassifier.INPUTS;
import static dev.resnet4j.engine.torch.SmallClassifier.LABELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Sgd;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The smoothed loss and its gradients against Keras's formula, written out in double precision. */
class LabelSmoothingTest {
    private static final double SMOOTHING = 0.3;
    private static final int SAMPLES = 2;
    private static final int CLASSES = 2;
    private static final int FEATURES = 3;

    private final Network network = SmallClassifier.linear();

    private TorchModel model() {
        TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU);
        model.compile(new Compilation(new Sgd(), new Loss(SMOOTHING)), Optional.empty());
        return model;
    }

    private static double smoothed(int sample, int ofClass) {
        return LABELS.values()[sample * CLASSES + ofClass] * (1 - SMOOTHING) + SMOOTHING / CLASSES;
    }

    @Test
    void tellsTheSmoothedLossInTrainingAndThePlainOneInEvaluation() {
        try (TorchModel model = model()) {
            float[] probabilities = model.predict(INPUTS, Precision.FP32).values();
            double smoothed = 0;
            double plain = 0;
            for (int sample = 0; sample < SAMPLES; sample++) {
                for (int ofClass = 0; ofClass < CLASSES; ofClass++) {
                    int index = sample * CLASSES + ofClass;
                    smoothed -= smoothed(sample, ofClass) * Math.log(probabilities[index]) / SAMPLES;
                    plain -= LABELS.values()[index] * Math.log(probabilities[index]) / SAMPLES;
                }
            }

            assertThat(model.evaluate(INPUTS, LABELS, Precision.FP32, false).loss())
                    .isCloseTo(plain, within(1e-6));
            assertThat(model.train(INPUTS, LABELS, Precision.FP32, 0, 0).loss()).isCloseTo(smoothed, within(1e-6));
            assertThat(Math.abs(smoothed - plain)).isGreaterThan(1e-3);
        }
    }

    @Test
    void followsTheGradientsOfTheSmoothedLoss() {
        try (TorchModel model = model()) {
            float[] probabilities = model.predict(INPUTS, Precision.FP32).values();
            float[] gradient = model.gradients(INPUTS, LABELS, Precision.FP32)
                    .get(new WeightName("fc", "kernel"))
                    .values();
            for (int feature = 0; feature < FEATURES; feature++) {
                for (int ofClass = 0; ofClass < CLASSES; ofClass++) {
                    double expected = 0;
                    for (int sample = 0; sample < SAMPLES; sample++) {
                        double difference = probabilities[sample * CLASSES + ofClass] - smoothed(sample, ofClass);
                        expected += INPUTS.values()[sample * FEATURES + feature] * difference / SAMPLES;
                    }
                    assertThat((double) gradient[feature * CLASSES + ofClass]).isCloseTo(expected, within(1e-6));
                }
            }
        }
    }

    @Test
    void countsTheRightAnswersAsWithoutIt() {
        try (TorchModel model = model();
                TorchModel plain = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            plain.setOptimizer(new Sgd(), Optional.empty());

            assertThat(model.train(INPUTS, LABELS, Precision.FP32, 0, 0).correct())
                    .isEqualTo(plain.train(INPUTS, LABELS, Precision.FP32, 0, 0).correct());
        }
    }
}
