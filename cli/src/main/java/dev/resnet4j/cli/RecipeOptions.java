package dev.resnet4j.cli;

import dev.resnet4j.data.batch.Sampling;
import dev.resnet4j.engine.recipe.ClassWeighting;
import dev.resnet4j.engine.recipe.OptimizerSettings;
import dev.resnet4j.engine.recipe.PictureSettings;
import dev.resnet4j.engine.recipe.Recipe;
import dev.resnet4j.engine.recipe.ScheduleSettings;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choose a recipe and give parts of it anew. */
final class RecipeOptions {
    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            defaultValue = "default",
            description = "Where the numbers come from that are not given: ${COMPLETION-CANDIDATES}. 'tutorial' does"
                    + " exactly what the tutorial does: 2 epochs, a constant rate, unchanged pictures, seed 0"
                    + " (default: ${DEFAULT-VALUE}).")
    private RecipeName name;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "How often every picture is seen (default: the recipe's).")
    private Integer epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            converter = PositiveNumber.class,
            description = "Pictures a step (default: the recipe's).")
    private Integer batchSize;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            description = "How gradients change weights: ${COMPLETION-CANDIDATES}.")
    private OptimizerSettings.Kind optimizer;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "The highest learning rate.")
    private Double learningRate;

    @Option(names = "--momentum", paramLabel = "M", description = "Nesterov's momentum of sgd, 0 to below 1.")
    private Double momentum;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "How the learning rate goes over the epochs: ${COMPLETION-CANDIDATES}.")
    private ScheduleSettings.Kind schedule;

    @Option(
            names = "--warmup-epochs",
            paramLabel = "N",
            description = "Epochs over which the learning rate grows from 0; may be a fraction.")
    private Double warmupEpochs;

    @Option(
            names = "--label-smoothing",
            paramLabel = "S",
            description = "How much of each label is spread over all classes, 0 to 1.")
    private Double labelSmoothing;

    @Option(
            names = "--ema-momentum",
            paramLabel = "M",
            description =
                    "Momentum of the weights' moving average that is used after training, such as 0.99; 0 for none.")
    private Double averageMomentum;

    @Option(
            names = "--normalization-momentum",
            paramLabel = "M",
            description = "Momentum of batch normalisation's moving statistics, 0 to 1.")
    private Double normalizationMomentum;

    @Option(
            names = "--sampling",
            paramLabel = "NAME",
            description = "Which pictures an epoch sees: ${COMPLETION-CANDIDATES}. 'balanced' draws each class equally"
                    + " often, with replacement.")
    private Sampling sampling;

    @Option(
            names = "--class-weights",
            paramLabel = "NAME",
            description = "How much the pictures of each class count in the loss: ${COMPLETION-CANDIDATES}. 'balanced'"
                    + " gives small classes more weight, so that all have the same say.")
    private ClassWeighting classWeights;

    @Mixin
    private AugmentationOptions augmentation;

    /** The number of the last epoch, where it was given. */
    Integer epochs() {
        return epochs;
    }

    /** The seed of the recipe, where it has one. */
    OptionalLong seed() {
        return name.seed();
    }

    /** The recipe that was chosen, with what was given in place of its own numbers. */
    Recipe recipe() {
        Recipe base = name.recipe();
        return new Recipe(
                base.name(),
                or(epochs, base.epochs()),
                or(batchSize, base.batchSize()),
                optimizer(base.optimizer()),
                schedule(base.schedule()),
                pictures(base.pictures()),
                or(labelSmoothing, base.labelSmoothing()),
                or(averageMomentum, base.averageMomentum()),
                or(normalizationMomentum, base.normalizationMomentum()));
    }

    private OptimizerSettings optimizer(OptimizerSettings base) {
        return new OptimizerSettings(
                or(optimizer, base.kind()), or(learningRate, base.learningRate()), or(momentum, base.momentum()));
    }

    private ScheduleSettings schedule(ScheduleSettings base) {
        return new ScheduleSettings(
                or(schedule, base.kind()), or(warmupEpochs, base.warmupEpochs()), base.finalShare());
    }

    private PictureSettings pictures(PictureSettings base) {
        return new PictureSettings(
                augmentation.augmentation(base.augmentation()),
                augmentation.mixing(base.mixing()),
                or(sampling, base.sampling()),
                or(classWeights, base.classWeights()));
    }

    static <T> T or(T given, T recipes) {
        return given == null ? recipes : given;
    }
}
