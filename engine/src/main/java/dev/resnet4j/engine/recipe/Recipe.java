package dev.resnet4j.engine.recipe;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.engine.FitOptions;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import dev.resnet4j.model.training.Loss;
import java.util.Objects;

/**
 * A way to train: all the numbers that decide how a network learns. {@link Recipes} has those that are known to work;
 * {@code with...} gives a part anew.
 *
 * <pre>{@code
 * Recipe recipe = Recipes.DEFAULT.withEpochs(20);
 * try (Model model = Model.of(recipe.prepare(network))) {
 *     model.compile(recipe.compilation(training.size()));
 *     model.fit(training, recipe.fitOptions(training));
 * }
 * }</pre>
 *
 * @param name the word for it
 * @param epochs how often every picture is seen, at least 1
 * @param batchSize pictures a step, at least 1
 * @param optimizer how gradients change weights
 * @param schedule how the learning rate goes over the epochs
 * @param pictures what is done with the training pictures
 * @param labelSmoothing how much of each label is spread over all classes, in [0, 1]
 * @param averageMomentum of the exponential moving average of the weights that is used once training is done, in [0, 1);
 *     0 for none
 * @param normalizationMomentum of batch normalisation's moving statistics, in [0, 1]
 */
public record Recipe(
        String name,
        int epochs,
        int batchSize,
        OptimizerSettings optimizer,
        ScheduleSettings schedule,
        PictureSettings pictures,
        double labelSmoothing,
        double averageMomentum,
        double normalizationMomentum) {
    /** @throws IllegalArgumentException if a number is out of range; @throws NullPointerException if a part is missing */
    public Recipe {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(pictures, "pictures");
        if (epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "epochs and batch size must be at least 1, but were " + epochs + " and " + batchSize);
        }
        requireShare("the label smoothing", labelSmoothing);
        requireShare("the momentum of the weights' average", averageMomentum);
        requireShare("the momentum of batch normalisation", normalizationMomentum);
    }

    private static void requireShare(String what, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(what + " must be between 0 and 1, but was " + value);
        }
    }

    /** The network as the recipe trains it: with its own momentum of batch normalisation. */
    public Network prepare(Network network) {
        return network.withLayers(layer -> layer instanceof BatchNormalization normalization
                ? normalization.withMomentum(normalizationMomentum)
                : layer);
    }

    /**
     * What the model is compiled with.
     *
     * @param trainingPictures how many pictures an epoch has, at least 1: the schedule goes over the steps
     */
    public Compilation compilation(int trainingPictures) {
        int stepsPerEpoch = (trainingPictures - 1) / batchSize + 1;
        Compilation compilation = new Compilation(
                optimizer.at(schedule.of(optimizer.learningRate(), epochs, stepsPerEpoch)), new Loss(labelSmoothing));
        return averageMomentum == 0
                ? compilation
                : compilation.withAverage(new ExponentialMovingAverage(averageMomentum, true));
    }

    /**
     * How the model is fitted; with a seed drawn by chance, unless another is given.
     *
     * @param training the pictures to learn from: the weights of their classes may depend on them
     */
    public FitOptions fitOptions(Dataset training) {
        return FitOptions.epochs(epochs)
                .withBatchSize(batchSize)
                .withSampling(pictures.sampling())
                .withAugmentation(pictures.augmentation())
                .withMixing(pictures.mixing())
                .withClassWeights(pictures.classWeights().of(training));
    }

    /** With another number of epochs; the schedule goes over them. */
    public Recipe withEpochs(int newEpochs) {
        return new Recipe(
                name,
                newEpochs,
                batchSize,
                optimizer,
                schedule,
                pictures,
                labelSmoothing,
                averageMomentum,
                normalizationMomentum);
    }

    /** With so many pictures a step. */
    public Recipe withBatchSize(int newBatchSize) {
        return new Recipe(
                name,
                epochs,
                newBatchSize,
                optimizer,
                schedule,
                pictures,
                labelSmoothing,
                averageMomentum,
                normalizationMomentum);
    }

    /** With another optimizer. */
    public Recipe withOptimizer(OptimizerSettings newOptimizer) {
        return new Recipe(
                name,
                epochs,
                batchSize,
                newOptimizer,
                schedule,
                pictures,
                labelSmoothing,
                averageMomentum,
                normalizationMomentum);
    }

    /** With another course of the learning rate. */
    public Recipe withSchedule(ScheduleSettings newSchedule) {
        return new Recipe(
                name,
                epochs,
                batchSize,
                optimizer,
                newSchedule,
                pictures,
                labelSmoothing,
                averageMomentum,
                normalizationMomentum);
    }

    /** With something else done with the training pictures. */
    public Recipe withPictures(PictureSettings newPictures) {
        return new Recipe(
                name,
                epochs,
                batchSize,
                optimizer,
                schedule,
                newPictures,
                labelSmoothing,
                averageMomentum,
                normalizationMomentum);
    }
}
