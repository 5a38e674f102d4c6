package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.data.DataException;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.ClassNames;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.training.History;
import dev.resnet4j.model.training.History.Epoch;
import dev.resnet4j.model.training.History.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@link TrainingFacts} as the entry {@code resnet4j.json} and the attribute {@code resnet4j}. Fields that are not known
 * are ignored.
 */
final class TrainingFactsJson {
    private static final int VERSION = 1;

    private TrainingFactsJson() {}

    static ObjectNode write(TrainingFacts facts) {
        ObjectNode json = Json.object();
        json.put("version", VERSION);
        json.put("preprocessing", facts.preprocessing());
        ArrayNode classNames = json.putArray("class_names");
        facts.classNames().forEach(classNames::add);
        ArrayNode history = json.putArray("history");
        facts.history().epochs().forEach(epoch -> writeEpoch(epoch, history.addObject()));
        ObjectNode settings = json.putObject("settings");
        facts.settings().forEach(settings::put);
        return json;
    }

    private static void writeEpoch(Epoch epoch, ObjectNode json) {
        json.put("epoch", epoch.number());
        json.put("loss", epoch.training().loss());
        json.put("accuracy", epoch.training().accuracy());
        epoch.validation().ifPresent(validation -> {
            json.put("val_loss", validation.loss());
            json.put("val_accuracy", validation.accuracy());
        });
        json.put("learning_rate", epoch.learningRate());
        json.put("seconds", epoch.seconds());
    }

    /**
     * @param place where the JSON stands, for messages
     * @param network what the facts are about
     * @throws FormatException if they are damaged, or do not fit the network
     */
    static TrainingFacts read(String place, JsonNode json, Network network) {
        TrainingFacts facts = read(place, json);
        requireClassNames(place, facts, network);
        return facts;
    }

    /** Names are printed on terminals, and stand for outputs. */
    private static void requireClassNames(String place, TrainingFacts facts, Network network) {
        List<String> names = facts.classNames();
        boolean printable = names.stream().allMatch(ClassNames::isPrintable);
        if (!printable
                || !(names.isEmpty() || names.size() == network.outputShape().channels())) {
            throw new FormatException(
                    place,
                    "its " + names.size() + " class names must be one for each of "
                            + network.outputShape().channels() + " outputs, printable and not blank",
                    Advice.SAVE_AGAIN);
        }
    }

    private static TrainingFacts read(String place, JsonNode json) {
        int version = json.path("version").asInt();
        if (version != VERSION) {
            throw new FormatException(
                    place,
                    "its version is " + json.path("version").asText("missing") + ", but this program knows version "
                            + VERSION,
                    "use the version of resnet4j that wrote the file, or a newer one");
        }
        List<String> classNames = new ArrayList<>();
        json.path("class_names").forEach(name -> classNames.add(name.asText()));
        List<Epoch> epochs = new ArrayList<>();
        json.path("history").forEach(epoch -> epochs.add(readEpoch(epoch)));
        Map<String, String> settings = new TreeMap<>();
        json.path("settings")
                .properties()
                .forEach(setting ->
                        settings.put(setting.getKey(), setting.getValue().asText()));
        try {
            return new TrainingFacts(
                    json.path("preprocessing").asText(TrainingFacts.NONE.preprocessing()),
                    classNames,
                    new History(epochs),
                    settings);
        } catch (DataException e) {
            throw new FormatException(place, e.getMessage(), Advice.SAVE_AGAIN, e);
        }
    }

    private static Epoch readEpoch(JsonNode json) {
        Optional<Scores> validation = json.has("val_loss")
                ? Optional.of(new Scores(number(json, "val_loss"), number(json, "val_accuracy")))
                : Optional.empty();
        return new Epoch(
                json.path("epoch").asInt(),
                new Scores(number(json, "loss"), number(json, "accuracy")),
                validation,
                number(json, "learning_rate"),
                number(json, "seconds"));
    }

    /** JSON has no NaN and no infinity: Jackson writes them as strings. */
    private static double number(JsonNode json, String field) {
        return json.path(field).asDouble(Double.NaN);
    }
}
