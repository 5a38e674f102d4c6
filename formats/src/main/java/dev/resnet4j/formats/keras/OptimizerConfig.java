package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.Sgd;
import java.util.List;
import java.util.Optional;

/**
 * An optimizer as Keras describes it. What Keras has as options of its optimizers, {@link Compilation} has beside the
 * optimizer.
 */
final class OptimizerConfig {
    /** Options of every optimizer that change its steps when they are set. */
    private static final List<String> EXTRAS = List.of(
            "weight_decay",
            "clipnorm",
            "global_clipnorm",
            "clipvalue",
            "ema_overwrite_frequency",
            "loss_scale_factor",
            "gradient_accumulation_steps",
            "amsgrad");

    /** How the rate fell over the steps before Keras had schedules. */
    private static final List<String> DECAYS = List.of("decay", "initial_decay");

    /** Where the file says null. */
    private static final double DEFAULT_EPSILON = 1e-7;

    private static final ExponentialMovingAverage KERAS_AVERAGE = new ExponentialMovingAverage();

    private OptimizerConfig() {}

    /** Keras's class. */
    static String className(Optimizer optimizer) {
        return optimizer instanceof Adam ? "Adam" : "SGD";
    }

    /** The name that Keras 3 gives the optimizer. */
    static String kerasName(Optimizer optimizer) {
        return optimizer instanceof Adam ? "adam" : "SGD";
    }

    static ObjectNode write(Compilation compilation) {
        Optimizer optimizer = compilation.optimizer();
        ObjectNode config = Json.object();
        config.put("name", kerasName(optimizer));
        config.set("learning_rate", LearningRateConfig.write(optimizer.learningRate()));
        config.putNull("weight_decay");
        config.putNull("clipnorm");
        config.putNull("global_clipnorm");
        config.putNull("clipvalue");
        addAverage(compilation.average(), config);
        config.putNull("ema_overwrite_frequency");
        config.putNull("loss_scale_factor");
        config.putNull("gradient_accumulation_steps");
        addOwnOptions(optimizer, config);
        return KerasObject.write("keras.optimizers", className(optimizer), config);
    }

    private static void addAverage(Optional<ExponentialMovingAverage> average, ObjectNode config) {
        config.put("use_ema", average.isPresent());
        config.put("ema_momentum", average.orElse(KERAS_AVERAGE).momentum());
    }

    private static void addOwnOptions(Optimizer optimizer, ObjectNode config) {
        if (optimizer instanceof Adam adam) {
            config.put("beta_1", adam.beta1());
            config.put("beta_2", adam.beta2());
            config.put("epsilon", adam.epsilon());
            config.put("amsgrad", false);
        } else if (optimizer instanceof Sgd sgd) {
            config.put("momentum", sgd.momentum());
            config.put("nesterov", sgd.nesterov());
        }
    }

    /** Options that all Kerases since 2.3 know; those that tf.keras has since 2.11 only where they are set. */
    static ObjectNode writeLegacy(Compilation compilation) {
        Optimizer optimizer = compilation.optimizer();
        ObjectNode options = Json.object();
        options.put("name", className(optimizer));
        options.set("learning_rate", LearningRateConfig.writeLegacy(optimizer.learningRate()));
        addOwnOptions(optimizer, options);
        if (compilation.average().isPresent()) {
            addAverage(compilation.average(), options);
        }
        ObjectNode json = Json.object();
        json.put("class_name", className(optimizer));
        json.set("config", options);
        return json;
    }

    /** Empty if it is none of resnet4j's, or has options that are not. */
    static Optional<Optimizer> readOptimizer(JsonNode json) {
        JsonNode config = json.path("config");
        if (EXTRAS.stream().anyMatch(extra -> isSet(config.path(extra)))
                || DECAYS.stream().anyMatch(decay -> config.path(decay).asDouble() != 0)) {
            return Optional.empty();
        }
        // Keras 1 and 2 up to 2.2 say "lr".
        JsonNode rate = config.has("learning_rate") ? config.path("learning_rate") : config.path("lr");
        return LearningRateConfig.read(rate).flatMap(known -> readOptimizer(json, known));
    }

    private static Optional<Optimizer> readOptimizer(JsonNode json, LearningRate learningRate) {
        JsonNode config = json.path("config");
        // tf.keras since 2.11 names its own optimizers as if they were someone else's.
        String className = json.path("class_name").asText().replaceFirst("^Custom>", "");
        return switch (className) {
            case "Adam" ->
                Optional.of(new Adam(
                        learningRate,
                        config.path("beta_1").asDouble(),
                        config.path("beta_2").asDouble(),
                        config.path("epsilon").asDouble(DEFAULT_EPSILON)));
            case "SGD" ->
                Optional.of(new Sgd(
                        learningRate,
                        config.path("momentum").asDouble(),
                        config.path("nesterov").asBoolean()));
            default -> Optional.empty();
        };
    }

    static Optional<ExponentialMovingAverage> readAverage(JsonNode json) {
        JsonNode config = json.path("config");
        return isSet(config.path("use_ema"))
                ? Optional.of(
                        new ExponentialMovingAverage(config.path("ema_momentum").asDouble(KERAS_AVERAGE.momentum())))
                : Optional.empty();
    }

    private static boolean isSet(JsonNode extra) {
        return !extra.isMissingNode() && !extra.isNull() && !extra.toString().equals("false");
    }
}
