package dev.resnet4j.cli.report;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
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
     * What was found.
     *
     * @param found each test picture at most once
     * @param isRight whether the test picture at a place was taken for what it is
     */
    public static DuplicatePictures of(List<Places> found, Dataset training, Dataset test, IntPredicate isRight) {
        Set<Integer> leaked = found.stream().map(Places::test).collect(Collectors.toSet());
        int[] others = IntStream.range(0, test.size())
                .filter(place -> !leaked.contains(place))
                .toArray();
        return new DuplicatePictures(
                found.stream().map(places -> Pair.of(places, training, test)).toList(), others.length, (int)
                        IntStream.of(others).filter(isRight).count());
    }

    /**
     * Where the same picture stands.
     *
     * @param training place in the training data, from 0
     * @param test place in the test data, from 0
     */
    public record Places(int training, int test) {}

    /**
     * A picture in both data sets.
     *
     * @param places where it stands
     * @param training as it is in the training data
     * @param test as it is in the test data
     * @param trainingClass the name of its class there
     * @param testClass the name of its class here
     */
    public record Pair(Places places, Image training, Image test, String trainingClass, String testClass) {
        private static Pair of(Places places, Dataset training, Dataset test) {
            return new Pair(
                    places,
                    training.images().get(places.training()),
                    test.images().get(places.test()),
                    training.classNames().get(training.labels().get(places.training())),
                    test.classNames().get(test.labels().get(places.test())));
        }
    }
}
