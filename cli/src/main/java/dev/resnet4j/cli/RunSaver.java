package dev.resnet4j.cli;

import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.TrainingListener;
import dev.resnet4j.engine.checkpoint.Checkpoints;
import dev.resnet4j.formats.keras.KerasFile;
import dev.resnet4j.model.training.History;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps a run's files up to date while it trains: the checkpoints, the best model, the history, and at the end the last
 * model. A checkpoint comes last, so that the files beside it are never behind it.
 */
final class RunSaver implements TrainingListener {
    private final Model model;
    private final RunFolder folder;
    private final Checkpoints checkpoints;
    private final CheckpointInterval interval;

    private int stepsSinceCheckpoint;
    private long timeOfCheckpoint = System.nanoTime();
    private boolean upToDate;
    private Optional<String> lastCheckpoint = Optional.empty();

    RunSaver(Model model, RunFolder folder, Checkpoints checkpoints, CheckpointInterval interval) {
        this.model = model;
        this.folder = folder;
        this.checkpoints = checkpoints;
        this.interval = interval;
    }

    @Override
    public void onBatchEnd(Progress progress) {
        stepsSinceCheckpoint++;
        upToDate = false;
        // After an epoch's last step comes its end, with the validation: then is the time.
        if (progress.step() < progress.stepsPerEpoch()) {
            saveCheckpointIfDue(false);
        }
    }

    @Override
    public void onEpochEnd(History.Epoch epoch) {
        upToDate = false;
        if (model.history().best().equals(Optional.of(epoch))) {
            KerasFile.write(model.snapshot().forUse().withoutOptimizerState(), folder.best());
        }
        folder.writeHistory(model.history());
        saveCheckpointIfDue(true);
    }

    private void saveCheckpointIfDue(boolean atEpochEnd) {
        double seconds = (System.nanoTime() - timeOfCheckpoint) / 1e9;
        if (interval.isDue(stepsSinceCheckpoint, seconds, atEpochEnd)) {
            saveCheckpoint();
        }
    }

    private void saveCheckpoint() {
        Path file = checkpoints.save(model.snapshot(), model.iterations());
        lastCheckpoint = Optional.of(file + " holds the training " + describeState(model));
        stepsSinceCheckpoint = 0;
        timeOfCheckpoint = System.nanoTime();
        upToDate = true;
    }

    /** Saves where training was stopped. */
    void stop() {
        if (!upToDate) {
            saveCheckpoint();
        }
        model.save(folder.model());
        folder.writeHistory(model.history());
    }

    /** Saves what a training that is done came to. */
    void finish() {
        if (stepsSinceCheckpoint > 0 && !upToDate) {
            saveCheckpoint();
        }
        model.save(folder.model());
        folder.writeHistory(model.history());
        checkpoints.removeOlder();
    }

    /** What the newest checkpoint of this call holds; empty while there is none. */
    Optional<String> lastCheckpoint() {
        return lastCheckpoint;
    }

    /** {@code after epoch 3}, {@code after 17 steps of epoch 4}. */
    static String describeState(Model model) {
        int finished = model.history().epochs().size();
        return model.stepsOfUnfinishedEpoch()
                .map(steps -> "after " + steps + (steps == 1 ? " step" : " steps") + " of epoch " + (finished + 1))
                .orElse("after epoch " + finished);
    }
}
