package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.Loss;
import java.util.Optional;

/**
 * What {@code compile} was given, as {@code compile_config} of Keras 3 and {@code training_config} of the legacy
 * {@code .h5} have it.
 */
final class CompileConfig {
    private static final String LOSS_CLASS = "CategoricalCrossentropy";

    private CompileConfig() {}

    static ObjectNode write(Compilation compilation) {
        ObjectNode config = Json.object();
        config.set("optimizer", OptimizerConfig.write(compilation));
        if (compilation.loss().labelSmoothing() == 0) {
            config.put("loss", compilation.loss().kerasName());
        } else {
            config.set(
                    "loss",
                    KerasObject.write(
                            "keras.losses", LOSS_CLASS, lossOptions(compilation.loss(), "sum_over_batch_size")));
        }
        config.putNull("loss_weights");
        config.putArray("metrics").add("accuracy");
        config.putNull("weighted_metrics");
        config.put("run_eagerly", false);
        config.put("steps_per_execution", 1);
        config.put("jit_compile", "auto");
        return config;
    }

    private static ObjectNode lossOptions(Loss loss, String reduction) {
        ObjectNode options = Json.object();
        options.put("name", loss.kerasName());
        options.put("reduction", reduction);
        options.put("from_logits", false);
        options.put("label_smoothing", loss.labelSmoothing());
        options.put("axis", -1);
        return options;
    }

    /** The attribute {@code training_config}: options that all Kerases since 2.3 know. */
    static ObjectNode writeLegacy(Compilation compilation) {
        ObjectNode config = Json.object();
        if (compilation.loss().labelSmoothing() == 0) {
            config.put("loss", compilation.loss().kerasName());
        } else {
            ObjectNode loss = config.putObject("loss");
            loss.put("class_name", LOSS_CLASS);
            loss.set("config", lossOptions(compilation.loss(), "auto"));
        }
        config.putArray("metrics").add("accuracy");
        config.putNull("weighted_metrics");
        config.putNull("loss_weights");
        // Early versions of Keras 2 do not open a file without it.
        config.putNull("sample_weight_mode");
        config.set("optimizer_config", OptimizerConfig.writeLegacy(compilation));
        return config;
    }

    /** Empty if there is none, or if optimizer, schedule or loss are not among resnet4j's. */
    static Optional<Compilation> read(JsonNode json) {
        return read(KerasFile.CONFIG_ENTRY + ", compile_config", json, json.path("optimizer"));
    }

    /** The attribute {@code training_config}; empty if there is none, or if it asks for what is not resnet4j's. */
    static Optional<Compilation> readLegacy(JsonNode json) {
        return read("training_config", json, json.path("optimizer_config"));
    }

    private static Optional<Compilation> read(String place, JsonNode json, JsonNode optimizer) {
        try {
            return readLoss(json.path("loss")).flatMap(loss -> OptimizerConfig.read(optimizer, loss));
        } catch (IllegalArgumentException e) {
            throw new FormatException(place, e.getMessage(), Advice.SAVE_AGAIN, e);
        }
    }

    /** Its name, or Keras's class with the options that the name stands for; one of a list or of named outputs, too. */
    private static Optional<Loss> readLoss(JsonNode json) {
        if (json.isTextual()) {
            return json.asText().equals(Loss.CATEGORICAL_CROSSENTROPY.kerasName())
                    ? Optional.of(Loss.CATEGORICAL_CROSSENTROPY)
                    : Optional.empty();
        }
        JsonNode config = json.path("config");
        if (json.path("class_name").asText().equals(LOSS_CLASS)) {
            boolean known = !config.path("from_logits").asBoolean()
                    && config.path("axis").asInt(-1) == -1;
            return known ? Optional.of(new Loss(config.path("label_smoothing").asDouble())) : Optional.empty();
        }
        return json.size() == 1 && !json.has("class_name")
                ? readLoss(json.iterator().next())
                : Optional.empty();
    }
}
