package dev.resnet4j.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.resnet4j.engine.Evaluation;
import dev.resnet4j.engine.Model;
import java.util.List;
import picocli.CommandLine.ExitCode;

/**
 * What a training run came to, for {@code --json}.
 *
 * @param out the run's folder
 * @param model its model's file
 * @param seed of the run
 * @param epochs how many are finished
 * @param stepsOfUnfinishedEpoch how many steps were done in the epoch in which the run was stopped, else null
 * @param loss on the test pictures; null where the run was stopped
 * @param accuracy on the test pictures; null where the run was stopped
 * @param testExamples how many test pictures were judged; null where the run was stopped
 * @param history of each finished epoch
 * @param exitStatus 0, or that of the signal that stopped the run
 */
record TrainingResult(
        String out,
        String model,
        long seed,
        int epochs,
        Integer stepsOfUnfinishedEpoch,
        Double loss,
        Double accuracy,
        Long testExamples,
        List<HistoryJson.Epoch> history,
        @JsonIgnore int exitStatus) {
    static TrainingResult finished(RunSettings settings, RunFolder folder, Model model, Evaluation evaluation) {
        return of(settings, folder, model, evaluation.loss(), evaluation.accuracy(), evaluation.samples(), ExitCode.OK);
    }

    static TrainingResult stopped(RunSettings settings, RunFolder folder, Model model, int exitStatus) {
        return of(settings, folder, model, null, null, null, exitStatus);
    }

    private static TrainingResult of(
            RunSettings settings,
            RunFolder folder,
            Model model,
            Double loss,
            Double accuracy,
            Long testExamples,
            int exitStatus) {
        List<HistoryJson.Epoch> epochs = HistoryJson.of(model.history()).epochs();
        return new TrainingResult(
                folder.path().toString(),
                folder.model().toString(),
                settings.seed(),
                epochs.size(),
                model.stepsOfUnfinishedEpoch().orElse(null),
                loss,
                accuracy,
                testExamples,
                epochs,
                exitStatus);
    }

    boolean isFinished() {
        return exitStatus == ExitCode.OK;
    }

    /** How long the finished epochs took, in seconds. */
    double seconds() {
        return history.stream().mapToDouble(HistoryJson.Epoch::seconds).sum();
    }
}
