package dev.resnet4j.engine;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a model says of one picture.
 *
 * @param probabilities of each class, in the order of the network's outputs; they add up to 1
 * @param classNames the classes' names, one for each probability
 */
public record Prediction(List<Float> probabilities, List<String> classNames) {
    /** @throws IllegalArgumentException if there are not as many names as probabilities */
    public Prediction {
        probabilities = List.copyOf(probabilities);
        classNames = List.copyOf(classNames);
        if (probabilities.size() != classNames.size()) {
            throw new IllegalArgumentException(
                    probabilities.size() + " probabilities but " + classNames.size() + " class names");
        }
    }

    /** The most probable class, as an index from 0. */
    public int classIndex() {
        return ranking().get(0);
    }

    /** The name of the most probable class. */
    public String className() {
        return classNames.get(classIndex());
    }

    /** The probability of the most probable class, in [0, 1]. */
    public float probability() {
        return probabilities.get(classIndex());
    }

    /** The classes from the most to the least probable, equal ones in the order of the outputs, as indices from 0. */
    public List<Integer> ranking() {
        return IntStream.range(0, probabilities.size())
                .boxed()
                .sorted(Comparator.comparing(probabilities::get).reversed())
                .toList();
    }

    /**
     * The most probable classes, the most probable first, equal ones in the order of the outputs: Keras's
     * {@code decode_predictions}.
     *
     * @param count how many, at least 1; all, where there are fewer
     * @throws IllegalArgumentException if {@code count} is below 1
     */
    public List<ClassProbability> top(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one class must be asked for, got " + count);
        }
        return ranking().stream()
                .limit(count)
                .map(index -> new ClassProbability(index, classNames.get(index), probabilities.get(index)))
                .toList();
    }
}
