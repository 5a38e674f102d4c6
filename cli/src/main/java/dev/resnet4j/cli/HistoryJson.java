package dev.resnet4j.cli;

import dev.resnet4j.model.training.History;
import java.util.List;

/**
 * The history for programs that read JSON; Keras's names.
 *
 * @param epochs in order
 */
record HistoryJson(List<Epoch> epochs) {
    static HistoryJson of(History history) {
        return new HistoryJson(history.epochs().stream().map(Epoch::of).toList());
    }

    /**
     * One epoch, in the words of {@code history.csv}.
     *
     * @param epoch counted from 1
     * @param loss mean over the training pictures
     * @param accuracy share of the training pictures, in [0, 1]
     * @param valLoss mean over the test pictures; null where there are none
     * @param valAccuracy share of the test pictures, in [0, 1]; null where there are none
     * @param learningRate of the epoch's last step
     * @param seconds that the epoch took
     */
    record Epoch(
            int epoch,
            double loss,
            double accuracy,
            Double valLoss,
            Double valAccuracy,
            double learningRate,
            double seconds) {
        private static Epoch of(History.Epoch epoch) {
            return new Epoch(
                    epoch.number(),
                    epoch.training().loss(),
                    epoch.training().accuracy(),
                    epoch.validation().map(History.Scores::loss).orElse(null),
                    epoch.validation().map(History.Scores::accuracy).orElse(null),
                    epoch.learningRate(),
                    epoch.seconds());
        }
    }
}
