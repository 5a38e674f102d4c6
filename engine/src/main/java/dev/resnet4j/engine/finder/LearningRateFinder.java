package dev.resnet4j.engine.finder;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.engine.FitOptions;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.NonFiniteLossException;
import dev.resnet4j.engine.TrainingListener;
import dev.resnet4j.model.training.Compilation;
import java.util.ArrayList;
import java.util.List;

/**
 * Trains for some steps with a learning rate that grows from step to step, and keeps what the loss comes to: the range
 * test of Smith (2017, "Cyclical learning rates for training neural networks"), with rates that grow by a factor as
 * fastai's {@code lr_find} has them.
 *
 * <pre>{@code
 * try (Model model = Model.of(recipe.prepare(network))) {
 *     model.compile(recipe.compilation(training.size()));
 *     LearningRateCurve curve =
 *             LearningRateFinder.find(model, training, recipe.fitOptions(training), LearningRateRange.DEFAULT);
 *     curve.suggestion().ifPresent(System.out::println);
 * }
 * }</pre>
 */
public final class LearningRateFinder {
    private LearningRateFinder() {}

    /**
     * Tries the rates on a model, whose weights are of no use afterwards: take one that is made for it. Stops before the
     * last rate when the loss is no longer finite, or when the mean of the last steps is above four times its lowest and
     * above what it was at the start.
     *
     * @param model compiled; all but the learning rate is kept
     * @param training pictures of the network's input size, with as many classes as it has outputs
     * @param options how the model is to be trained; epochs and validation are left out
     * @param range the rates
     * @return the steps that were done, one at least
     * @throws IllegalStateException if the model is not compiled
     * @throws dev.resnet4j.engine.EngineException if the data does not fit the network
     * @throws NonFiniteLossException if already the first step's loss is not finite
     */
    public static LearningRateCurve find(Model model, Dataset training, FitOptions options, LearningRateRange range) {
        Compilation compilation = model.compilation()
                .orElseThrow(() -> new IllegalStateException("the model is not compiled: call compile first"));
        model.compile(compilation.withOptimizer(compilation.optimizer().withLearningRate(range.schedule())));
        int batchesPerEpoch = (training.size() - 1) / options.batchSize() + 1;
        int stepsPerEpoch = (batchesPerEpoch - 1) / compilation.gradientAccumulationSteps() + 1;
        Trial trial = new Trial(range);
        try {
            model.fit(
                    training,
                    options.withoutValidation()
                            .withEpochs((range.steps() - 1) / stepsPerEpoch + 1)
                            .withListener(trial)
                            .withStopRequested(() ->
                                    trial.isOver() || options.stopRequested().getAsBoolean()));
        } catch (NonFiniteLossException diverged) {
            trial.requireAStep(diverged);
        }
        return new LearningRateCurve(trial.steps);
    }

    /** Keeps the losses, and says when there is nothing more to learn from them. */
    private static final class Trial implements TrainingListener {
        private static final double WORSE = 4;
        private static final int RANGES_PER_WINDOW = 20;

        private final int lastStep;
        private final int window;
        private final List<LearningRateCurve.Step> steps = new ArrayList<>();
        private double first;
        private double lowest = Double.POSITIVE_INFINITY;
        private double latest;

        Trial(LearningRateRange range) {
            lastStep = range.steps();
            window = Math.max(1, range.steps() / RANGES_PER_WINDOW);
        }

        @Override
        public void onBatchEnd(Progress progress) {
            steps.add(new LearningRateCurve.Step(progress.learningRate(), progress.stepLoss()));
            latest = steps.subList(Math.max(0, steps.size() - window), steps.size()).stream()
                    .mapToDouble(LearningRateCurve.Step::loss)
                    .average()
                    .orElseThrow();
            first = steps.size() <= window ? latest : first;
            lowest = Math.min(lowest, latest);
        }

        boolean isOver() {
            return steps.size() >= lastStep || latest > Math.max(first, WORSE * lowest);
        }

        void requireAStep(NonFiniteLossException diverged) {
            if (steps.isEmpty()) {
                throw diverged;
            }
        }
    }
}
