package dev.resnet4j.cli;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Trains a network and judges it. */
@Command(
        name = "train",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Train a network on pictures and evaluate it.",
        description = {
            "Without any option, trains ResNet-50 on pictures of hand signs that the program draws."
                    + " Leaves model.keras (the last weights), best.keras (those of the best epoch), history.csv,"
                    + " history.json, curves.png (renewed during training), settings.json and checkpoints in the --out"
                    + " folder."
                    + " Ctrl-C stops after the step, saves, and says how to go on; what is killed goes on from its"
                    + " newest checkpoint, and comes to the same weights as if it had never stopped.",
            "",
            "D is " + PictureSource.KINDS + ".",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  resnet4j train --data photos --epochs 20 --out runs/photos",
            "  resnet4j train --data train_signs.h5 --test test_signs.h5 --recipe tutorial",
            "  resnet4j train --from model.keras --classes --data photos --freeze all-but-head",
            "  resnet4j train --resume --out runs/photos --epochs 30"
        })
final class TrainCommand implements Callable<Integer> {
    /** What may be given when a run goes on; everything else stays as it was. */
    private static final Set<String> CHANGEABLE = Set.of(
            "--resume",
            "--out",
            "--epochs",
            "--device",
            "--checkpoint-steps",
            "--checkpoint-minutes",
            "--json",
            "--verbose");

    @ParentCommand
    private ResNet4jCommand resnet4j;

    @Spec
    private CommandSpec spec;

    @Mixin
    private RunOptions options;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description =
                    "Train N runs with the seeds --seed, --seed + 1 and so on, each in a folder of its own in --out,"
                            + " and print mean, median, minimum, maximum and standard deviation of what they come to.")
    private Integer seeds;

    @Option(
            names = "--batch-statistics",
            description = "Evaluate at the end with each batch's own statistics, as the tutorial's learning phase 1"
                    + " does.")
    private boolean batchStatistics;

    @Mixin
    private TensorBoardOptions tensorBoard;

    @Mixin
    private CheckpointOptions checkpoints;

    @Mixin
    private NormsOption norms;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the run's files; new or empty (default: runs/<date-time>).")
    private Path out;

    @Option(
            names = "--resume",
            description =
                    "Go on with the run in --out from its newest whole checkpoint, with its settings and data. Only"
                            + " --epochs, --device and how often checkpoints are written can be given anew.")
    private boolean resume;

    @Mixin
    HelpOption help;

    @Override
    public Integer call() {
        if (resume) {
            requireOnlyChangeableOptions();
            SeedsFolder several = new SeedsFolder(out);
            return several.isStarted() ? resumeSeveral(several) : resumeOne(new RunFolder(out));
        }
        RunFolder folder =
                out == null ? RunFolder.named(LocalDateTime.now(ZoneId.systemDefault())) : new RunFolder(out);
        if (seeds == null) {
            folder.requireFree();
            return trainOne(new RunRecord(given()), folder);
        }
        SeedsFolder several = new SeedsFolder(folder.path());
        several.requireFree();
        return trainSeveral(given(), seeds, several);
    }

    private int resumeOne(RunFolder folder) {
        RunRecord earlier = folder.readRecord();
        return trainOne(earlier.withSettings(changed(earlier.settings())), folder);
    }

    private int trainOne(RunRecord record, RunFolder folder) {
        TrainingResult result = new Training(record, folder, resnet4j.console()).run(commandLine());
        resnet4j.console().printResult(result);
        return result.exitStatus();
    }

    private int resumeSeveral(SeedsFolder folder) {
        SeedsFolder.SeedsRecord earlier = folder.readRecord();
        return trainSeveral(changed(earlier.settings()), earlier.count(), folder);
    }

    private int trainSeveral(RunSettings settings, int count, SeedsFolder folder) {
        return new SeveralSeeds(settings, count, folder, resnet4j.console()).run(commandLine());
    }

    private List<String> commandLine() {
        return spec.commandLine().getParseResult().originalArgs();
    }

    private RunSettings given() {
        return options.settings()
                .withReporting(new ReportingSettings(
                        batchStatistics,
                        checkpoints.interval().orElse(CheckpointInterval.EPOCH),
                        norms.norms(),
                        tensorBoard.settings()));
    }

    private RunSettings changed(RunSettings earlier) {
        RunSettings settings = options.epochs() == null ? earlier : earlier.withEpochs(options.epochs());
        RunSettings onDevice = isGiven("--device") ? settings.withDevice(options.device()) : settings;
        return checkpoints
                .interval()
                .map(interval -> onDevice.withReporting(onDevice.reporting().withCheckpoints(interval)))
                .orElse(onDevice);
    }

    private void requireOnlyChangeableOptions() {
        if (out == null) {
            throw wrongCall("--resume needs --out DIR, the folder of the run to go on with");
        }
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!CHANGEABLE.contains(option.longestName())) {
                throw wrongCall(option.longestName() + " cannot be given with --resume: the run in " + out
                        + " goes on with its own settings");
            }
        }
    }

    private boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private ParameterException wrongCall(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
