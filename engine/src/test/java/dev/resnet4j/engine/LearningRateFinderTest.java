package dev.resnet4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.engine.finder.LearningRateCurve;
import dev.resnet4j.engine.finder.LearningRateFinder;
import dev.resnet4j.engine.finder.LearningRateRange;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.EarlyStopping;
import dev.resnet4j.model.training.History;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LearningRateFinderTest {
    private static final Dataset TRAINING = SmallData.pictures(24, 1);
    private static final FitOptions OPTIONS =
            FitOptions.epochs(1).withBatchSize(7).withSeed(5);
    private static final LearningRateRange RANGE = new LearningRateRange(1e-4, 10, 50);

    private static Model model() {
        Model model = Model.of(SmallData.network());
        model.compile(new Sgd(new ConstantRate(1e9), 0.9, true), Loss.CATEGORICAL_CROSSENTROPY);
        return model;
    }

    @Test
    void suggestsARateThatTrainsWell() {
        double rate;
        try (Model tried = model()) {
            LearningRateCurve curve = LearningRateFinder.find(tried, TRAINING, OPTIONS, RANGE);
            rate = curve.suggestion().orElseThrow();
            assertThat(rate).isLessThan(curve.rateOfLowestLoss());
        }

        try (Model model = model()) {
            model.setLearningRate(new ConstantRate(rate));
            History history = model.fit(TRAINING, OPTIONS.withEpochs(20));
            assertThat(history.epochs().get(19).training().accuracy()).isGreaterThan(0.9);
        }
    }

    @Test
    void triesEachRateForOneStepAcrossEpochs() {
        try (Model model = model()) {
            LearningRateRange harmless = new LearningRateRange(1e-6, 1e-5, 10);

            LearningRateCurve curve = LearningRateFinder.find(model, TRAINING, OPTIONS, harmless);

            assertThat(curve.steps().stream().map(LearningRateCurve.Step::learningRate))
                    .isEqualTo(harmless.rates());
            assertThat(model.iterations()).isEqualTo(10);
            assertThat(curve.suggestion()).isEmpty();
        }
    }

    @Test
    void keepsTheLossOfEachStepAlone() {
        List<Double> running = new ArrayList<>();
        try (Model model = model()) {
            FitOptions watched = OPTIONS.withListener(new TrainingListener() {
                @Override
                public void onBatchEnd(Progress progress) {
                    running.add(progress.running().loss());
                }
            });

            List<LearningRateCurve.Step> steps =
                    LearningRateFinder.find(model, TRAINING, watched, RANGE).steps();

            assertThat(running.get(0)).isEqualTo(steps.get(0).loss());
            // Batches of 7, 7, 7 and 3 pictures.
            double sum = 7
                            * (steps.get(0).loss()
                                    + steps.get(1).loss()
                                    + steps.get(2).loss())
                    + 3 * steps.get(3).loss();
            assertThat(running.get(3)).isCloseTo(sum / 24, within(1e-9));
            assertThat(running.get(4)).isEqualTo(steps.get(4).loss());
        }
    }

    @Test
    void startsWithTheFirstRateWhateverTheModelDidBefore() {
        try (Model model = model()) {
            model.setLearningRate(new ConstantRate(0.01));
            model.fit(TRAINING, OPTIONS);

            LearningRateCurve curve = LearningRateFinder.find(model, TRAINING, OPTIONS, RANGE);

            assertThat(curve.steps().get(0).learningRate()).isEqualTo(1e-4);
        }
    }

    @Test
    void takesSeveralBatchesAStepWhereTrainingDoes() {
        try (Model model = model()) {
            model.compile(
                    new Compilation(new Sgd(0.01), Loss.CATEGORICAL_CROSSENTROPY).withGradientAccumulationSteps(3));
            LearningRateRange harmless = new LearningRateRange(1e-6, 1e-5, 11);

            assertThat(LearningRateFinder.find(model, TRAINING, OPTIONS, harmless)
                            .steps())
                    .hasSize(11);
        }
    }

    @Test
    void stopsWhenTheLossHasGrown() {
        try (Model model = model()) {
            LearningRateCurve curve =
                    LearningRateFinder.find(model, TRAINING, OPTIONS, new LearningRateRange(1e-4, 1e6, 100));

            assertThat(curve.steps().size()).isBetween(20, 99);
        }
    }

    @Test
    void endsWithTheLastLossThatWasANumber() {
        try (Model model = model()) {
            LearningRateCurve curve =
                    LearningRateFinder.find(model, TRAINING, OPTIONS, new LearningRateRange(1e30, 1e38, 100));

            assertThat(curve.steps())
                    .hasSizeBetween(1, 99)
                    .allSatisfy(step -> assertThat(step.loss()).isFinite());
        }
    }

    @Test
    void leavesValidationAndPatienceOut() {
        try (Model model = model()) {
            FitOptions patient = OPTIONS.withValidation(TRAINING).withEarlyStopping(new EarlyStopping(1));

            LearningRateFinder.find(model, TRAINING, patient, RANGE);

            assertThat(model.history().epochs())
                    .hasSizeGreaterThan(2)
                    .allSatisfy(epoch -> assertThat(epoch.validation()).isEmpty());
        }
    }

    @Test
    void stopsWhenItIsAskedTo() {
        AtomicInteger asked = new AtomicInteger();
        try (Model model = model()) {
            LearningRateCurve curve = LearningRateFinder.find(
                    model, TRAINING, OPTIONS.withStopRequested(() -> asked.incrementAndGet() == 2), RANGE);

            assertThat(curve.steps()).hasSize(2);
        }
    }

    @Test
    void needsACompiledModel() {
        try (Model model = Model.of(SmallData.network())) {
            assertThatThrownBy(() -> LearningRateFinder.find(model, TRAINING, OPTIONS, RANGE))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("compile");
        }
    }
}
