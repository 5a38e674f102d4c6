package dev.resnet4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.data.augment.Geometry;
import dev.resnet4j.data.batch.Mixing;
import dev.resnet4j.data.batch.Sampling;
import dev.resnet4j.formats.keras.KerasFile;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.AdamW;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import dev.resnet4j.model.training.History;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Sgd;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelTest {
    private static final Dataset TRAINING = SmallData.pictures(90, 1);
    private static final Dataset TEST = SmallData.pictures(30, 2);
    private static final FitOptions OPTIONS = FitOptions.epochs(4)
            .withBatchSize(8)
            .withSeed(5)
            .withAugmentation(
                    Augmentation.NONE.withGeometry(Geometry.affine(5, 0.1, 0.1).withHorizontalFlip(0.5)));

    @TempDir
    private Path folder;

    private static Model compiled() {
        Model model = Model.of(SmallData.network());
        model.compile(new Adam(0.02), Loss.CATEGORICAL_CROSSENTROPY);
        return model;
    }

    @ParameterizedTest
    @EnumSource(value = Precision.class, mode = EnumSource.Mode.EXCLUDE, names = "INT8")
    void learnsToTellColoursApart(Precision precision) {
        try (Model model = compiled()) {
            History history =
                    model.fit(TRAINING, OPTIONS.withPrecision(precision).withValidation(TEST));

            assertThat(history.epochs()).hasSize(4);
            assertThat(model.evaluate(TEST).accuracy()).isGreaterThan(0.95);
            assertThat(history.epochs().get(3).training().loss())
                    .isLessThan(history.epochs().get(0).training().loss());
            assertThat(history.epochs().get(3).validation()).isPresent();
            assertThat(model.classNames()).isEqualTo(SmallData.COLOURS);
            assertThat(model.predict(TEST.images().get(4)).className()).isEqualTo("green");
        }
    }

    @Test
    void takesNamesForItsClassesAndSavesThem() {
        Path file = folder.resolve("named.keras");
        List<String> names = List.of("apple", "leaf", "sky");
        try (Model model = compiled()) {
            model.setClassNames(names);
            model.save(file);
        }
        try (Model model = Model.load(file)) {
            assertThat(model.predict(TEST.images().get(0)).classNames()).isEqualTo(names);
        }
    }

    @Test
    void refusesNamesThatDoNotStandForItsOutputs() {
        try (Model model = compiled()) {
            assertThatThrownBy(() -> model.setClassNames(List.of("apple", "leaf")))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContainingAll("2 class names", "(3,)");
            assertThatThrownBy(() -> model.setClassNames(List.of("apple", "leaf", " ")))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("blank");
            assertThat(model.classNames()).isEmpty();
        }
    }

    @Test
    void givesTheSameNumbersForTheSameSeedAndOthersForAnother() {
        Weights first = weightsAfter(OPTIONS);

        assertThat(weightsAfter(OPTIONS)).isEqualTo(first);
        assertThat(weightsAfter(OPTIONS.withSeed(6))).isNotEqualTo(first);
    }

    private static Weights weightsAfter(FitOptions options) {
        try (Model model = compiled()) {
            model.fit(TRAINING, options);
            return model.weights();
        }
    }

    @Test
    void goesOnInTheMiddleOfAnEpochAsIfItHadNotStopped() {
        Path file = folder.resolve("stopped.keras");
        List<Integer> steps = new ArrayList<>();
        try (Model model = compiled()) {
            model.fit(TRAINING, OPTIONS.withListener(countSteps(steps)).withStopRequested(() -> steps.size() == 17));
            assertThat(model.stepsOfUnfinishedEpoch()).hasValue(5);
            assertThat(model.history().epochs()).hasSize(1);
            model.save(file);
        }
        try (Model whole = compiled();
                Model stopped = Model.load(file)) {
            History expected = whole.fit(TRAINING, OPTIONS);

            History history = stopped.fit(TRAINING, OPTIONS.withResume(true));

            assertThat(stopped.weights()).isEqualTo(whole.weights());
            assertThat(stopped.snapshot().optimizerState())
                    .isEqualTo(whole.snapshot().optimizerState());
            assertThat(scores(history)).isEqualTo(scores(expected));
            assertThat(stopped.stepsOfUnfinishedEpoch()).isEmpty();
        }
    }

    private static Model averaging() {
        Model model = Model.of(SmallData.network());
        model.compile(new Compilation(new Adam(0.02), new Loss(0.1))
                .withAverage(new ExponentialMovingAverage(0.9).withWarmUp(true)));
        return model;
    }

    @Test
    void usesAndSavesTheAverageOfTheWeights() {
        Path file = folder.resolve("averaged.keras");
        try (Model model = averaging()) {
            History history = model.fit(TRAINING, OPTIONS.withValidation(TEST));
            model.save(file);
            try (Model loaded = Model.load(file)) {
                assertThat(loaded.weights())
                        .isEqualTo(model.weights())
                        .isNotEqualTo(model.snapshot().weights());
                assertThat(loaded.evaluate(TEST)).isEqualTo(model.evaluate(TEST));
                assertThat(history.epochs().get(3).validation().orElseThrow().loss())
                        .isEqualTo(model.evaluate(TEST, EvaluateOptions.DEFAULT.withBatchSize(8))
                                .loss());
                assertThatThrownBy(() -> loaded.fit(TRAINING, OPTIONS.withResume(true)))
                        .isInstanceOf(EngineException.class)
                        .hasMessageContaining("optimizer");
            }
        }
    }

    @Test
    void goesOnFromASnapshotOfAveragedWeightsAsIfItHadNotStopped() {
        Path file = folder.resolve("checkpoint.keras");
        List<Integer> steps = new ArrayList<>();
        try (Model model = averaging()) {
            model.fit(TRAINING, OPTIONS.withListener(countSteps(steps)).withStopRequested(() -> steps.size() == 17));
            KerasFile.write(model.snapshot(), file);
        }
        try (Model whole = averaging();
                Model stopped = Model.load(file)) {
            whole.fit(TRAINING, OPTIONS);

            stopped.fit(TRAINING, OPTIONS.withResume(true));

            assertThat(stopped.weights()).isEqualTo(whole.weights());
            assertThat(stopped.snapshot().weights()).isEqualTo(whole.snapshot().weights());
            assertThat(stopped.snapshot().optimizerState())
                    .isEqualTo(whole.snapshot().optimizerState());
        }
    }

    private static Model accumulating() {
        Model model = Model.of(SmallData.network());
        model.compile(new Compilation(new AdamW(0.02), Loss.CATEGORICAL_CROSSENTROPY)
                .withGradientAccumulationSteps(5)
                .withGlobalClipnorm(1));
        return model;
    }

    @Test
    void takesSeveralBatchesForAStepButNoneOfAnotherEpoch() {
        List<Integer> batches = new ArrayList<>();
        try (Model model = accumulating()) {
            model.fit(TRAINING, FitOptions.epochs(2).withBatchSize(8).withListener(countSteps(batches)));

            assertThat(batches).containsExactly(5, 10, 12, 5, 10, 12);
            assertThat(model.snapshot().optimizerState().orElseThrow().iterations())
                    .isEqualTo(6);
        }
    }

    @Test
    void stopsAndGoesOnBetweenStepsOfSeveralBatches() {
        Path file = folder.resolve("stopped.keras");
        List<Integer> batches = new ArrayList<>();
        FitOptions options = OPTIONS.withClassWeights(List.of(1.0, 2.0, 0.5))
                .withMixing(new Mixing(0.5, 1))
                .withSampling(Sampling.BALANCED);
        try (Model model = accumulating()) {
            model.fit(TRAINING, options.withListener(countSteps(batches)).withStopRequested(() -> batches.size() == 5));
            assertThat(model.stepsOfUnfinishedEpoch()).hasValue(10);
            model.save(file);
        }
        try (Model whole = accumulating();
                Model stopped = Model.load(file)) {
            whole.fit(TRAINING, options);

            stopped.fit(TRAINING, options.withResume(true));

            assertThat(stopped.weights()).isEqualTo(whole.weights());
            assertThat(stopped.snapshot().optimizerState())
                    .isEqualTo(whole.snapshot().optimizerState());
        }
    }

    @Test
    void refusesClassWeightsOfOtherClasses() {
        try (Model model = compiled()) {
            assertThatThrownBy(() -> model.fit(TRAINING, OPTIONS.withClassWeights(List.of(1.0, 2.0))))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContainingAll("2 class weights", "3 classes");
        }
    }

    private static TrainingListener countSteps(List<Integer> steps) {
        return new TrainingListener() {
            @Override
            public void onBatchEnd(Progress progress) {
                steps.add(progress.step());
            }
        };
    }

    private static List<History.Scores> scores(History history) {
        return history.epochs().stream().map(History.Epoch::training).toList();
    }

    @Test
    void keepsWhatItLearnedInAFile() {
        Path file = folder.resolve("model.keras");
        try (Model model = compiled()) {
            model.fit(TRAINING, OPTIONS.withPreprocessing(Preprocessing.TF));
            model.putSetting("recipe", "test");
            model.save(file);
            try (Model loaded = Model.load(file)) {
                assertThat(loaded.weights()).isEqualTo(model.weights());
                assertThat(loaded.evaluate(TEST)).isEqualTo(model.evaluate(TEST));
                assertThat(loaded.network()).isEqualTo(model.network());
                assertThat(loaded.compilation()).isEqualTo(model.compilation());
                assertThat(loaded.history()).isEqualTo(model.history());
                assertThat(loaded.preprocessing()).isEqualTo(Preprocessing.TF);
                assertThat(loaded.classNames()).isEqualTo(SmallData.COLOURS);
                assertThat(loaded.settings()).containsEntry("recipe", "test").containsEntry("seed", "5");
            }
        }
    }

    @Test
    void tellsListenersOfEachMomentInOrder() {
        List<String> moments = new ArrayList<>();
        TrainingListener listener = new TrainingListener() {
            @Override
            public void onTrainBegin(Plan plan) {
                moments.add("train " + plan.firstEpoch() + "-" + plan.lastEpoch() + " of " + plan.stepsPerEpoch());
            }

            @Override
            public void onEpochBegin(int epoch) {
                moments.add("epoch " + epoch);
            }

            @Override
            public void onBatchEnd(Progress progress) {
                moments.add("step " + progress.step() + "/" + progress.stepsPerEpoch());
            }

            @Override
            public void onEpochEnd(History.Epoch epoch) {
                moments.add("end of " + epoch.number());
            }

            @Override
            public void onTrainEnd(History history) {
                moments.add("done " + history.epochs().size());
            }
        };
        try (Model model = compiled()) {
            model.fit(TRAINING.take(10), FitOptions.epochs(1).withBatchSize(8).withListener(listener));
        }

        assertThat(moments).containsExactly("train 1-1 of 2", "epoch 1", "step 1/2", "step 2/2", "end of 1", "done 1");
    }

    @Test
    void showsTheMeanOverAllSamplesAlsoWhereTheLastBatchIsSmaller() {
        List<TrainingListener.Progress> seen = new ArrayList<>();
        try (Model model = Model.of(SmallData.network())) {
            model.compile(new Sgd(0), Loss.CATEGORICAL_CROSSENTROPY);
            Dataset nine = TRAINING.take(9);
            History history =
                    model.fit(nine, FitOptions.epochs(1).withBatchSize(8).withListener(new TrainingListener() {
                        @Override
                        public void onBatchEnd(Progress progress) {
                            seen.add(progress);
                        }
                    }));
            double firstEight = seen.get(0).running().loss();
            double ninth = 9 * seen.get(1).running().loss() - 8 * firstEight;

            assertThat(history.epochs().get(0).training().loss())
                    .isCloseTo((8 * firstEight + ninth) / 9, within(1e-12));
        }
    }

    @Test
    void predictsOnePictureAsItPredictsMany() {
        try (Model model = compiled()) {
            model.fit(TRAINING, OPTIONS);
            List<Prediction> together = model.predict(TEST.images());
            for (int index = 0; index < 5; index++) {
                Prediction alone = model.predict(TEST.images().get(index));
                for (int outputIndex = 0; outputIndex < 3; outputIndex++) {
                    assertThat(alone.probabilities().get(outputIndex))
                            .isCloseTo(together.get(index).probabilities().get(outputIndex), within(1e-6f));
                }
            }
        }
    }

    @Test
    void stopsWhereTheLossIsNotFinite() {
        try (Model model = Model.of(SmallData.network())) {
            model.compile(new Sgd(1e30), Loss.CATEGORICAL_CROSSENTROPY);

            assertThatThrownBy(() -> model.fit(TRAINING, OPTIONS))
                    .isInstanceOf(NonFiniteLossException.class)
                    .hasMessageContainingAll("epoch 1, step", "lower learning rate");
        }
    }

    @Test
    void countsNoEpochWhoseValidationIsNotFinite() {
        try (Model model = Model.of(SmallData.network())) {
            model.compile(new Sgd(1e38), Loss.CATEGORICAL_CROSSENTROPY);
            FitOptions oneStep = FitOptions.epochs(1).withBatchSize(90).withValidation(TEST);

            assertThatThrownBy(() -> model.fit(TRAINING, oneStep)).isInstanceOf(NonFiniteLossException.class);

            assertThat(model.history().epochs()).isEmpty();
        }
    }

    @Test
    void goesOnWithAnotherLearningRate() {
        try (Model model = compiled()) {
            model.fit(TRAINING, OPTIONS);
            Weights before = model.weights();
            model.setLearningRate(new ConstantRate(0));

            model.fit(
                    TRAINING, FitOptions.epochs(5).withBatchSize(8).withSeed(5).withResume(true));

            assertThat(model.history().epochs()).hasSize(5);
            assertThat(model.weights().get("fc", "kernel")).isEqualTo(before.get("fc", "kernel"));
        }
    }

    @Test
    void refusesToGoOnWithAnotherOrderOrOtherClasses() {
        List<Integer> steps = new ArrayList<>();
        try (Model model = compiled()) {
            model.fit(TRAINING, OPTIONS.withListener(countSteps(steps)).withStopRequested(() -> steps.size() == 3));
            FitOptions resumed = OPTIONS.withResume(true);
            Dataset renamed = new Dataset(TRAINING.images(), TRAINING.labels(), List.of("a", "b", "c"));

            assertThatThrownBy(() -> model.fit(TRAINING, resumed.withSeed(6)))
                    .hasMessageContainingAll("seed 6", "seed 5");
            assertThatThrownBy(() -> model.fit(TRAINING, resumed.withBatchSize(9)))
                    .hasMessageContainingAll("batch size 9", "batch size 8");
            assertThatThrownBy(() -> model.fit(renamed, resumed)).hasMessageContainingAll("[a, b, c]", "red");
        }
    }

    @Test
    void refusesDataThatDoesNotFit() {
        try (Model model = compiled()) {
            Image large = new Image(9, 8, 3, new byte[9 * 8 * 3]);
            Dataset wrongSize = new Dataset(List.of(large), List.of(0), SmallData.COLOURS);
            Dataset wrongClasses = new Dataset(TEST.images(), TEST.labels(), List.of("a", "b", "c", "d"));

            assertThatThrownBy(() -> model.fit(wrongSize, OPTIONS)).hasMessageContainingAll("(9, 8, 3)", "(8, 8, 3)");
            assertThatThrownBy(() -> model.evaluate(wrongClasses)).hasMessageContainingAll("4 classes", "(3,)");
            assertThatThrownBy(() -> model.predict(large)).hasMessageContaining("(9, 8, 3)");
            assertThatThrownBy(() -> model.predict(new NdArray(Shape.of(3), new float[3])))
                    .isInstanceOf(EngineException.class);
        }
    }

    @Test
    void asksForCompileBeforeFit() {
        try (Model model = Model.of(SmallData.network())) {
            assertThatThrownBy(() -> model.fit(TRAINING, OPTIONS)).hasMessageContaining("call compile first");
        }
    }

    @Test
    void refusesToRunWhenClosed() {
        Model model = compiled();
        model.close();
        model.close();

        assertThatThrownBy(() -> model.predict(TEST.images())).hasMessageContaining("closed");
    }

    @Test
    void saysThatThereIsNoGpu() {
        Assumptions.assumeFalse(Boolean.getBoolean("resnet4j.gpu"), "a GPU is there: nothing to refuse");

        assertThatThrownBy(() -> Model.of(SmallData.network(), Device.CUDA))
                .isInstanceOf(EngineException.class)
                .hasMessageContainingAll("no GPU", "--device cpu");
    }

    @Test
    void trainsAResNet50() {
        try (Model model = Model.of(ResNet50.build(Shape.of(32, 32, 3), 3, 0))) {
            model.compile(new Adam(1e-4), Loss.CATEGORICAL_CROSSENTROPY);
            Dataset eight = resized(TRAINING.take(8));

            History history =
                    model.fit(eight, FitOptions.epochs(3).withBatchSize(8).withSeed(1));

            assertThat(history.epochs().get(2).training().loss())
                    .isLessThan(history.epochs().get(0).training().loss());
        }
    }

    private static Dataset resized(Dataset small) {
        List<Image> large = small.images().stream()
                .map(image -> {
                    byte[] pixels = new byte[32 * 32 * 3];
                    for (int index = 0; index < pixels.length; index++) {
                        int row = index / 3 / 32;
                        int column = index / 3 % 32;
                        pixels[index] = (byte) image.valueAt(row / 4, column / 4, index % 3);
                    }
                    return new Image(32, 32, 3, pixels);
                })
                .toList();
        return new Dataset(large, small.labels(), small.classNames());
    }

    @Test
    void predictsADataSetInItsOwnOrder() {
        try (Model model = compiled()) {
            model.fit(TRAINING, OPTIONS);
            List<Prediction> predictions = model.predict(TEST);

            long right = IntStream.range(0, TEST.size())
                    .filter(index ->
                            predictions.get(index).classIndex() == TEST.labels().get(index))
                    .count();
            assertThat((double) right / TEST.size())
                    .isEqualTo(model.evaluate(TEST).accuracy());
            assertThat(predictions.get(7))
                    .isEqualTo(model.predict(TEST.images()).get(7));
            assertThat(model.predict(TEST, PredictOptions.DEFAULT.withPreprocessing(Preprocessing.TORCH)))
                    .isNotEqualTo(predictions);
        }
    }

    @Test
    void refusesToPredictDataOfOtherClasses() {
        Dataset other = new Dataset(TEST.images().subList(0, 1), List.of(0), List.of("one", "two"));
        try (Model model = compiled()) {
            assertThatThrownBy(() -> model.predict(other))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("2 classes");
        }
    }

    @Test
    void tellsTheNormsOfEachStep() {
        List<Long> steps = new ArrayList<>();
        List<String> weights = new ArrayList<>();
        NormListener listener = (step, norms) -> {
            steps.add(step);
            weights.addAll(norms.stream().map(norm -> norm.weight().toString()).toList());
        };
        try (Model model = compiled()) {
            model.fit(TRAINING, OPTIONS.withListener(listener));
        }

        assertThat(steps)
                .hasSize(4 * 12)
                .startsWith(1L, 2L)
                .isSorted()
                .doesNotHaveDuplicates()
                .endsWith(48L);
        assertThat(weights.subList(0, 6))
                .containsExactly("conv/kernel", "conv/bias", "bn/gamma", "bn/beta", "fc/kernel", "fc/bias");
    }

    @Test
    void givesTheSameNumbersWhetherOrNotNormsAreTold() {
        NormListener listener = (step, norms) -> {};

        assertThat(weightsAfter(OPTIONS.withListener(listener))).isEqualTo(weightsAfter(OPTIONS));
    }

    @Test
    void saysWhereALayerSeesAClass() {
        try (Model model = compiled()) {
            model.fit(TRAINING, OPTIONS);
            Image image = TEST.images().get(1);
            NdArray map = model.gradCam(image, "conv", 1);

            assertThat(map.shape()).isEqualTo(Shape.of(6, 6));
            assertThat(map.values()).doesNotContain(Float.NaN);
            assertThat(GradCam.lastLayer(model.network())).isEqualTo("activation");
            assertThat(model.gradCam(image, "activation", 1).values()).isNotEqualTo(new float[36]);
            assertThat(model.predict(image))
                    .as("afterwards")
                    .isEqualTo(model.predict(List.of(image)).get(0));
        }
    }

    @Test
    void refusesToExplainWhatIsNotThere() {
        Image image = TEST.images().get(0);
        try (Model model = compiled()) {
            assertThatThrownBy(() -> model.gradCam(image, "cnv", 0))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContainingAll("no layer named 'cnv'", "'activation'");
            assertThatThrownBy(() -> model.gradCam(image, "fc", 0))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContainingAll("without rows and columns", "'activation'");
            assertThatThrownBy(() -> model.gradCam(image, "conv", 3))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContainingAll("no class 3", "(3,)");
        }
    }
}
