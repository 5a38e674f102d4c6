package dev.resnet4j.engine.recipe;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.engine.FitOptions;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import dev.resnet4j.model.training.LearningRate;
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
 * @param network what is changed in the network before it is trained
 * @param patience what is done where training gets no better
 * @param labelSmoothing how much of each label is spread over all classes, in [0, 1]
 * @param averageMomentum of the exponential moving average of the weights that is used once training is done, in [0, 1);
 *     0 for none
 */
public record Recipe(
        String name,
        int epochs,
        int batchSize,
        OptimizerSettings optimizer,
        ScheduleSettings schedule,
        PictureSettings pictures,
        NetworkSettings network,
        PatienceSettings patience,
        double labelSmoothing,
        double averageMomentum) {
    /** @throws IllegalArgumentException if a number is out of range; @throws NullPointerException if a part is missing */
    public Recipe {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(optimizer, "optimizer");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(pictures, "pictures");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(patience, "patience");
        if (epochs < 1 || batchSize < 1) {
            throw new IllegalArgumentException(
                    "epochs and batch size must be at least 1, but were " + epochs + " and " + batchSize);
        }
        if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
            throw new IllegalArgumentException(
                    "the label smoothing must be between 0 and 1, but was " + labelSmoothing);
        }
        if (!(averageMomentum >= 0 && averageMomentum < 1)) {
            throw new IllegalArgumentException(
                    "the momentum of the weights' average must be at least 0 and below 1, but was " + averageMomentum);
        }
    }

    /** The network as the recipe trains it. */
    public Network prepare(Network plain) {
        return network.prepare(plain);
    }

    /**
     * What the model is compiled with.
     *
     * @param trainingPictures how many pictures an epoch has, at least 1: the schedule goes over the steps
     */
    public Compilation compilation(int trainingPictures) {
        LearningRate rate = schedule.of(optimizer.learningRate(), epochs, stepsPerEpoch(trainingPictures));
        Compilation compilation = new Compilation(optimizer.at(rate), new Loss(labelSmoothing))
                .withGradientAccumulationSteps(optimizer.gradientAccumulationSteps());
        Compilation clipped = optimizer.globalClipnorm() == 0
                ? compilation
                : compilation.withGlobalClipnorm(optimizer.globalClipnorm());
        return averageMomentum == 0
                ? clipped
                : clipped.withAverage(new ExponentialMovingAverage(averageMomentum, true));
    }

    /** The optimizer's steps: some batches each, and at an epoch's end what is left. */
    private int stepsPerEpoch(int trainingPictures) {
        int batches = (trainingPictures - 1) / batchSize + 1;
        return (batches - 1) / optimizer.gradientAccumulationSteps() + 1;
    }

    /**
     * How the model is fitted; with a seed drawn by chance, unless another is given. A recipe with patience needs
     * {@link FitOptions#withValidation}, too.
     *
     * @param training the pictures to learn from: the weights of their classes may depend on them
     */
    public FitOptions fitOptions(Dataset training) {
        return patience.of(FitOptions.epochs(epochs)
                .withBatchSize(batchSize)
                .withSampling(pictures.sampling())
                .withAugmentation(pictures.augmentation())
                .withMixing(pictures.mixing())
                .withClassWeights(pictures.classWeights().of(training)));
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
                network,
                patience,
                labelSmoothing,
                averageMomentum);
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
                network,
                patience,
                labelSmoothing,
                averageMomentum);
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
                network,
                patience,
                labelSmoothing,
                averageMomentum);
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
                network,
                patience,
                labelSmoothing,
                averageMomentum);
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
                network,
                patience,
                labelSmoothing,
                averageMomentum);
    }

    /** With other changes of the network. */
    public Recipe withNetwork(NetworkSettings newNetwork) {
        return new Recipe(
                name,
                epochs,
                batchSize,
                optimizer,
                schedule,
                pictures,
                newNetwork,
                patience,
                labelSmoothing,
                averageMomentum);
    }

    /** With something else done where training gets no better. */
    public Recipe withPatience(PatienceSettings newPatience) {
        return new Recipe(
                name,
                epochs,
                batchSize,
                optimizer,
                schedule,
                pictures,
                network,
                newPatience,
                labelSmoothing,
                averageMomentum);
    }
}
