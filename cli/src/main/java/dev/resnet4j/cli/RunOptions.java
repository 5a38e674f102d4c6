package dev.resnet4j.cli;

import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.recipe.Recipe;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say what is trained, on which pictures and how: of each command that trains by a recipe. */
final class RunOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

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
            names = "--precision",
            paramLabel = "NAME",
            defaultValue = "fp32",
            converter = TrainingPrecision.class,
            description = "Numbers of the convolutions: fp32, bf16 (default: ${DEFAULT-VALUE}).")
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

    @Mixin
    private DeviceOption device;

    /** The number of the last epoch, where it was given. */
    Integer epochs() {
        return recipe.epochs();
    }

    /** Where it runs. */
    Device device() {
        return device.device();
    }

    /**
     * The settings of a run of these options alone.
     *
     * @throws ParameterException if options do not go together, or a value is out of range
     */
    RunSettings settings() {
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
                device.device(),
                ReportingSettings.NONE);
    }

    private Optional<TransferSource> transferSource() {
        if (transfer.from().isEmpty()) {
            transfer.firstGiven().ifPresent(option -> {
                throw wrongCall(option + " is for a run that starts from a trained model: give --from MODEL, too");
            });
        } else if (command.commandLine().getParseResult().hasMatchedOption("--model")) {
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

    private ParameterException wrongCall(String problem) {
        return new ParameterException(command.commandLine(), problem);
    }
}
