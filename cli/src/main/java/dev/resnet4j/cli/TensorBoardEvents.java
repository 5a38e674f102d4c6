package dev.resnet4j.cli;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.Prediction;
import dev.resnet4j.engine.TrainingListener;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.tensorboard.EventFile;
import dev.resnet4j.model.training.History;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells TensorBoard of a training. All stands at the optimizer's step after which it was so, counted from 1 over the run:
 * where a run goes on, TensorBoard drops what earlier calls wrote from a step on, and needs one count for that. Curves of
 * steps have the means of the epoch so far as their values. Where events cannot be written, the person is told once, and
 * training goes on without.
 */
final class TensorBoardEvents implements TrainingListener {
    /** One of the usual batches: more pictures would tell nothing new. */
    private static final int PICTURES = 32;

    private final TensorBoardSettings settings;
    private final Path folder;
    private final Model model;
    private final Dataset pictures;
    private final Console console;
    private EventFile file;
    private boolean failed;
    private long lastStep;

    /**
     * Writes nothing yet.
     *
     * @param folder for the event files
     * @param model in training
     * @param test pictures to judge at the end
     * @param console told once where nothing can be written
     */
    TensorBoardEvents(TensorBoardSettings settings, Path folder, Model model, Dataset test, Console console) {
        this.settings = settings;
        this.folder = folder;
        this.model = model;
        this.pictures = test.take(PICTURES);
        this.console = console;
    }

    @Override
    public void onTrainBegin(Plan plan) {
        write(() -> {
            file = EventFile.create(folder);
            file.writeStart(model.iterations() + 1);
        });
    }

    @Override
    public void onBatchEnd(Progress progress) {
        long step = model.iterations();
        if (lastStep == 0 || step - lastStep >= settings.steps()) {
            lastStep = step;
            write(() -> {
                Map<String, Double> values = new LinkedHashMap<>();
                putScores(values, "step/", progress.running());
                values.put("step/learning_rate", progress.learningRate());
                file.writeScalars(step, values);
            });
        }
    }

    @Override
    public void onEpochEnd(History.Epoch epoch) {
        long step = model.iterations();
        write(() -> {
            Map<String, Double> values = new LinkedHashMap<>();
            putScores(values, "epoch/", epoch.training());
            epoch.validation().ifPresent(scores -> putScores(values, "epoch/val_", scores));
            values.put("epoch/learning_rate", epoch.learningRate());
            file.writeScalars(step, values);
            model.weights()
                    .arrays()
                    .forEach((name, array) -> file.writeHistogram(step, name.toString(), array.values()));
        });
    }

    private static void putScores(Map<String, Double> values, String prefix, History.Scores scores) {
        values.put(prefix + "loss", scores.loss());
        values.put(prefix + "accuracy", scores.accuracy());
    }

    @Override
    public void onTrainEnd(History history) {
        long step = model.iterations();
        write(() -> {
            List<Prediction> predictions = model.predict(pictures);
            for (int place = 0; place < pictures.size(); place++) {
                file.writePicture(
                        step,
                        String.format(Locale.ROOT, "test/%02d", place),
                        caption(place, predictions.get(place)),
                        pictures.images().get(place));
            }
        });
    }

    private String caption(int place, Prediction prediction) {
        return String.format(
                Locale.ROOT,
                "%s, taken for %s (%.3f)",
                pictures.classNames().get(pictures.labels().get(place)),
                prediction.className(),
                prediction.probability());
    }

    private void write(Runnable events) {
        if (failed) {
            return;
        }
        try {
            events.run();
        } catch (FormatException cannotWrite) {
            failed = true;
            console.note("TensorBoard is told no more, and training goes on: " + cannotWrite.getMessage());
        }
    }
}
