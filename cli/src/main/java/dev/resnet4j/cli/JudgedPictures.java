package dev.resnet4j.cli;

import dev.resnet4j.cli.report.Mistake;
import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.engine.Prediction;
import dev.resnet4j.engine.metrics.Calibration;
import dev.resnet4j.engine.metrics.ConfusionMatrix;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * Labelled pictures and what a model says of them.
 *
 * @param pictures in their own order
 * @param predictions one for each picture
 */
record JudgedPictures(Dataset pictures, List<Prediction> predictions) {
    /** Keras's smallest probability of a right class: the loss stays finite. */
    private static final double SMALLEST = 1e-7;

    /** How far the probabilities of a class may be from adding up to 1, for rounding. */
    private static final double ROUNDING = 1e-3;

    /** @throws CommandException if the predictions are no probabilities */
    JudgedPictures {
        predictions = List.copyOf(predictions);
        predictions.forEach(JudgedPictures::requireProbabilities);
    }

    private static void requireProbabilities(Prediction prediction) {
        double sum = prediction.probabilities().stream()
                .mapToDouble(Float::doubleValue)
                .sum();
        boolean inRange = prediction.probabilities().stream().allMatch(each -> each >= 0 && each <= 1);
        if (!inRange || !(Math.abs(sum - 1) <= ROUNDING)) {
            throw new CommandException("the model's outputs are no probabilities, such as "
                    + prediction.probabilities().stream().limit(4).toList()
                    + ": a report needs a classifier whose outputs are from 0 to 1 and add up to 1 (softmax)");
        }
    }

    /** The class of a picture, as an index from 0. */
    int actual(int place) {
        return pictures.labels().get(place);
    }

    /** Whether a picture is taken for what it is. */
    boolean isRight(int place) {
        return predictions.get(place).classIndex() == actual(place);
    }

    ConfusionMatrix confusion() {
        return ConfusionMatrix.of(
                pictures.classNames(),
                pictures.labels(),
                predictions.stream().map(Prediction::classIndex).toList());
    }

    Calibration calibration() {
        return Calibration.of(
                predictions.stream()
                        .map(prediction -> Math.min(1.0, prediction.probability()))
                        .toList(),
                places().mapToObj(this::isRight).toList(),
                Calibration.USUAL_BINS);
    }

    /** The mean cross-entropy, as Keras has it. */
    double loss() {
        return places().mapToDouble(place -> -Math.log(Math.max(SMALLEST, probabilityOfActual(place))))
                .average()
                .orElseThrow();
    }

    private double probabilityOfActual(int place) {
        return predictions.get(place).probabilities().get(actual(place));
    }

    /**
     * The pictures most surely taken for something else, the surest first.
     *
     * @param lookedAt marks in a picture what spoke for a class, where that is known
     */
    List<Mistake> mistakes(int largestNumber, BiFunction<Image, Integer, Optional<Image>> lookedAt) {
        return places().filter(place -> !isRight(place))
                .boxed()
                .sorted(Comparator.comparing(
                        (Integer place) -> predictions.get(place).probability(), Comparator.reverseOrder()))
                .limit(largestNumber)
                .map(place -> mistake(place, lookedAt))
                .toList();
    }

    private Mistake mistake(int place, BiFunction<Image, Integer, Optional<Image>> lookedAt) {
        Prediction prediction = predictions.get(place);
        Image picture = pictures.images().get(place);
        return new Mistake(
                place,
                picture,
                pictures.classNames().get(actual(place)),
                pictures.classNames().get(prediction.classIndex()),
                prediction.probability(),
                probabilityOfActual(place),
                lookedAt.apply(picture, prediction.classIndex()));
    }

    private IntStream places() {
        return IntStream.range(0, pictures.size());
    }
}
