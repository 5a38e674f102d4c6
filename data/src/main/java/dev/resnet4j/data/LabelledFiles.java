package dev.resnet4j.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Picture files with their classes, before they are decoded.
 *
 * @param files the files, in the data set's order
 * @param classNames the classes' names
 */
record LabelledFiles(List<LabelledFile> files, List<String> classNames) {
    private static final ImageSize SIZE_WHERE_MIXED = new ImageSize(64, 64);
    private static final int CHANNELS = 3;
    private static final int PROBLEMS_NAMED = 20;

    /**
     * Decodes the pictures, on all cores, and brings them to one size.
     *
     * @throws DataException if a class has no readable picture, if the pictures do not fit in memory, or, where the
     *     options are strict, if one cannot be decoded
     */
    LoadedDataset load(DatasetOptions options) {
        List<String> notes = new ArrayList<>();
        ImageSize size = options.imageSize().orElseGet(() -> commonSize(notes));
        MemoryBudget.requirePictures(files.size(), size, CHANNELS);
        List<Decoded> decoded =
                files.parallelStream().map(file -> decode(file, size)).toList();
        List<DataException> problems =
                decoded.stream().map(Decoded::problem).filter(Objects::nonNull).toList();
        if (options.strict() && !problems.isEmpty()) {
            throw problems.get(0);
        }
        notes.addAll(describe(problems));
        List<Decoded> readable =
                decoded.stream().filter(result -> result.problem() == null).toList();
        requireReadablePictures(decoded);
        return new LoadedDataset(
                new Dataset(
                        readable.stream().map(Decoded::image).toList(),
                        readable.stream().map(result -> result.file().label()).toList(),
                        classNames),
                notes);
    }

    private ImageSize commonSize(List<String> notes) {
        List<ImageSize> sizes = files.parallelStream()
                .map(LabelledFiles::sizeIfReadable)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
        if (sizes.size() > 1) {
            notes.add("the pictures are of " + sizes.size() + " sizes, such as " + sizes.get(0) + " and " + sizes.get(1)
                    + ": all were brought to " + SIZE_WHERE_MIXED + "; choose an image size for another");
        }
        return sizes.size() == 1 ? sizes.get(0) : SIZE_WHERE_MIXED;
    }

    private static Optional<ImageSize> sizeIfReadable(LabelledFile file) {
        try {
            return Optional.of(ImageFiles.sizeOf(file.path()));
        } catch (DataException unreadable) {
            return Optional.empty(); // Decoding says why.
        }
    }

    private static Decoded decode(LabelledFile file, ImageSize size) {
        try {
            return new Decoded(file, TensorFlowResize.bilinear(ImageFiles.read(file.path()), size), null);
        } catch (DataException problem) {
            return new Decoded(file, null, new DataException(file.origin() + problem.getMessage(), problem));
        }
    }

    private static List<String> describe(List<DataException> problems) {
        List<String> notes = new ArrayList<>();
        if (!problems.isEmpty()) {
            notes.add("pictures skipped because they cannot be read: " + problems.size()
                    + " (strict makes this an error)");
        }
        problems.stream().limit(PROBLEMS_NAMED).map(Throwable::getMessage).forEach(notes::add);
        if (problems.size() > PROBLEMS_NAMED) {
            notes.add("... and " + (problems.size() - PROBLEMS_NAMED) + " more");
        }
        return notes;
    }

    private void requireReadablePictures(List<Decoded> decoded) {
        BitSet seen = new BitSet();
        decoded.stream()
                .filter(result -> result.problem() == null)
                .forEach(result -> seen.set(result.file().label()));
        int missing = seen.nextClearBit(0);
        if (missing < classNames.size()) {
            String reason = decoded.stream()
                    .filter(result -> result.file().label() == missing)
                    .map(result -> result.problem().getMessage())
                    .findFirst()
                    .orElse("it has none");
            throw new DataException(
                    "class '" + classNames.get(missing) + "' has no picture that can be read: " + reason);
        }
    }

    /**
     * A picture file.
     *
     * @param path where it is
     * @param label its class
     * @param origin what stands before messages about it, such as the manifest's line; may be empty
     */
    record LabelledFile(Path path, int label, String origin) {}

    /** A picture, or why there is none. */
    private record Decoded(LabelledFile file, Image image, DataException problem) {}
}
