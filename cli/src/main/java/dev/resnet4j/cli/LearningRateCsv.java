package dev.resnet4j.cli;

import dev.resnet4j.engine.finder.LearningRateCurve;
import java.util.List;

/** The losses of the learning rates that were tried, as a table for other programs. */
final class LearningRateCsv {
    private static final String HEADER = "step,learning_rate,loss,smoothed_loss";

    private LearningRateCsv() {}

    static String of(LearningRateCurve curve) {
        StringBuilder table = new StringBuilder(HEADER).append('\n');
        List<Double> smoothed = curve.smoothedLosses();
        for (int index = 0; index < smoothed.size(); index++) {
            LearningRateCurve.Step step = curve.steps().get(index);
            table.append(index + 1)
                    .append(',')
                    .append((float) step.learningRate())
                    .append(',')
                    .append((float) step.loss())
                    .append(',')
                    .append(smoothed.get(index).floatValue())
                    .append('\n');
        }
        return table.toString();
    }
}
