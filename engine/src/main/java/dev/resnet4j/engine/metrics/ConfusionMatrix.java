package dev.resnet4j.engine.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How often pictures of each class were taken for each class.
 *
 * @param classNames of the classes, in the order of the network's outputs
 * @param counts {@code counts.get(actual).get(predicted)} pictures: a row for each class, with a column for each
 */
public record ConfusionMatrix(List<String> classNames, List<List<Integer>> counts) {
    /** Takes copies. @throws IllegalArgumentException if the counts are not square or one is below 0 */
    public ConfusionMatrix {
        classNames = List.copyOf(classNames);
        counts = counts.stream().map(List::copyOf).toList();
        int classes = classNames.size();
        if (counts.size() != classes || counts.stream().anyMatch(row -> row.size() != classes)) {
            throw new IllegalArgumentException("a confusion matrix of " + classes + " classes has " + classes
                    + " rows of " + classes + " counts, got " + counts);
        }
        if (counts.stream().flatMap(List::stream).anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException("a count is below 0: " + counts);
        }
    }

    /**
     * Counts answers.
     *
     * @param actual the class of each picture, an index into {@code classNames}
     * @param predicted what each picture was taken for, an index into {@code classNames}
     * @throws IllegalArgumentException if there are not as many predictions as labels
     * @throws IndexOutOfBoundsException if an index names no class
     */
    public static ConfusionMatrix of(List<String> classNames, List<Integer> actual, List<Integer> predicted) {
        if (actual.size() != predicted.size()) {
            throw new IllegalArgumentException(actual.size() + " labels but " + predicted.size() + " predictions");
        }
        int classes = classNames.size();
        List<List<Integer>> counts = IntStream.range(0, classes)
                .<List<Integer>>mapToObj(row -> new ArrayList<>(Collections.nCopies(classes, 0)))
                .toList();
        for (int index = 0; index < actual.size(); index++) {
            List<Integer> row = counts.get(actual.get(index));
            row.set(predicted.get(index), row.get(predicted.get(index)) + 1);
        }
        return new ConfusionMatrix(classNames, counts);
    }

    /** The number of classes. */
    public int classes() {
        return classNames.size();
    }

    /** How many pictures of class {@code actual} were taken for class {@code predicted}. */
    public int count(int actual, int predicted) {
        return counts.get(actual).get(predicted);
    }

    /** How many pictures are of a class. */
    public int actual(int classIndex) {
        return counts.get(classIndex).stream().mapToInt(Integer::intValue).sum();
    }

    /** How many pictures were taken for a class. */
    public int predicted(int classIndex) {
        return counts.stream().mapToInt(row -> row.get(classIndex)).sum();
    }

    /** How many pictures there are. */
    public int samples() {
        return IntStream.range(0, classes()).map(this::actual).sum();
    }

    /** How many pictures were taken for what they are. */
    public int correct() {
        return IntStream.range(0, classes()).map(index -> count(index, index)).sum();
    }

    /** Share of the pictures that were taken for what they are, in [0, 1]; not a number where there is none. */
    public double accuracy() {
        return (double) correct() / samples();
    }

    /** Precision, recall and F1 of each class, in the order of the classes. */
    public List<ClassScores> classScores() {
        return IntStream.range(0, classes()).mapToObj(this::scores).toList();
    }

    private ClassScores scores(int index) {
        return ClassScores.of(count(index, index), actual(index), predicted(index));
    }

    /**
     * The unweighted mean of each score over the classes, with the number of all pictures. As in scikit-learn, a class
     * counts where a picture is of it or was taken for it.
     */
    public ClassScores macroMean() {
        List<ClassScores> met = IntStream.range(0, classes())
                .filter(index -> actual(index) + predicted(index) > 0)
                .mapToObj(this::scores)
                .toList();
        return new ClassScores(
                samples(),
                mean(met, ClassScores::precision),
                mean(met, ClassScores::recall),
                mean(met, ClassScores::f1));
    }

    private static double mean(List<ClassScores> classes, ToDoubleFunction<ClassScores> score) {
        return classes.stream().mapToDouble(score).average().orElse(0);
    }
}
