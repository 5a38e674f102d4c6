package dev.resnet4j.cli;

import dev.resnet4j.cli.report.DuplicatePictures.Places;
import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.duplicates.Duplicate;
import dev.resnet4j.data.duplicates.Duplicates;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds test pictures that stand in the training data, too. */
final class SamePictures {
    private SamePictures() {}

    /**
     * Where the same pictures are, in the order of the test pictures.
     *
     * @param test each of its pictures is named once at most, with the training picture that is nearest
     */
    static List<Places> between(Dataset training, Dataset test) {
        Map<Integer, Duplicate> nearest = new TreeMap<>();
        for (Duplicate duplicate : Duplicates.between(training, test)) {
            nearest.merge(
                    duplicate.test(),
                    duplicate,
                    (before, other) -> other.distance() < before.distance() ? other : before);
        }
        return nearest.values().stream()
                .map(duplicate -> new Places(duplicate.training(), duplicate.test()))
                .toList();
    }
}
