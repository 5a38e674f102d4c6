package dev.resnet4j.cli;

import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.recipe.Recipe;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
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

    @Option(
            names = "--data",
            paramLabel = "D",
            defaultValue = PictureSource.SIGNS,
            description = "Pictures to learn from (default: ${DEFAULT-VALUE}).")
    private String data;

    @Option(
            names = "--test",
            paramLabel = "D",
            description = "Pictures to judge by. Without them a tenth of the training pictures, drawn evenly from the"
                    + " classes, is kept apart; 'signs' has test pictures of its own.")
    private String test;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "resnet50",
            description = "The network: " + BuiltInNetwork.NAMES + " (default: ${DEFAULT-VALUE}).")
    private BuiltInNetwork model;

    @Mixin
    private TransferOptions transfer;

    @Mixin
    private RecipeOptions recipe;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the initial weights, the pictures' order and changes, and what is kept apart (default:"
                    + " a random one, which is printed and kept; 0 in the recipe 'tutorial').")
    private Long seed;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description =
                    "Train N runs with the seeds --seed, --seed + 1 and so on, each in a folder of its own in --out,"
                            + " and print mean, median, minimum, maximum and standard deviation of what they come to.")
    private Integer seeds;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "fp32",
            description = "Numbers of the convolutions: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Precision precision;

    @Option(
            names = "--preprocess",
            paramLabel = "P",
            description =
                    "How pixels become numbers: ${COMPLETION-CANDIDATES} (default: unit, x/255; with --from as the"
                            + " model was trained).")
    private Preprocessing preprocess;

    @Option(
            names = "--image-size",
            paramLabel = "HxW",
            converter = ImageSizeConverter.class,
            description = "Bring all pictures to this size, such as 64x64 (default: their own size where they share"
                    + " one, else 64x64; with --from the model's).")
    private ImageSize imageSize;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Take the first N pictures of --data and of --test, for a quick try.")
    private Integer limit;

    @Option(names = "--strict", description = "Fail where a picture cannot be decoded, instead of leaving it out.")
    private boolean strict;

    @Option(
            names = "--batch-statistics",
            description = "Evaluate at the end with each batch's own statistics, as the tutorial's learning phase 1"
                    + " does.")
    private boolean batchStatistics;

    @Mixin
    private TensorBoardOptions tensorBoard;

    @Mixin
    private DeviceOption device;

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
        Optional<TransferSource> source = transferSource();
        return new RunSettings(
                source.isPresent() ? null : model,
                source.map(this::transferSettings).orElse(null),
                PictureSource.independentOfFolder(data),
                test == null ? null : PictureSource.independentOfFolder(test),
                recipe(source.isPresent() ? RecipeName.FINETUNE : RecipeName.DEFAULT),
                seedOr(recipe.seed()),
                precision,
                preprocess == null ? source.map(TransferSource::preprocessing).orElse(Preprocessing.UNIT) : preprocess,
                imageSize == null ? source.map(TransferSource::imageSize).orElse(null) : imageSize,
                limit,
                strict,
                batchStatistics,
                device.device(),
                checkpoints.interval().orElse(CheckpointInterval.EPOCH),
                norms.norms(),
                tensorBoard.settings());
    }

    private Optional<TransferSource> transferSource() {
        if (transfer.from().isEmpty()) {
            transfer.firstGiven().ifPresent(option -> {
                throw wrongCall(option + " is for a run that starts from a trained model: give --from MODEL, too");
            });
        } else if (isGiven("--model")) {
            throw wrongCall("--model builds a network anew and --from takes a trained one: give one of them");
        }
        return transfer.from().map(TransferSource::read);
    }

    private TransferSettings transferSettings(TransferSource source) {
        try {
            return transfer.settings(source);
        } catch (IllegalArgumentException e) {
            throw wrongCall("Invalid value: " + e.getMessage());
        }
    }

    private Recipe recipe(RecipeName usual) {
        try {
            return recipe.recipe(usual);
        } catch (IllegalArgumentException e) {
            throw wrongCall("Invalid value: " + e.getMessage());
        }
    }

    private long seedOr(OptionalLong recipeSeed) {
        if (seed != null) {
            return seed;
        }
        return recipeSeed.orElseGet(() -> ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    }

    private RunSettings changed(RunSettings earlier) {
        RunSettings settings = recipe.epochs() == null ? earlier : earlier.withEpochs(recipe.epochs());
        RunSettings onDevice = isGiven("--device") ? settings.withDevice(device.device()) : settings;
        return checkpoints.interval().map(onDevice::withCheckpoints).orElse(onDevice);
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
