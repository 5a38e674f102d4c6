package dev.resnet4j.cli.report;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.duplicates.Duplicate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Test pictures that the model learned from, and how it does without them.
 *
 * @param pairs each such test picture once
 * @param others how many test pictures are no duplicates
 * @param othersRight how many of those were taken for what they are
 */
public record DuplicatePictures(List<Pair> pairs, int others, int othersRight) {
    /** Takes a copy of the list. */
    public DuplicatePictures {
        pairs = List.copyOf(pairs);
    }

    /**
     * What was found. Of several training pictures that are like a test picture, the one most like it counts.
     *
     * @param isRight whether the test picture at a place was taken for what it is
     */
    public static DuplicatePictures of(List<Duplicate> found, Dataset training, Dataset test, IntPredicate isRight) {
        SortedMap<Integer, Duplicate> likest = new TreeMap<>();
        found.forEach(duplicate -> likest.merge(
                duplicate.test(), duplicate, (one, other) -> other.distance() < one.distance() ? other : one));
        int[] others = IntStream.range(0, test.size())
                .filter(place -> !likest.containsKey(place))
                .toArray();
        return new DuplicatePictures(
                likest.values().stream()
                        .map(duplicate -> Pair.of(duplicate, training, test))
                        .toList(),
                others.length,
                (int) IntStream.of(others).filter(isRight).count());
    }

    /**
     * A picture in both data sets.
     *
     * @param places where it stands, and how alike the two are
     * @param training as it is in the training data
     * @param test as it is in the test data
     * @param trainingClass the name of its class there
     * @param testClass the name of its class here
     */
    public record Pair(Duplicate places, Image training, Image test, String trainingClass, String testClass) {
        private static Pair of(Duplicate places, Dataset training, Dataset test) {
            return new Pair(
                    places,
                    training.images().get(places.training()),
                    test.images().get(places.test()),
                    training.classNames().get(training.labels().get(places.training())),
                    test.classNames().get(test.labels().get(places.test())));
        }
    }
}
