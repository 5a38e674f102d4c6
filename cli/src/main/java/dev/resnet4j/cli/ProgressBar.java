package dev.resnet4j.cli;

import dev.resnet4j.engine.TrainingListener;
import dev.resnet4j.model.training.History;
import java.util.concurrent.TimeUnit;

/**
 * Tells of training in a terminal: a bar an epoch in one line that is written over, about ten times a second, and that
 * fits the terminal's width.
 */
final class ProgressBar implements TrainingListener {
    private static final long NANOSECONDS_BETWEEN_UPDATES = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_BAR = 5;
    private static final double WAITING_WORTH_TELLING = 0.03;

    private final Console console;
    private Plan plan;
    private int columns;
    private int writtenOver;
    private long begin;
    private long lastUpdate;
    private int stepsTaken;

    ProgressBar(Console console) {
        this.console = console;
    }

    @Override
    public void onTrainBegin(Plan newPlan) {
        plan = newPlan;
        begin = System.nanoTime();
        lastUpdate = begin - NANOSECONDS_BETWEEN_UPDATES;
    }

    @Override
    public void onEpochBegin(int epoch) {
        columns = console.terminal().columns();
        String steps = plan.stepsPerEpoch() == 1 ? " step" : " steps";
        writeOver(shortened(EpochText.heading(epoch, plan.lastEpoch()) + " of " + plan.stepsPerEpoch() + steps));
    }

    @Override
    public void onBatchEnd(Progress progress) {
        stepsTaken++;
        long now = System.nanoTime();
        boolean last = progress.step() == progress.stepsPerEpoch();
        if (last || now - lastUpdate >= NANOSECONDS_BETWEEN_UPDATES) {
            lastUpdate = now;
            writeOver(line(progress, secondsLeft(progress, now)));
        }
    }

    @Override
    public void onEpochEnd(History.Epoch epoch) {
        writeOver(EpochText.finished(epoch, plan.lastEpoch(), columns - 1));
        endLine();
    }

    /** The next words start a line of their own. */
    void endLine() {
        if (writtenOver > 0) {
            console.out().println();
            console.out().flush();
            writtenOver = 0;
        }
    }

    /** Over all epochs, from the mean time of a step so far. */
    private double secondsLeft(Progress progress, long now) {
        int epochsLeft = plan.lastEpoch() - progress.epoch();
        long stepsLeft = (epochsLeft + 1L) * plan.stepsPerEpoch() - progress.step();
        return (now - begin) / 1e9 / stepsTaken * stepsLeft;
    }

    private String line(Progress progress, double secondsLeft) {
        String before = EpochText.heading(progress.epoch(), plan.lastEpoch()) + " " + steps(progress) + " ";
        String after = EpochText.duration(secondsLeft) + " left" + EpochText.scores(progress.running());
        if (progress.waitedForData() > WAITING_WORTH_TELLING) {
            after += " - waiting for data: " + Math.round(100 * progress.waitedForData()) + "%";
        }
        return shortened(before + bar(progress, columns - 1 - before.length() - after.length()) + after);
    }

    private static String steps(Progress progress) {
        String all = String.valueOf(progress.stepsPerEpoch());
        String done = String.valueOf(progress.step());
        return " ".repeat(all.length() - done.length()) + done + "/" + all;
    }

    /** As long as there is room for it, the space behind it included; nothing where there is too little. */
    private static String bar(Progress progress, int room) {
        int length = Math.min(LONGEST_BAR, room - "[] ".length());
        if (length < SHORTEST_BAR) {
            return "";
        }
        int filled = (int) ((long) length * progress.step() / progress.stepsPerEpoch());
        boolean full = filled == length;
        String head = full ? "=".repeat(length) : "=".repeat(filled) + ">";
        return "[" + head + ".".repeat(length - head.length()) + "] ";
    }

    private String shortened(String line) {
        return line.substring(0, Math.min(line.length(), Math.max(0, columns - 1)));
    }

    /** Spaces cover what is left of a longer line before. */
    private void writeOver(String line) {
        console.out().print("\r" + line + " ".repeat(Math.max(0, writtenOver - line.length())));
        console.out().flush();
        writtenOver = line.length();
    }
}
