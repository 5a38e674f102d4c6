package dev.resnet4j.engine;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Shuffle;
import dev.resnet4j.data.batch.Batch;
import dev.resnet4j.data.batch.BatchLoader;
import dev.resnet4j.data.batch.BatchOptions;
import dev.resnet4j.engine.torch.BatchScores;
import dev.resnet4j.engine.torch.LabelledBatch;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.History;
import dev.resnet4j.model.training.WeightNorms;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The loop of training: epochs of steps, with the listeners told of each moment. */
final class Trainer {
    private final TorchModel model;
    private final Compilation compilation;
    private final Dataset training;
    private final FitOptions options;
    private final List<NormListener> normListeners;
    private final Consumer<TrainingState> stateKeeper;
    private TrainingState state;

    /**
     * Prepares a run.
     *
     * @param state where to go on
     * @param stateKeeper told of every new state before the listeners are, so that they can save it
     */
    Trainer(
            TorchModel model,
            Compilation compilation,
            Dataset training,
            FitOptions options,
            TrainingState state,
            Consumer<TrainingState> stateKeeper) {
        this.model = model;
        this.compilation = compilation;
        this.training = training;
        this.options = options;
        this.normListeners = options.listeners().stream()
                .filter(NormListener.class::isInstance)
                .map(NormListener.class::cast)
                .toList();
        this.stateKeeper = stateKeeper;
        this.state = state;
    }

    /** Trains until the last epoch is done, training gets no better or someone asks to stop. */
    History run() {
        int steps = (training.size() - 1) / options.batchSize() + 1;
        TrainingListener.Plan plan =
                new TrainingListener.Plan(state.nextEpoch(), options.epochs(), steps, training.size());
        options.listeners().forEach(listener -> listener.onTrainBegin(plan));
        while (state.nextEpoch() <= options.epochs() && !stopsEarly() && trainEpoch(state.nextEpoch())) {
            if (options.stopRequested().getAsBoolean()) {
                break;
            }
        }
        options.listeners().forEach(listener -> listener.onTrainEnd(state.history()));
        return state.history();
    }

    /** Whether the epochs that are done say so; an epoch that was begun is finished first. */
    private boolean stopsEarly() {
        return state.unfinished().isEmpty()
                && options.earlyStopping()
                        .map(rule -> rule.isDue(state.history()))
                        .orElse(false);
    }

    /** @return whether the epoch was finished */
    private boolean trainEpoch(int epoch) {
        long start = System.nanoTime();
        RunningScores scores = state.unfinished().orElse(RunningScores.NONE);
        options.listeners().forEach(listener -> listener.onEpochBegin(epoch));
        try (BatchLoader loader = BatchLoader.shuffled(
                training, batchOptions(), new Shuffle(options.seed(), epoch - 1), scores.batches())) {
            for (Iterator<Batch> batches = loader.iterator(); batches.hasNext(); ) {
                double rate = learningRateAt(model.iterations());
                RunningScores before = scores;
                scores = train(batchesOfStep(batches), epoch, before, rate);
                // Kept after each step: whatever ends the training next, the model knows where it is.
                keep(state.within(scores));
                tellOfStep(epoch, before, scores, loader, rate, start);
                if (scores.batches() < loader.batches()
                        && options.stopRequested().getAsBoolean()) {
                    return false;
                }
            }
        }
        finishEpoch(epoch, scores, start);
        return true;
    }

    private BatchOptions batchOptions() {
        return new BatchOptions(
                options.batchSize(),
                options.preprocessing(),
                options.sampling(),
                options.augmentation(),
                options.mixing());
    }

    /** The schedule's, reduced where the epochs before this one say so. */
    private double learningRateAt(long step) {
        double scheduled = compilation.optimizer().learningRate().at(step);
        return scheduled
                * options.reduceOnPlateau()
                        .map(rule -> rule.rateFactor(state.history()))
                        .orElse(1.0);
    }

    /** As many as one step takes, or what is left of the epoch. */
    private List<LabelledBatch> batchesOfStep(Iterator<Batch> batches) {
        List<LabelledBatch> ofStep = new ArrayList<>();
        while (batches.hasNext() && ofStep.size() < compilation.gradientAccumulationSteps()) {
            ofStep.add(Batches.labelled(batches.next(), options.classWeights()));
        }
        return ofStep;
    }

    private RunningScores train(List<LabelledBatch> batches, int epoch, RunningScores before, double rate) {
        Optional<Consumer<List<WeightNorms>>> norms =
                normListeners.isEmpty() ? Optional.empty() : Optional.of(this::tellOfNorms);
        BatchScores scores = model.train(batches, options.precision(), rate, seedOfStep(), norms);
        requireFinite(scores.loss(), epoch, before.batches() + batches.size(), rate);
        int samples = batches.stream().mapToInt(LabelledBatch::size).sum();
        return before.plus(scores, batches.size(), samples);
    }

    /** Told within the step, before the weights change: what a listener throws leaves them as they were. */
    private void tellOfNorms(List<WeightNorms> norms) {
        long step = model.iterations() + 1;
        normListeners.forEach(listener -> listener.onNorms(step, norms));
    }

    private static void requireFinite(double loss, int epoch, int step, double rate) {
        if (!Double.isFinite(loss)) {
            throw new NonFiniteLossException(loss, epoch, step, rate);
        }
    }

    /** Depends on the run's seed and the step's number alone, so that a run that goes on draws the same. */
    private long seedOfStep() {
        return new SplittableRandom(new SplittableRandom(options.seed()).nextLong() + model.iterations()).nextLong();
    }

    private void tellOfStep(
            int epoch, RunningScores before, RunningScores scores, BatchLoader loader, double rate, long start) {
        double waited = (double) loader.waitedNanoseconds() / (System.nanoTime() - start);
        TrainingListener.Progress progress = new TrainingListener.Progress(
                epoch, scores.batches(), loader.batches(), scores.means(), scores.lossSince(before), rate, waited);
        options.listeners().forEach(listener -> listener.onBatchEnd(progress));
    }

    private void finishEpoch(int number, RunningScores scores, long start) {
        Optional<History.Scores> validation = options.validation().map(this::validate);
        double seconds = (System.nanoTime() - start) / 1e9;
        double lastRate = learningRateAt(model.iterations() - 1);
        validation.ifPresent(judged -> requireFinite(judged.loss(), number, scores.batches(), lastRate));
        History.Epoch epoch = new History.Epoch(number, scores.means(), validation, lastRate, seconds);
        keep(state.afterEpoch(epoch));
        options.listeners().forEach(listener -> listener.onEpochEnd(epoch));
    }

    private History.Scores validate(Dataset validation) {
        EvaluateOptions evaluation =
                EvaluateOptions.DEFAULT.withBatchSize(options.batchSize()).withPrecision(options.precision());
        return Evaluator.evaluate(model, validation, evaluation, options.preprocessing())
                .means();
    }

    private void keep(TrainingState newState) {
        state = newState;
        stateKeeper.accept(newState);
    }
}
