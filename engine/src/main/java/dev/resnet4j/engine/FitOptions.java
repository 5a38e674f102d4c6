package dev.resnet4j.engine;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.data.batch.Mixing;
import dev.resnet4j.data.batch.Sampling;
import dev.resnet4j.model.training.EarlyStopping;
import dev.resnet4j.model.training.ReduceOnPlateau;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * How {@link Model#fit} trains. {@code FitOptions.epochs(2).withBatchSize(32)} is the tutorial's. What the steps do is
 * said to {@link Model#compile}.
 *
 * <p>Immutable: each {@code with} gives other options and leaves these as they are.
 */
public final class FitOptions {
    // Set once, by the methods that make an object before they hand it out.
    private int epochs;
    private int batchSize = 32;
    private Optional<Dataset> validation = Optional.empty();
    private long seed;
    private Preprocessing preprocessing = Preprocessing.UNIT;
    private Sampling sampling = Sampling.EVERY_PICTURE;
    private Augmentation augmentation = Augmentation.NONE;
    private Mixing mixing = Mixing.NONE;
    private List<Double> classWeights = List.of();
    private Precision precision = Precision.FP32;
    private Optional<EarlyStopping> earlyStopping = Optional.empty();
    private Optional<ReduceOnPlateau> reduceOnPlateau = Optional.empty();
    private List<TrainingListener> listeners = List.of();
    private BooleanSupplier stopRequested = () -> false;
    private boolean resume;

    private FitOptions(int epochs, long seed) {
        this.epochs = epochs;
        this.seed = seed;
    }

    private FitOptions(FitOptions other) {
        epochs = other.epochs;
        batchSize = other.batchSize;
        validation = other.validation;
        seed = other.seed;
        preprocessing = other.preprocessing;
        sampling = other.sampling;
        augmentation = other.augmentation;
        mixing = other.mixing;
        classWeights = other.classWeights;
        precision = other.precision;
        earlyStopping = other.earlyStopping;
        reduceOnPlateau = other.reduceOnPlateau;
        listeners = other.listeners;
        stopRequested = other.stopRequested;
        resume = other.resume;
    }

    /**
     * So many epochs in Keras's default batches of 32, a random seed, pixels from 0 to 1, 32-bit numbers.
     *
     * @throws IllegalArgumentException if there is not at least one
     */
    public static FitOptions epochs(int epochs) {
        requireAnEpoch(epochs);
        return new FitOptions(epochs, ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
    }

    private static void requireAnEpoch(int epochs) {
        if (epochs < 1) {
            throw new IllegalArgumentException("training needs at least one epoch, got " + epochs);
        }
    }

    /** The number of the last epoch: how often every picture is seen in all, at least 1. */
    public int epochs() {
        return epochs;
    }

    /**
     * With another number of the last epoch.
     *
     * @throws IllegalArgumentException if there is not at least one
     */
    public FitOptions withEpochs(int newEpochs) {
        requireAnEpoch(newEpochs);
        FitOptions copy = new FitOptions(this);
        copy.epochs = newEpochs;
        return copy;
    }

    /** Pictures a batch, at least 1; an epoch's last batch may be smaller. */
    public int batchSize() {
        return batchSize;
    }

    /**
     * With so many pictures a batch.
     *
     * @throws IllegalArgumentException if there is not at least one
     */
    public FitOptions withBatchSize(int newBatchSize) {
        if (newBatchSize < 1) {
            throw new IllegalArgumentException("a batch needs at least one picture, got " + newBatchSize);
        }
        FitOptions copy = new FitOptions(this);
        copy.batchSize = newBatchSize;
        return copy;
    }

    /** What is judged after each epoch, where given. */
    public Optional<Dataset> validation() {
        return validation;
    }

    /** With these pictures judged after each epoch. */
    public FitOptions withValidation(Dataset newValidation) {
        FitOptions copy = new FitOptions(this);
        copy.validation = Optional.of(newValidation);
        return copy;
    }

    /** Without pictures to judge by, and without what goes by them: early stopping and reduction on a plateau. */
    public FitOptions withoutValidation() {
        FitOptions copy = new FitOptions(this);
        copy.validation = Optional.empty();
        copy.earlyStopping = Optional.empty();
        copy.reduceOnPlateau = Optional.empty();
        return copy;
    }

    /** Of the pictures' order, their augmentation and dropout. */
    public long seed() {
        return seed;
    }

    /** With this seed. */
    public FitOptions withSeed(long newSeed) {
        FitOptions copy = new FitOptions(this);
        copy.seed = newSeed;
        return copy;
    }

    /** How pixels become numbers; the model keeps it. */
    public Preprocessing preprocessing() {
        return preprocessing;
    }

    /** With pixels made numbers in this way. */
    public FitOptions withPreprocessing(Preprocessing newPreprocessing) {
        FitOptions copy = new FitOptions(this);
        copy.preprocessing = newPreprocessing;
        return copy;
    }

    /** Which training pictures an epoch sees. */
    public Sampling sampling() {
        return sampling;
    }

    /** With the training pictures of an epoch drawn in this way. */
    public FitOptions withSampling(Sampling newSampling) {
        FitOptions copy = new FitOptions(this);
        copy.sampling = newSampling;
        return copy;
    }

    /** Random changes of the training pictures. */
    public Augmentation augmentation() {
        return augmentation;
    }

    /** With these random changes of the training pictures. */
    public FitOptions withAugmentation(Augmentation newAugmentation) {
        FitOptions copy = new FitOptions(this);
        copy.augmentation = newAugmentation;
        return copy;
    }

    /** How the training pictures of a batch are mixed with each other. */
    public Mixing mixing() {
        return mixing;
    }

    /** With the training pictures of each batch mixed in this way. The training's accuracy counts their larger label. */
    public FitOptions withMixing(Mixing newMixing) {
        FitOptions copy = new FitOptions(this);
        copy.mixing = newMixing;
        return copy;
    }

    /** How much the loss of each class's pictures counts, in the classes' order; empty where all count 1. */
    public List<Double> classWeights() {
        return classWeights;
    }

    /**
     * With the loss of each class's pictures counting so much, as Keras's {@code class_weight}: the loss of a picture is
     * multiplied with its class's weight, and the mean is over the number of pictures. A picture of several classes has
     * the mean of their weights, by their shares. The training's loss is told so; accuracy and validation know no
     * weights.
     *
     * @param newClassWeights one for each class, finite and at least 0; or none at all
     * @see ClassWeights#balanced
     * @throws IllegalArgumentException if a weight is out of range
     */
    public FitOptions withClassWeights(List<Double> newClassWeights) {
        ClassWeights.requireInRange(newClassWeights);
        FitOptions copy = new FitOptions(this);
        copy.classWeights = List.copyOf(newClassWeights);
        return copy;
    }

    /** Of the convolutions. */
    public Precision precision() {
        return precision;
    }

    /**
     * With convolutions in these numbers.
     *
     * @throws IllegalArgumentException if it is int8, in which gradients are lost
     */
    public FitOptions withPrecision(Precision newPrecision) {
        if (newPrecision == Precision.INT8) {
            throw new IllegalArgumentException(
                    "int8 is for prediction and evaluation, since gradients are lost in it: train in fp32 or bf16");
        }
        FitOptions copy = new FitOptions(this);
        copy.precision = newPrecision;
        return copy;
    }

    /** When training ends before its last epoch, where it may. */
    public Optional<EarlyStopping> earlyStopping() {
        return earlyStopping;
    }

    /** Ending before the last epoch where the validation pictures are judged no better; needs some. */
    public FitOptions withEarlyStopping(EarlyStopping newEarlyStopping) {
        FitOptions copy = new FitOptions(this);
        copy.earlyStopping = Optional.of(newEarlyStopping);
        return copy;
    }

    /** When the learning rate falls below its schedule, where it may. */
    public Optional<ReduceOnPlateau> reduceOnPlateau() {
        return reduceOnPlateau;
    }

    /** With the learning rate reduced where the validation pictures are judged no better; needs some. */
    public FitOptions withReduceOnPlateau(ReduceOnPlateau newReduceOnPlateau) {
        FitOptions copy = new FitOptions(this);
        copy.reduceOnPlateau = Optional.of(newReduceOnPlateau);
        return copy;
    }

    /** Told of each moment, in order. */
    public List<TrainingListener> listeners() {
        return listeners;
    }

    /** With one listener more. */
    public FitOptions withListener(TrainingListener listener) {
        FitOptions copy = new FitOptions(this);
        copy.listeners = Stream.concat(listeners.stream(), Stream.of(listener)).toList();
        return copy;
    }

    /** Asked after each step; training stops when it says true. */
    public BooleanSupplier stopRequested() {
        return stopRequested;
    }

    /** With a question asked after each step; training stops when it says true. */
    public FitOptions withStopRequested(BooleanSupplier newStopRequested) {
        FitOptions copy = new FitOptions(this);
        copy.stopRequested = newStopRequested;
        return copy;
    }

    /** Whether to go on where the model's training stopped, instead of starting with epoch 1. */
    public boolean resume() {
        return resume;
    }

    /** Going on where the model's training stopped, or starting with epoch 1. */
    public FitOptions withResume(boolean newResume) {
        FitOptions copy = new FitOptions(this);
        copy.resume = newResume;
        return copy;
    }
}
