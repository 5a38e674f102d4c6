package dev.resnet4j.cli;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.engine.EvaluateOptions;
import dev.resnet4j.engine.Evaluation;
import dev.resnet4j.engine.FitOptions;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.NonFiniteLossException;
import dev.resnet4j.engine.TrainingListener;
import dev.resnet4j.engine.checkpoint.Checkpoints;
import dev.resnet4j.engine.transfer.UnfreezingListener;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.LearningRate;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** One run of training: from the pictures to the trained model and its files, told to the person on the way. */
final class Training {
    private final RunRecord record;
    private final RunSettings settings;
    private final RunFolder folder;
    private final Console console;

    private final Checkpoints checkpoints;

    /**
     * Nothing happens before {@link #run}.
     *
     * @param record the run's settings, and its earlier calls
     * @param folder for its files; a run that is in it goes on from its newest checkpoint
     * @param console for its words
     */
    Training(RunRecord record, RunFolder folder, Console console) {
        this.record = record;
        this.settings = record.settings();
        this.folder = folder;
        this.console = console;
        this.checkpoints = new Checkpoints(folder.checkpoints());
    }

    /**
     * Trains and evaluates.
     *
     * @param commandLine the call, for the run's record
     * @return what it came to, and whether it was stopped
     */
    TrainingResult run(List<String> commandLine) {
        TrainingData data = TrainingData.open(settings);
        data.notes().forEach(console::note);
        printShapes(data);
        record.requireSameData(data);
        folder.create();
        try (RunLock lock = folder.lock();
                Model model = open(data.training())) {
            folder.writeRecord(record.plusCall(commandLine, data));
            printPlan(model, data);
            LiveCurves curves = new LiveCurves(folder, model::history, console);
            int stopStatus = fit(model, data, curves);
            curves.draw();
            if (stopStatus != ExitCode.OK) {
                tellHowToGoOn(model);
                return TrainingResult.stopped(settings, folder, model, stopStatus);
            }
            return TrainingResult.finished(settings, folder, model, evaluate(model, data.test()));
        }
    }

    private void printShapes(TrainingData data) {
        console.print("number of training examples = " + data.training().size());
        console.print("number of test examples = " + data.test().size());
        printShape("train", data.training());
        printShape("test", data.test());
    }

    private void printShape(String name, Dataset dataset) {
        Shape pictures = Shape.of(dataset.size(), dataset.height(), dataset.width(), dataset.channels());
        console.print("X_" + name + " shape: " + pictures);
        console.print("Y_" + name + " shape: " + Shape.of(dataset.size(), dataset.classes()));
    }

    /** The run's model from its newest whole checkpoint, where it has one already, else a new one. */
    private Model open(Dataset training) {
        Optional<Path> checkpoint = findCheckpoint();
        if (checkpoint.isPresent()) {
            Model model = Model.load(checkpoint.get(), settings.device());
            // The same schedule as before, unless the number of epochs has changed.
            model.setLearningRate(schedule(training));
            return model;
        }
        Model model = NewModel.open(settings, training, console);
        model.putSetting("recipe", RecordJson.text(settings.recipe()));
        model.putSetting("data", settings.data());
        return model;
    }

    private Optional<Path> findCheckpoint() {
        Checkpoints.Found found = checkpoints.find();
        for (Path damaged : found.damaged()) {
            console.note(damaged + " is damaged: it cannot be read, is not as its SHA-256 says, or that is missing");
        }
        if (found.newestWhole().isEmpty() && !found.damaged().isEmpty()) {
            throw new CommandException(
                    "no checkpoint in " + folder.checkpoints() + " is whole: start the run anew with another --out");
        }
        if (found.newestWhole().isEmpty()) {
            requireNoModelToLose();
        }
        found.newestWhole().ifPresent(checkpoint -> console.note("going on from " + checkpoint));
        return found.newestWhole();
    }

    /** A model is saved after a checkpoint: where it stands alone, beginning anew would overwrite it. */
    private void requireNoModelToLose() {
        if (Files.exists(folder.model())) {
            throw new CommandException("the checkpoints of the run are no longer in " + folder.checkpoints()
                    + ": bring them back, or start from the weights with --from " + folder.model()
                    + " and another --out");
        }
        if (!record.calls().isEmpty()) {
            console.note("no checkpoint was written yet: beginning anew");
        }
    }

    private LearningRate schedule(Dataset training) {
        return settings.recipe().compilation(training.size()).optimizer().learningRate();
    }

    private void printPlan(Model model, TrainingData data) {
        Network network = model.network();
        console.print(String.format(
                Locale.ROOT,
                "%s (%,d parameters), %s on %s, recipe %s, seed %d",
                network.name(),
                network.parameters(),
                settings.precision(),
                settings.device(),
                settings.recipe().name(),
                settings.seed()));
        RecipeText.inUseInLines(settings.recipe()).forEach(console::print);
        if (data.training().size() < settings.recipe().batchSize()) {
            console.note("an epoch is a single step: smaller batches (--batch-size) would learn faster");
        }
    }

    /** Trains what is left of the epochs. @return 0, or the exit status of the signal that stopped it */
    private int fit(Model model, TrainingData data, LiveCurves curves) {
        RunSaver saver =
                new RunSaver(model, folder, checkpoints, settings.reporting().checkpoints());
        if (isFinished(model)) {
            tellThatItIsFinished(model);
            saver.finish();
            return ExitCode.OK;
        }
        ProgressBar bar = new ProgressBar(console);
        TrainingListener progress = console.terminal().interactive() ? bar : new ProgressLines(console);
        try (StopSignal stop = StopSignal.listen(this::tellOfStop)) {
            model.fit(
                    data.training(),
                    tellingTensorBoard(
                                    recordingNorms(
                                            unfreezing(model, settings.recipe().fitOptions(data.training()))),
                                    model,
                                    data.test())
                            .withValidation(data.test())
                            .withSeed(settings.seed())
                            .withPreprocessing(settings.preprocess())
                            .withPrecision(settings.precision())
                            .withResume(model.iterations() > 0)
                            .withListener(progress)
                            .withListener(saver)
                            .withListener(curves)
                            .withStopRequested(stop::requested));
            if (!stop.requested() || isFinished(model)) {
                saver.finish();
                bar.endLine();
                if (stopsEarly(model)) {
                    tellOfEarlyStop(model);
                }
                return ExitCode.OK;
            }
            saver.stop();
            return stop.exitStatus();
        } catch (NonFiniteLossException broken) {
            bar.endLine();
            curves.draw();
            throw new CommandException(broken.getMessage() + whatIsLeft(saver), broken);
        } catch (FormatException | UncheckedIOException cannotSave) {
            bar.endLine();
            throw new CommandException(Failures.describe(cannotSave) + whatIsLeft(saver) + howToGoOn(), cannotSave);
        } finally {
            bar.endLine();
        }
    }

    private FitOptions unfreezing(Model model, FitOptions options) {
        return settings.transfer() == null
                ? options
                : options.withListener(
                        new UnfreezingListener(model, settings.transfer().unfreezing()));
    }

    private FitOptions recordingNorms(FitOptions options) {
        return settings.reporting().norms() ? options.withListener(new NormsCsv(folder.norms())) : options;
    }

    private FitOptions tellingTensorBoard(FitOptions options, Model model, Dataset test) {
        return settings.reporting().tensorBoard() == null
                ? options
                : options.withListener(new TensorBoardEvents(
                        settings.reporting().tensorBoard(), folder.tensorBoard(), model, test, console));
    }

    private boolean isFinished(Model model) {
        boolean lastEpochIsDone =
                model.history().epochs().size() >= settings.recipe().epochs();
        return model.stepsOfUnfinishedEpoch().isEmpty() && (lastEpochIsDone || stopsEarly(model));
    }

    /** Whether training ends before the last epoch because it gets no better. */
    private boolean stopsEarly(Model model) {
        return settings.recipe()
                .patience()
                .earlyStopping()
                .map(rule ->
                        model.history().epochs().size() < settings.recipe().epochs() && rule.isDue(model.history()))
                .orElse(false);
    }

    private void tellThatItIsFinished(Model model) {
        if (stopsEarly(model)) {
            tellOfEarlyStop(model);
        } else {
            int epochs = settings.recipe().epochs();
            console.note((epochs == 1 ? "the one epoch is" : "all " + epochs + " epochs are")
                    + " done: train on with a higher --epochs");
        }
    }

    private void tellOfEarlyStop(Model model) {
        model.history()
                .best()
                .ifPresent(best -> console.note("stopped early after epoch "
                        + model.history().epochs().size() + ": none was better than epoch " + best.number()
                        + ", whose weights are in " + folder.best()));
    }

    private void tellOfStop() {
        if (console.terminal().interactive()) {
            console.err().println();
        }
        console.note("stopping after this step; once more ends at once");
    }

    private static String whatIsLeft(RunSaver saver) {
        return saver.lastCheckpoint().map(checkpoint -> "; " + checkpoint).orElse("; no checkpoint was written");
    }

    private String howToGoOn() {
        return "; then go on with: "
                + Console.commandLine(
                        "train", "--resume", "--out", folder.path().toString());
    }

    private void tellHowToGoOn(Model model) {
        console.note("stopped " + RunSaver.describeState(model) + ", saved in " + folder.model());
        console.note("go on with: "
                + Console.commandLine(
                        "train", "--resume", "--out", folder.path().toString()));
    }

    private Evaluation evaluate(Model model, Dataset test) {
        Evaluation evaluation = model.evaluate(
                test,
                EvaluateOptions.DEFAULT
                        .withBatchSize(settings.recipe().batchSize())
                        .withPrecision(settings.precision())
                        .withBatchStatistics(settings.reporting().batchStatistics()));
        console.print("Loss = " + evaluation.loss());
        console.print("Test Accuracy = " + evaluation.accuracy());
        console.print("");
        console.print("The model, its history, curves and settings are in " + folder.path());
        console.print("Next, let it judge a picture of yours:");
        console.print("  " + Console.commandLine("predict", folder.model().toString()) + " PICTURE");
        return evaluation;
    }
}
