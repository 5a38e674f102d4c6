package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.CosineDecay;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.LinearWarmup;
import dev.resnet4j.model.training.OneCycle;
import dev.resnet4j.model.training.PiecewiseConstantDecay;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A learning rate as an optimizer's {@code learning_rate}: a number, or one of Keras's schedules. Those that Keras does
 * not have stand in resnet4j's own facts in the same form.
 */
final class LearningRateConfig {
    private static final String SCHEDULES = "keras.optimizers.schedules";
    private static final String PIECEWISE = "PiecewiseConstantDecay";
    private static final String COSINE = "CosineDecay";
    private static final String ONE_CYCLE = "OneCycle";
    private static final String LINEAR_WARMUP = "LinearWarmup";

    private LearningRateConfig() {}

    /** In Keras's words, as near as they come. */
    static JsonNode write(LearningRate learningRate) {
        LearningRate near = inKerasWords(learningRate);
        if (near instanceof ConstantRate constant) {
            return Json.number(constant.rate());
        }
        return near instanceof PiecewiseConstantDecay decay ? write(decay) : write((CosineDecay) near);
    }

    /** Whether Keras has no class for it. */
    static boolean isUnknownToKeras(LearningRate learningRate) {
        return learningRate instanceof OneCycle || learningRate instanceof LinearWarmup;
    }

    /** Without its warm-up, the same schedule; of a cycle, the highest rate. */
    private static LearningRate inKerasWords(LearningRate learningRate) {
        if (learningRate instanceof LinearWarmup warmup) {
            return inKerasWords(warmup.then());
        }
        return learningRate instanceof OneCycle cycle ? new ConstantRate(cycle.highestRate()) : learningRate;
    }

    private static ObjectNode write(PiecewiseConstantDecay decay) {
        ObjectNode config = Json.object();
        ArrayNode boundaries = config.putArray("boundaries");
        decay.boundaries().forEach(boundaries::add);
        ArrayNode values = config.putArray("values");
        decay.rates().forEach(values::add);
        config.put("name", "PiecewiseConstant");
        return KerasObject.write(SCHEDULES, PIECEWISE, config);
    }

    private static ObjectNode write(CosineDecay decay) {
        ObjectNode config = Json.object();
        config.put("initial_learning_rate", decay.initialRate());
        config.put("decay_steps", decay.decaySteps());
        config.put("alpha", decay.alpha());
        config.put("name", COSINE);
        if (decay.warmupSteps() > 0) {
            config.put("warmup_target", decay.warmupTarget());
        } else {
            config.putNull("warmup_target");
        }
        config.put("warmup_steps", decay.warmupSteps());
        return KerasObject.write(SCHEDULES, COSINE, config);
    }

    /** Before 2.13 the schedule has no warm-up, and does not take the words for it. */
    static JsonNode writeLegacy(LearningRate learningRate) {
        JsonNode json = write(learningRate);
        if (inKerasWords(learningRate) instanceof CosineDecay decay && decay.warmupSteps() == 0) {
            ((ObjectNode) json.path("config")).remove(List.of("warmup_target", "warmup_steps"));
        }
        return json;
    }

    /** Empty if it is none of resnet4j's. */
    static Optional<LearningRate> read(JsonNode json) {
        if (json.isNumber()) {
            return Optional.of(new ConstantRate(json.asDouble()));
        }
        JsonNode config = json.path("config");
        return switch (json.path("class_name").asText()) {
            case COSINE -> Optional.of(readCosineDecay(config));
            case PIECEWISE -> Optional.of(readPiecewiseConstantDecay(config));
            default -> Optional.empty();
        };
    }

    private static PiecewiseConstantDecay readPiecewiseConstantDecay(JsonNode config) {
        List<Long> boundaries = new ArrayList<>();
        config.path("boundaries").forEach(boundary -> boundaries.add(boundary.asLong(-1)));
        List<Double> rates = new ArrayList<>();
        config.path("values").forEach(rate -> rates.add(rate.asDouble(Double.NaN)));
        return new PiecewiseConstantDecay(boundaries, rates);
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

    /** With schedules that Keras does not have. */
    static JsonNode writeFully(LearningRate learningRate) {
        ObjectNode config = Json.object();
        if (learningRate instanceof OneCycle cycle) {
            config.put("initial_rate", cycle.initialRate());
            config.put("highest_rate", cycle.highestRate());
            config.put("final_rate", cycle.finalRate());
            config.put("steps", cycle.steps());
            config.put("growing_share", cycle.growingShare());
            return own(ONE_CYCLE, config);
        }
        if (learningRate instanceof LinearWarmup warmup) {
            config.put("initial_rate", warmup.initialRate());
            config.put("steps", warmup.steps());
            config.set("then", writeFully(warmup.then()));
            return own(LINEAR_WARMUP, config);
        }
        return write(learningRate);
    }

    private static ObjectNode own(String className, ObjectNode config) {
        ObjectNode json = Json.object();
        json.put("class_name", className);
        json.set("config", config);
        return json;
    }

    /**
     * What {@link #writeFully} wrote.
     *
     * @throws IllegalArgumentException if it makes no sense
     */
    static LearningRate readFully(JsonNode json) {
        JsonNode config = json.path("config");
        return json.path("class_name").asText().equals(LINEAR_WARMUP)
                ? new LinearWarmup(
                        number(config, "initial_rate"), integer(config, "steps"), afterWarmup(config.path("then")))
                : afterWarmup(json);
    }

    private static LearningRate afterWarmup(JsonNode json) {
        if (json.path("class_name").asText().equals(ONE_CYCLE)) {
            JsonNode config = json.path("config");
            return new OneCycle(
                    number(config, "initial_rate"),
                    number(config, "highest_rate"),
                    number(config, "final_rate"),
                    integer(config, "steps"),
                    number(config, "growing_share"));
        }
        return read(json)
                .orElseThrow(() -> new IllegalArgumentException("its learning rate is none that this program knows: '"
                        + json.path("class_name").asText() + "'"));
    }

    private static double number(JsonNode config, String field) {
        return config.path(field).asDouble(Double.NaN);
    }

    private static long integer(JsonNode config, String field) {
        return config.path(field).asLong(-1);
    }
}
