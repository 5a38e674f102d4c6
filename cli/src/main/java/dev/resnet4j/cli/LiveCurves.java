package dev.resnet4j.cli;

import dev.resnet4j.engine.TrainingListener;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.training.History;
import java.util.function.Supplier;

/**
 * Keeps {@code curves.png} up to date while the network trains. Drawing takes tens of milliseconds, which short epochs
 * would feel: after each drawing the next one waits for a hundred times as long as that one took.
 */
final class LiveCurves implements TrainingListener {
    private static final int REST = 100;

    private final RunFolder folder;
    private final Supplier<History> history;
    private final Console console;
    private long restUntil = System.nanoTime();
    private boolean failed;

    /**
     * Draws nothing yet.
     *
     * @param folder for the picture
     * @param history what there is to draw at the moment
     * @param console told once where it cannot be drawn
     */
    LiveCurves(RunFolder folder, Supplier<History> history, Console console) {
        this.folder = folder;
        this.history = history;
        this.console = console;
    }

    @Override
    public void onEpochEnd(History.Epoch epoch) {
        if (System.nanoTime() - restUntil >= 0) {
            draw();
        }
    }

    /** Draws now, where there is an epoch to draw, and it has not failed before: the training matters more. */
    void draw() {
        if (failed || history.get().epochs().isEmpty()) {
            return;
        }
        long start = System.nanoTime();
        try {
            folder.writeCurves(history.get());
        } catch (DrawingException cannotDraw) {
            failed = true;
            console.note("no " + folder.curves() + ": " + cannotDraw.advice());
        } catch (FormatException cannotWrite) {
            failed = true;
            console.note(folder.curves() + " cannot be written (" + FormatException.reasonOf(cannotWrite)
                    + "): training goes on without it");
        }
        long end = System.nanoTime();
        restUntil = end + REST * (end - start);
    }
}
