package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.AdamW;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import dev.resnet4j.model.training.LearningRate;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.Sgd;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An optimizer as Keras describes it. What Keras has as options of its optimizers, {@link Compilation} has beside the
 * optimizer.
 */
final class OptimizerConfig {
    /** Options of every optimizer that change its steps when they are set. */
    private static final List<String> EXTRAS =
            List.of("clipnorm", "clipvalue", "ema_overwrite_frequency", "loss_scale_factor", "amsgrad");

    /** How the rate fell over the steps before Keras had schedules. */
    private static final List<String> DECAYS = List.of("decay", "initial_decay");

    /** Where the file says null. */
    private static final double DEFAULT_EPSILON = 1e-7;

    private static final ExponentialMovingAverage KERAS_AVERAGE = new ExponentialMovingAverage();

    private OptimizerConfig() {}

    /** Keras's class. */
    static String className(Optimizer optimizer) {
        if (optimizer instanceof AdamW) {
            return "AdamW";
        }
        return optimizer instanceof Adam ? "Adam" : "SGD";
    }

    /** The name that Keras 3 gives the optimizer. */
    static String kerasName(Optimizer optimizer) {
        return optimizer instanceof Sgd ? "SGD" : className(optimizer).toLowerCase(Locale.ROOT);
    }

    /** In Keras's sense, which with SGD's momentum is another than resnet4j's. */
    private static OptionalDouble weightDecay(Optimizer optimizer) {
        boolean otherInKeras = optimizer instanceof Sgd sgd && sgd.momentum() > 0;
        return otherInKeras || optimizer.weightDecay() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(optimizer.weightDecay());
    }

    static ObjectNode write(Compilation compilation) {
        Optimizer optimizer = compilation.optimizer();
        ObjectNode config = Json.object();
        config.put("name", kerasName(optimizer));
        config.set("learning_rate", LearningRateConfig.write(optimizer.learningRate()));
        putOrNull("weight_decay", weightDecay(optimizer), config);
        config.putNull("clipnorm");
        putOrNull("global_clipnorm", compilation.globalClipnorm(), config);
        config.putNull("clipvalue");
        addAverage(compilation.average(), config);
        config.putNull("ema_overwrite_frequency");
        config.putNull("loss_scale_factor");
        if (compilation.gradientAccumulationSteps() > 1) {
            config.put("gradient_accumulation_steps", compilation.gradientAccumulationSteps());
        } else {
            config.putNull("gradient_accumulation_steps");
        }
        addOwnOptions(optimizer, config);
        return KerasObject.write("keras.optimizers", className(optimizer), config);
    }

    private static void putOrNull(String option, OptionalDouble value, ObjectNode config) {
        if (value.isPresent()) {
            config.put(option, value.getAsDouble());
        } else {
            config.putNull(option);
        }
    }

    private static void addAverage(Optional<ExponentialMovingAverage> average, ObjectNode config) {
        config.put("use_ema", average.isPresent());
        config.put("ema_momentum", average.orElse(KERAS_AVERAGE).momentum());
    }

    private static void addOwnOptions(Optimizer optimizer, ObjectNode config) {
        if (optimizer instanceof Adam adam) {
            addOwnOptions(adam, config);
        } else if (optimizer instanceof AdamW adamW) {
            addOwnOptions(adamW.adam(), config);
        } else if (optimizer instanceof Sgd sgd) {
            config.put("momentum", sgd.momentum());
            config.put("nesterov", sgd.nesterov());
        }
    }

    private static void addOwnOptions(Adam adam, ObjectNode config) {
        config.put("beta_1", adam.beta1());
        config.put("beta_2", adam.beta2());
        config.put("epsilon", adam.epsilon());
        config.put("amsgrad", false);
    }

    /**
     * Options that all Kerases since 2.3 know; those that tf.keras has since 2.11 only where they are set. It has none for
     * the accumulation of gradients.
     */
    static ObjectNode writeLegacy(Compilation compilation) {
        Optimizer optimizer = compilation.optimizer();
        ObjectNode options = Json.object();
        options.put("name", className(optimizer));
        options.set("learning_rate", LearningRateConfig.writeLegacy(optimizer.learningRate()));
        addOwnOptions(optimizer, options);
        weightDecay(optimizer).ifPresent(decay -> options.put("weight_decay", decay));
        compilation.globalClipnorm().ifPresent(norm -> options.put("global_clipnorm", norm));
        if (compilation.average().isPresent()) {
            addAverage(compilation.average(), options);
        }
        ObjectNode json = Json.object();
        json.put("class_name", className(optimizer));
        json.set("config", options);
        return json;
    }

    /**
     * An optimizer with a loss; empty if it is none of resnet4j's, or has options that are not.
     *
     * @throws IllegalArgumentException if a number is out of range
     */
    static Optional<Compilation> read(JsonNode json, Loss loss) {
        JsonNode config = json.path("config");
        if (EXTRAS.stream().anyMatch(extra -> isSet(config.path(extra)))
                || DECAYS.stream().anyMatch(decay -> config.path(decay).asDouble() != 0)) {
            return Optional.empty();
        }
        JsonNode clipnorm = config.path("global_clipnorm");
        return readOptimizer(json)
                .map(optimizer -> new Compilation(
                        optimizer,
                        loss,
                        readAverage(config),
                        isSet(clipnorm) ? OptionalDouble.of(clipnorm.asDouble()) : OptionalDouble.empty(),
                        config.path("gradient_accumulation_steps").asInt(1),
                        Map.of()));
    }

    private static Optional<Optimizer> readOptimizer(JsonNode json) {
        JsonNode config = json.path("config");
        // Keras 1 and 2 up to 2.2 say "lr".
        JsonNode rate = config.has("learning_rate") ? config.path("learning_rate") : config.path("lr");
        // tf.keras since 2.11 names its own optimizers as if they were someone else's.
        String className = json.path("class_name").asText().replaceFirst("^Custom>", "");
        double weightDecay = config.path("weight_decay").asDouble(0);
        return LearningRateConfig.read(rate).flatMap(known -> switch (className) {
            case "Adam" -> Optional.of(weightDecay == 0 ? readAdam(config, known) : readAdamW(config, known));
            case "AdamW" -> Optional.of(readAdamW(config, known));
            case "SGD" -> Optional.of(readSgd(config, known)).filter(sgd -> sgd.momentum() == 0 || weightDecay == 0);
            default -> Optional.empty();
        });
    }

    private static Adam readAdam(JsonNode config, LearningRate learningRate) {
        return new Adam(
                learningRate,
                config.path("beta_1").asDouble(),
                config.path("beta_2").asDouble(),
                config.path("epsilon").asDouble(DEFAULT_EPSILON));
    }

    /** Keras's Adam with weight decay is its AdamW, too. */
    private static AdamW readAdamW(JsonNode config, LearningRate learningRate) {
        return new AdamW(
                readAdam(config, learningRate), config.path("weight_decay").asDouble());
    }

    private static Sgd readSgd(JsonNode config, LearningRate learningRate) {
        return new Sgd(
                learningRate,
                config.path("momentum").asDouble(),
                config.path("nesterov").asBoolean(),
                config.path("weight_decay").asDouble());
    }

    private static Optional<ExponentialMovingAverage> readAverage(JsonNode config) {
        return isSet(config.path("use_ema"))
                ? Optional.of(
                        new ExponentialMovingAverage(config.path("ema_momentum").asDouble(KERAS_AVERAGE.momentum())))
                : Optional.empty();
    }

    private static boolean isSet(JsonNode extra) {
        return !extra.isMissingNode() && !extra.isNull() && !extra.toString().equals("false");
    }
}
