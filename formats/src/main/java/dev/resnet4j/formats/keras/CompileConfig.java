package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.CosineDecay;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.Sgd;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What {@code compile} was given, as {@code compile_config} of Keras 3 and {@code training_config} of the legacy
 * {@code .h5} have it.
 */
final class CompileConfig {
    /** Options of every optimizer that change its steps when they are set. */
    private static final List<String> EXTRAS = List.of(
            "weight_decay",
            "clipnorm",
            "global_clipnorm",
            "clipvalue",
            "use_ema",
            "loss_scale_factor",
            "gradient_accumulation_steps",
            "amsgrad");

    /** How the rate fell over the steps before Keras had schedules. */
    private static final List<String> DECAYS = List.of("decay", "initial_decay");

    /** Where the file says null. */
    private static final double DEFAULT_EPSILON = 1e-7;

    private CompileConfig() {}

    static ObjectNode write(Compilation compilation) {
        ObjectNode config = Json.object();
        config.set("optimizer", optimizer(compilation.optimizer()));
        config.put("loss", compilation.loss().kerasName());
        config.putNull("loss_weights");
        config.putArray("metrics").add("accuracy");
        config.putNull("weighted_metrics");
        config.put("run_eagerly", false);
        config.put("steps_per_execution", 1);
        config.put("jit_compile", "auto");
        return config;
    }

    /** The name that Keras 3 gives the optimizer. */
    static String kerasName(Optimizer optimizer) {
        return optimizer instanceof Adam ? "adam" : "SGD";
    }

    /** The attribute {@code training_config}: options that all Kerases since 2.3 know. */
    static ObjectNode writeLegacy(Compilation compilation) {
        ObjectNode config = Json.object();
        config.put("loss", compilation.loss().kerasName());
        config.putArray("metrics").add("accuracy");
        config.putNull("weighted_metrics");
        config.putNull("loss_weights");
        // Early versions of Keras 2 do not open a file without it.
        config.putNull("sample_weight_mode");
        Optimizer optimizer = compilation.optimizer();
        ObjectNode options = Json.object();
        ObjectNode described = config.putObject("optimizer_config");
        if (optimizer instanceof Adam adam) {
            described.put("class_name", "Adam");
            options.put("name", "Adam");
            options.set("learning_rate", legacyLearningRate(adam.learningRate()));
            addOptions(adam, options);
        } else if (optimizer instanceof Sgd sgd) {
            described.put("class_name", "SGD");
            options.put("name", "SGD");
            options.set("learning_rate", legacyLearningRate(sgd.learningRate()));
            addOptions(sgd, options);
        }
        described.set("config", options);
        return config;
    }

    /** Before 2.13 the schedule has no warm-up, and does not take the words for it. */
    private static JsonNode legacyLearningRate(LearningRate learningRate) {
        JsonNode json = learningRate(learningRate);
        if (learningRate instanceof CosineDecay decay && decay.warmupSteps() == 0) {
            ((ObjectNode) json.path("config")).remove(List.of("warmup_target", "warmup_steps"));
        }
        return json;
    }

    private static void addOptions(Adam adam, ObjectNode config) {
        config.put("beta_1", adam.beta1());
        config.put("beta_2", adam.beta2());
        config.put("epsilon", adam.epsilon());
        config.put("amsgrad", false);
    }

    private static void addOptions(Sgd sgd, ObjectNode config) {
        config.put("momentum", sgd.momentum());
        config.put("nesterov", sgd.nesterov());
    }

    private static ObjectNode optimizer(Optimizer optimizer) {
        ObjectNode config = Json.object();
        config.put("name", kerasName(optimizer));
        config.set("learning_rate", learningRate(optimizer.learningRate()));
        config.putNull("weight_decay");
        config.putNull("clipnorm");
        config.putNull("global_clipnorm");
        config.putNull("clipvalue");
        config.put("use_ema", false);
        config.put("ema_momentum", 0.99);
        config.putNull("ema_overwrite_frequency");
        config.putNull("loss_scale_factor");
        config.putNull("gradient_accumulation_steps");
        if (optimizer instanceof Adam adam) {
            addOptions(adam, config);
            return KerasObject.write("keras.optimizers", "Adam", config);
        }
        Sgd sgd = (Sgd) optimizer;
        addOptions(sgd, config);
        return KerasObject.write("keras.optimizers", "SGD", config);
    }

    private static JsonNode learningRate(LearningRate learningRate) {
        if (learningRate instanceof ConstantRate constant) {
            return Json.number(constant.rate());
        }
        CosineDecay decay = (CosineDecay) learningRate;
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
        return KerasObject.write("keras.optimizers.schedules", "CosineDecay", config);
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
            return readLoss(json.path("loss"))
                    .flatMap(loss -> readOptimizer(optimizer).map(known -> new Compilation(known, loss)));
        } catch (IllegalArgumentException e) {
            throw new FormatException(place, e.getMessage(), Advice.SAVE_AGAIN, e);
        }
    }

    /** Its name, or Keras's class with the options that the name stands for; one of a list or of named outputs, too. */
    private static Optional<Loss> readLoss(JsonNode json) {
        if (json.isTextual()) {
            return Arrays.stream(Loss.values())
                    .filter(loss -> loss.kerasName().equals(json.asText()))
                    .findFirst();
        }
        JsonNode config = json.path("config");
        if (json.path("class_name").asText().equals("CategoricalCrossentropy")) {
            boolean plain = !config.path("from_logits").asBoolean()
                    && config.path("label_smoothing").asDouble() == 0
                    && config.path("axis").asInt(-1) == -1;
            return plain ? Optional.of(Loss.CATEGORICAL_CROSSENTROPY) : Optional.empty();
        }
        return json.size() == 1 && !json.has("class_name")
                ? readLoss(json.iterator().next())
                : Optional.empty();
    }

    private static Optional<Optimizer> readOptimizer(JsonNode json) {
        JsonNode config = json.path("config");
        if (EXTRAS.stream().anyMatch(extra -> isSet(config.path(extra)))
                || DECAYS.stream().anyMatch(decay -> config.path(decay).asDouble() != 0)) {
            return Optional.empty();
        }
        // Keras 1 and 2 up to 2.2 say "lr".
        JsonNode rate = config.has("learning_rate") ? config.path("learning_rate") : config.path("lr");
        // tf.keras since 2.11 names its own optimizers as if they were someone else's.
        String className = json.path("class_name").asText().replaceFirst("^Custom>", "");
        return readLearningRate(rate).flatMap(known -> switch (className) {
            case "Adam" ->
                Optional.of(new Adam(
                        known,
                        config.path("beta_1").asDouble(),
                        config.path("beta_2").asDouble(),
                        config.path("epsilon").asDouble(DEFAULT_EPSILON)));
            case "SGD" ->
                Optional.of(new Sgd(
                        known,
                        config.path("momentum").asDouble(),
                        config.path("nesterov").asBoolean()));
            default -> Optional.empty();
        });
    }

    private static boolean isSet(JsonNode extra) {
        return !extra.isMissingNode() && !extra.isNull() && !extra.toString().equals("false");
    }

    private static Optional<LearningRate> readLearningRate(JsonNode json) {
        if (json.isNumber()) {
            return Optional.of(new ConstantRate(json.asDouble()));
        }
        if (!json.path("class_name").asText().equals("CosineDecay")) {
            return Optional.empty();
        }
        JsonNode config = json.path("config");
        long warmupSteps = config.path("warmup_steps").asLong();
        double initialRate = config.path("initial_learning_rate").asDouble();
        // Keras leaves the target open where there is no warm-up; where it is set, the decay starts from it.
        double warmupTarget = config.path("warmup_target").asDouble(initialRate);
        boolean warmup = warmupSteps > 0 && config.path("warmup_target").isNumber();
        return Optional.of(new CosineDecay(
                warmup ? initialRate : warmupTarget,
                config.path("decay_steps").asLong(),
                config.path("alpha").asDouble(),
                warmupTarget,
                warmup ? warmupSteps : 0));
    }
}
