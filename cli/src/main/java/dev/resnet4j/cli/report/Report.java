package dev.resnet4j.cli.report;

import dev.resnet4j.engine.metrics.Calibration;
import dev.resnet4j.engine.metrics.ConfusionMatrix;
import dev.resnet4j.engine.metrics.WilsonInterval;
import dev.resnet4j.model.training.History;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a model after it has judged labelled pictures.
 *
 * @param model its file
 * @param data the pictures' name
 * @param confusion of at least one picture
 * @param loss mean cross-entropy
 * @param calibration of the same pictures
 * @param reliabilityDiagram the calibration as a PNG; empty where it could not be drawn
 * @param mistakes the pictures most surely taken for something else, the surest first
 * @param history of the training; may be without epochs
 * @param curves the history as a PNG; empty where there is none or it could not be drawn
 * @param duplicates test pictures that were learned from; empty where nobody looked for them
 * @param settings the facts stored with the model, by their names, in the order to show
 * @param program what wrote the report, with its version
 */
public record Report(
        String model,
        String data,
        ConfusionMatrix confusion,
        double loss,
        Calibration calibration,
        Optional<byte[]> reliabilityDiagram,
        List<Mistake> mistakes,
        History history,
        Optional<byte[]> curves,
        Optional<DuplicatePictures> duplicates,
        Map<String, String> settings,
        String program) {
    /** Takes copies of the list and the map. */
    public Report {
        mistakes = List.copyOf(mistakes);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The 95 % interval of the accuracy. */
    public WilsonInterval interval() {
        return WilsonInterval.of(confusion.correct(), confusion.samples());
    }

    /** How many pictures were taken for something else. */
    int mistaken() {
        return confusion.samples() - confusion.correct();
    }
}
