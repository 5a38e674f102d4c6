package dev.resnet4j.cli;

import dev.resnet4j.data.batch.Sampling;
import dev.resnet4j.engine.recipe.ClassWeighting;
import dev.resnet4j.engine.recipe.NetworkSettings;
import dev.resnet4j.engine.recipe.OptimizerSettings;
import dev.resnet4j.engine.recipe.PatienceSettings;
import dev.resnet4j.engine.recipe.PictureSettings;
import dev.resnet4j.engine.recipe.Recipe;
import dev.resnet4j.engine.recipe.ScheduleSettings;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that choose a recipe and give parts of it anew. */
final class RecipeOptions {
    @Option(
            names = "--recipe",
            paramLabel = "NAME",
            description = "Where the numbers come from that are not given: ${COMPLETION-CANDIDATES}; the command"
                    + " 'recipes' prints them (default: default; finetune with --from).")
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

    @Option(names = "--momentum", paramLabel = "M", description = "Momentum of sgd, 0 to below 1.")
    private Double momentum;

    @Option(names = "--nesterov", negatable = true, description = "Let the momentum of sgd look ahead, or do not.")
    private Boolean nesterov;

    @Option(
            names = "--weight-decay",
            paramLabel = "W",
            description = "How strongly kernels are pulled to 0, of adamw and sgd; biases and normalisation are not.")
    private Double weightDecay;

    @Option(
            names = "--global-clipnorm",
            paramLabel = "L",
            description = "The largest length of all gradients together; longer ones are scaled down; 0 for no limit.")
    private Double globalClipnorm;

    @Option(
            names = "--gradient-accumulation-steps",
            paramLabel = "N",
            description = "Batches whose gradients make one step, 1 or more.")
    private Integer gradientAccumulationSteps;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "How the learning rate goes over the epochs: ${COMPLETION-CANDIDATES}. Another than the"
                    + " recipe's comes with its own usual numbers; so does another --optimizer.")
    private ScheduleSettings.Kind schedule;

    @Option(
            names = "--warmup-epochs",
            paramLabel = "N",
            description = "Epochs over which the learning rate grows to its highest; may be a fraction.")
    private Double warmupEpochs;

    @Option(
            names = "--warmup-share",
            paramLabel = "S",
            description = "Share of the highest rate that the warm-up starts from, 0 to 1.")
    private Double warmupShare;

    @Option(
            names = "--final-share",
            paramLabel = "S",
            description = "Share of the highest rate that the cosine ends with, 0 to 1.")
    private Double finalShare;

    @Option(
            names = "--step-epochs",
            paramLabel = "E",
            split = ",",
            description = "Epochs after which the schedule 'step' falls, such as 82,123 (default: half and three"
                    + " quarters of all).")
    private List<Integer> stepEpochs;

    @Option(
            names = "--step-factor",
            paramLabel = "F",
            description = "What the schedule 'step' multiplies the rate with, above 0 to 1.")
    private Double stepFactor;

    @Option(
            names = "--plateau-patience",
            paramLabel = "N",
            description = "Epochs no better on the test pictures after which the rate falls, on top of the schedule; 0"
                    + " for never.")
    private Integer plateauPatience;

    @Option(
            names = "--plateau-factor",
            paramLabel = "F",
            description = "What the rate is multiplied with on a plateau, above 0 to below 1.")
    private Double plateauFactor;

    @Option(
            names = "--early-stopping",
            paramLabel = "N",
            description = "Epochs no better on the test pictures after which training ends; 0 for never.")
    private Integer earlyStopping;

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
            names = "--zero-init-residual",
            negatable = true,
            description = "Start the last gamma of each block as zeros, or do not.")
    private Boolean zeroInitResidual;

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
        return name == null ? OptionalLong.empty() : name.seed();
    }

    /**
     * The recipe that was chosen, with what was given in place of its own numbers.
     *
     * @param usual where none was chosen
     */
    Recipe recipe(RecipeName usual) {
        Recipe base = or(name, usual).recipe();
        return new Recipe(
                base.name(),
                or(epochs, base.epochs()),
                or(batchSize, base.batchSize()),
                optimizer(base.optimizer()),
                schedule(base.schedule()),
                pictures(base.pictures()),
                new NetworkSettings(
                        or(normalizationMomentum, base.network().normalizationMomentum()),
                        or(zeroInitResidual, base.network().zeroInitResidual())),
                new PatienceSettings(
                        or(earlyStopping, base.patience().earlyStoppingPatience()),
                        or(plateauPatience, base.patience().plateauPatience()),
                        or(plateauFactor, base.patience().plateauFactor())),
                or(labelSmoothing, base.labelSmoothing()),
                or(averageMomentum, base.averageMomentum()));
    }

    /** Numbers of one optimizer mean little to another: another one than the recipe's brings its own. */
    private OptimizerSettings optimizer(OptimizerSettings recipes) {
        OptimizerSettings base =
                optimizer == null || optimizer == recipes.kind() ? recipes : OptimizerSettings.usual(optimizer);
        return new OptimizerSettings(
                base.kind(),
                or(learningRate, base.learningRate()),
                or(momentum, base.momentum()),
                or(nesterov, base.nesterov()),
                or(weightDecay, base.weightDecay()),
                or(globalClipnorm, recipes.globalClipnorm()),
                or(gradientAccumulationSteps, recipes.gradientAccumulationSteps()));
    }

    private ScheduleSettings schedule(ScheduleSettings recipes) {
        ScheduleSettings base =
                schedule == null || schedule == recipes.kind() ? recipes : ScheduleSettings.usual(schedule);
        return new ScheduleSettings(
                base.kind(),
                or(warmupEpochs, base.warmupEpochs()),
                or(warmupShare, base.warmupShare()),
                or(finalShare, base.finalShare()),
                or(stepEpochs, base.stepEpochs()),
                or(stepFactor, base.stepFactor()));
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
