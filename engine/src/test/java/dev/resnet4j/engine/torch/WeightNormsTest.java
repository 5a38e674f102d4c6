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
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Sgd;
import dev.resnet4j.model.training.WeightNorms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WeightNormsTest {
    private static final Network NETWORK = SmallClassifier.normalized();

    private static TorchModel model() {
        TorchModel model = new TorchModel(NETWORK, Weights.initialize(NETWORK), Device.CPU);
        model.compile(
                new Compilation(new Sgd(), Loss.CATEGORICAL_CROSSENTROPY).withGlobalClipnorm(1e-3), Optional.empty());
        return model;
    }

    private static List<WeightNorms> step(TorchModel model, LabelledBatch... batches) {
        List<WeightNorms> norms = new ArrayList<>();
        model.train(List.of(batches), Precision.FP32, 0.5, 0, Optional.of(norms::addAll));
        return norms;
    }

    private static double norm(NdArray array) {
        double squares = 0;
        for (float value : array.values()) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    @Test
    void areThoseOfTheWeightsAndGradientsBeforeTheStep() {
        try (TorchModel model = model()) {
            Map<WeightName, NdArray> gradients = model.gradients(INPUTS, LABELS, Precision.FP32);
            Weights before = model.weights();

            List<WeightNorms> norms = step(model, new LabelledBatch(INPUTS, LABELS));

            assertThat(norms.stream().map(WeightNorms::weight)).containsExactlyElementsOf(gradients.keySet());
            assertThat(norms).allSatisfy(each -> {
                assertThat(each.gradientNorm()).isCloseTo(norm(gradients.get(each.weight())), within(1e-6));
                assertThat(each.weightNorm()).isCloseTo(norm(before.arrays().get(each.weight())), within(1e-6));
            });
            assertThat(norms).anyMatch(each -> each.gradientNorm() > 0.1);
        }
    }

    @Test
    void areThoseOfTheMeanOfAccumulatedGradients() {
        LabelledBatch batch = new LabelledBatch(INPUTS, LABELS);
        try (TorchModel once = model();
                TorchModel twice = model()) {
            List<WeightNorms> expected = step(once, batch);

            assertThat(step(twice, batch, batch))
                    .zipSatisfy(
                            expected,
                            (actual, single) ->
                                    assertThat(actual.gradientNorm()).isCloseTo(single.gradientNorm(), within(1e-6)));
        }
    }

    @Test
    void areNotToldOfAStepThatIsNotTaken() {
        NdArray broken = new NdArray(Shape.of(2, 3), new float[] {1, Float.NaN, 3, 0.5f, 0.25f, -1});
        try (TorchModel model = model()) {
            assertThat(step(model, new LabelledBatch(broken, LABELS))).isEmpty();
        }
    }
}
