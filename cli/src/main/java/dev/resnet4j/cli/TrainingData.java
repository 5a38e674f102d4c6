package dev.resnet4j.cli;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.DatasetOptions;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.LoadedDataset;
import dev.resnet4j.data.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pictures of a run.
 *
 * @param training to learn from
 * @param test to judge by, of the same size and classes
 * @param notes what the person should know of them, one line each
 */
record TrainingData(Dataset training, Dataset test, List<String> notes) {
    /** The part of the training pictures that is kept apart where no test pictures are given. */
    static final double KEPT_APART = 0.1;

    /**
     * @throws dev.resnet4j.data.DataException if the data cannot be used
     * @throws CommandException if the training pictures are of other classes than a trained head that is kept
     */
    static TrainingData open(RunSettings settings) {
        Optional<TransferSettings> transfer = Optional.ofNullable(settings.transfer());
        List<String> classes = transfer.map(TransferSettings::classesOfNewHead).orElse(List.of());
        DatasetOptions options =
                new DatasetOptions(Optional.ofNullable(settings.imageSize()), settings.strict(), classes);
        LoadedDataset loaded = PictureSource.training(settings.data(), options);
        Dataset own = limited(loaded.dataset(), settings);
        Dataset training = transfer.map(kept -> kept.inOrderOfKeptHead(own)).orElse(own);
        requireSeveralClasses(training, settings.data());
        List<String> notes = new ArrayList<>(loaded.notes());

        Optional<String> testSource = testSource(settings);
        if (testSource.isEmpty()) {
            Split split = Split.stratified(training, KEPT_APART, settings.seed());
            return new TrainingData(split.training(), split.heldOut(), notes);
        }
        DatasetOptions likeTraining = options.withImageSize(new ImageSize(training.height(), training.width()))
                .withClassNames(training.classNames());
        LoadedDataset test = PictureSource.test(testSource.get(), likeTraining);
        notes.addAll(test.notes());
        return new TrainingData(training, limited(test.dataset(), settings), notes);
    }

    /** @throws CommandException if there is nothing to tell apart */
    static void requireSeveralClasses(Dataset training, String source) {
        if (training.classes() < 2) {
            throw new CommandException("the pictures of " + source + " are all of one class, "
                    + training.classNames() + ": a classifier needs two at least; a folder of pictures has one folder a"
                    + " class");
        }
    }

    private static Optional<String> testSource(RunSettings settings) {
        if (settings.test() == null && PictureSource.isSigns(settings.data())) {
            return Optional.of(PictureSource.SIGNS);
        }
        return Optional.ofNullable(settings.test());
    }

    private static Dataset limited(Dataset dataset, RunSettings settings) {
        return settings.limit() == null ? dataset : dataset.take(settings.limit());
    }
}
