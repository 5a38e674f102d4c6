package dev.resnet4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;

/** Reads a data set of any supported kind, told from what is there. */
public final class Datasets {
    private static final String KINDS = "an HDF5 file (.h5, .hdf5), a CSV file with the columns path and label (.csv),"
            + " CIFAR-10's binary files (.bin), or a folder with one folder a class";

    private Datasets() {}

    /**
     * Reads the data set at a place.
     *
     * @param location the path of an HDF5 file ({@link Hdf5Dataset}), a CSV file ({@link CsvManifest}), a CIFAR-10 file
     *     or a folder of them ({@link Cifar10}), or a folder with one folder a class ({@link ImageFolder})
     * @throws DataException if there is nothing, if it is of another kind, or as those readers do
     */
    public static LoadedDataset open(String location, DatasetOptions options) {
        Path path = pathOf(location);
        LoadedDataset loaded = Files.isDirectory(path) ? openFolder(path, options) : openFile(path, options);
        Dataset dataset = loaded.dataset();
        if (!options.classNames().isEmpty()) {
            dataset = inClassOrder(dataset, options.classNames(), location);
        }
        if (options.imageSize().isPresent()) {
            dataset = TensorFlowResize.bilinear(dataset, options.imageSize().get());
        }
        List<String> notes = new ArrayList<>(loaded.notes());
        notes.addAll(emptyClasses(dataset));
        return new LoadedDataset(dataset, notes);
    }

    private static Path pathOf(String location) {
        try {
            Path path = Path.of(location);
            if (location.isBlank() || !Files.exists(path)) {
                throw new DataException("there is no file or folder '" + location + "': give " + KINDS);
            }
            return path;
        } catch (InvalidPathException invalid) {
            throw new DataException(
                    "'" + location + "' is not a path (" + invalid.getReason() + "): give " + KINDS, invalid);
        }
    }

    private static LoadedDataset openFolder(Path folder, DatasetOptions options) {
        try {
            return !ImageFolder.hasClassFolders(folder) && Cifar10.isFolderOfBatches(folder)
                    ? Cifar10.read(folder)
                    : ImageFolder.read(folder, options);
        } catch (IOException problem) {
            throw new DataException(folder + " cannot be read: " + SourceFiles.reason(problem), problem);
        }
    }

    private static LoadedDataset openFile(Path file, DatasetOptions options) {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "h5", "hdf5" -> new LoadedDataset(Hdf5Dataset.read(file, options.classNames()), List.of());
            case "csv" -> CsvManifest.read(file, options);
            case "bin" -> Cifar10.read(file);
            default -> throw new DataException(file + " is of an unknown kind: give " + KINDS);
        };
    }

    private static Dataset inClassOrder(Dataset dataset, List<String> classNames, String location) {
        try {
            return dataset.inClassOrder(classNames);
        } catch (DataException unknown) {
            throw new DataException(location + ": " + unknown.getMessage(), unknown);
        }
    }

    private static List<String> emptyClasses(Dataset dataset) {
        List<String> empty = new ArrayList<>(dataset.classNames());
        new HashSet<>(dataset.labels())
                .forEach(label -> empty.remove(dataset.classNames().get(label)));
        return empty.isEmpty() ? List.of() : List.of("classes without a picture: " + String.join(", ", empty));
    }
}
