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

/** What {@code compile} was given, as {@code compile_config} has it. */
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

    private static ObjectNode optimizer(Optimizer optimizer) {
        ObjectNode config = Json.object();
        config.put("name", OptimizerVariables.kerasName(optimizer));
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
            config.put("beta_1", adam.beta1());
            config.put("beta_2", adam.beta2());
            config.put("epsilon", adam.epsilon());
            config.put("amsgrad", false);
            return KerasObject.write("keras.optimizers", "Adam", config);
        }
        Sgd sgd = (Sgd) optimizer;
        config.put("momentum", sgd.momentum());
        config.put("nesterov", sgd.nesterov());
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
        Optional<Loss> loss = Arrays.stream(Loss.values())
                .filter(candidate ->
                        candidate.kerasName().equals(json.path("loss").asText()))
                .findFirst();
        try {
            return loss.flatMap(
                    known -> readOptimizer(json.path("optimizer")).map(optimizer -> new Compilation(optimizer, known)));
        } catch (IllegalArgumentException e) {
            throw new FormatException(
                    KerasFile.CONFIG_ENTRY + ", compile_config", e.getMessage(), Advice.SAVE_AGAIN, e);
        }
    }

    private static Optional<Optimizer> readOptimizer(JsonNode json) {
        JsonNode config = json.path("config");
        if (EXTRAS.stream().anyMatch(extra -> isSet(config.path(extra)))) {
            return Optional.empty();
        }
        Optional<LearningRate> learningRate = readLearningRate(config.path("learning_rate"));
        return switch (json.path("class_name").asText()) {
            case "Adam" ->
                learningRate.map(rate -> new Adam(
                        rate,
                        config.path("beta_1").asDouble(),
                        config.path("beta_2").asDouble(),
                        config.path("epsilon").asDouble()));
            case "SGD" ->
                learningRate.map(rate -> new Sgd(
                        rate,
                        config.path("momentum").asDouble(),
                        config.path("nesterov").asBoolean()));
            default -> Optional.empty();
        };
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
