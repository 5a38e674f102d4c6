package dev.resnet4j.cli;

import dev.resnet4j.data.DataException;
import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.DatasetOptions;
import dev.resnet4j.data.Datasets;
import dev.resnet4j.data.LoadedDataset;
import dev.resnet4j.data.TensorFlowResize;
import dev.resnet4j.data.signs.Signs;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Opens what {@code --data} and {@code --test} name: the built-in pictures or files. */
final class PictureSource {
    /** The name of the built-in pictures; a folder of this name is given as {@code ./signs}. */
    static final String SIGNS = "signs";

    /** What kinds of data there are, for the options' help. */
    static final String KINDS = "'signs' (hand signs that the program draws), an HDF5 file in the tutorial's layout, a"
            + " folder with one folder a class, a CSV file with the columns path and label, or CIFAR-10's binary files";

    /** The built-in pictures are the same in every run, whatever its seed. */
    private static final long SIGNS_SEED = 0;

    private PictureSource() {}

    /** The pictures to learn from. */
    static LoadedDataset training(String source, DatasetOptions options) {
        return isSigns(source) ? fitted(Signs.trainingSet(SIGNS_SEED), options) : Datasets.open(source, options);
    }

    /** The pictures to judge by. */
    static LoadedDataset test(String source, DatasetOptions options) {
        return isSigns(source) ? fitted(Signs.testSet(SIGNS_SEED), options) : Datasets.open(source, options);
    }

    /** Whether the built-in pictures are meant. */
    static boolean isSigns(String source) {
        return source.equals(SIGNS);
    }

    /** The source as it can be opened from any folder. */
    static String independentOfFolder(String source) {
        if (isSigns(source)) {
            return source;
        }
        if (source.isBlank()) {
            throw new DataException("no data is named: the name is empty; give 'signs', a file or a folder");
        }
        try {
            return Path.of(source).toAbsolutePath().normalize().toString();
        } catch (InvalidPathException e) {
            throw new DataException("'" + source + "' is no path: " + e.getReason(), e);
        }
    }

    private static LoadedDataset fitted(Dataset signs, DatasetOptions options) {
        Dataset dataset = options.classNames().isEmpty() ? signs : signs.inClassOrder(options.classNames());
        if (options.imageSize().isPresent()) {
            dataset = TensorFlowResize.bilinear(dataset, options.imageSize().get());
        }
        return new LoadedDataset(dataset, List.of());
    }
}
