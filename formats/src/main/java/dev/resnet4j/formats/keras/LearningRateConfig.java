package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.CosineDecay;
import dev.resnet4j.model.training.LearningRate;
import java.util.List;
import java.util.Optional;

/** A learning rate as an optimizer's {@code learning_rate}: a number, or one of Keras's schedules. */
final class LearningRateConfig {
    private static final String SCHEDULES = "keras.optimizers.schedules";

    private LearningRateConfig() {}

    static JsonNode write(LearningRate learningRate) {
        if (learningRate instanceof ConstantRate constant) {
            return Json.number(constant.rate());
        }
        return write((CosineDecay) learningRate);
    }

    private static ObjectNode write(CosineDecay decay) {
        ObjectNode config = Json.object();
        config.put("initial_learning_rate", decay.initialRate());
        config.put("decay_steps", decay.decaySteps());
        config.put("alpha", decay.alpha());
        config.put("name", "CosineDecay");
        if (decay.warmupSteps() > 0) {
            config.put("warmup_target", decay.warmupTarget());
        } else {
            config.putNull("warmup_target");
        }
        config.put("warmup_steps", decay.warmupSteps());
        return KerasObject.write(SCHEDULES, "CosineDecay", config);
    }

    /** Before 2.13 the schedule has no warm-up, and does not take the words for it. */
    static JsonNode writeLegacy(LearningRate learningRate) {
        JsonNode json = write(learningRate);
        if (learningRate instanceof CosineDecay decay && decay.warmupSteps() == 0) {
            ((ObjectNode) json.path("config")).remove(List.of("warmup_target", "warmup_steps"));
        }
        return json;
    }

    /** Empty if it is none of resnet4j's. */
    static Optional<LearningRate> read(JsonNode json) {
        if (json.isNumber()) {
            return Optional.of(new ConstantRate(json.asDouble()));
        }
        return json.path("class_name").asText().equals("CosineDecay")
                ? Optional.of(readCosineDecay(json.path("config")))
                : Optional.empty();
    }

    private static CosineDecay readCosineDecay(JsonNode config) {
        long warmupSteps = config.path("warmup_steps").asLong();
        double initialRate = config.path("initial_learning_rate").asDouble();
        // Keras leaves the target open where there is no warm-up; where it is set, the decay starts from it.
        double warmupTarget = config.path("warmup_target").asDouble(initialRate);
        boolean warmup = warmupSteps > 0 && config.path("warmup_target").isNumber();
        return new CosineDecay(
                warmup ? initialRate : warmupTarget,
                config.path("decay_steps").asLong(),
                config.path("alpha").asDouble(),
                warmupTarget,
                warmup ? warmupSteps : 0);
    }
}
