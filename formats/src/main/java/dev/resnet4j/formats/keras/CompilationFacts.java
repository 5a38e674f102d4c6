package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import dev.resnet4j.model.training.Sgd;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What of a {@link Compilation} Keras has no words for: the field {@code compilation} of resnet4j's own facts. It adds
 * to what Keras's own configuration says.
 */
final class CompilationFacts {
    static final String FIELD = "compilation";

    private static final String LEARNING_RATE = "learning_rate";
    private static final String AVERAGE_WARM_UP = "ema_warm_up";
    private static final String WEIGHT_DECAY = "weight_decay";
    private static final String ACCUMULATION = "gradient_accumulation_steps";
    private static final String RATE_FACTORS = "learning_rate_factors";

    private CompilationFacts() {}

    /**
     * Empty where Keras's words say it all.
     *
     * @param inKerasWords what is read back of the configuration that is written for Keras
     */
    static Optional<ObjectNode> write(Compilation compilation, Compilation inKerasWords) {
        ObjectNode json = Json.object();
        if (LearningRateConfig.isUnknownToKeras(compilation.optimizer().learningRate())) {
            json.set(
                    LEARNING_RATE,
                    LearningRateConfig.writeFully(compilation.optimizer().learningRate()));
        }
        if (!compilation.average().equals(inKerasWords.average())) {
            json.put(
                    AVERAGE_WARM_UP,
                    compilation.average().map(ExponentialMovingAverage::warmUp).orElse(false));
        }
        if (compilation.optimizer().weightDecay() != inKerasWords.optimizer().weightDecay()) {
            json.put(WEIGHT_DECAY, compilation.optimizer().weightDecay());
        }
        if (compilation.gradientAccumulationSteps() != inKerasWords.gradientAccumulationSteps()) {
            json.put(ACCUMULATION, compilation.gradientAccumulationSteps());
        }
        if (!compilation.rateFactors().isEmpty()) {
            ObjectNode factors = json.putObject(RATE_FACTORS);
            compilation.rateFactors().forEach((weight, factor) -> factors.put(weight.toString(), factor));
        }
        return json.isEmpty() ? Optional.empty() : Optional.of(json);
    }

    /**
     * What Keras's words say and these facts together.
     *
     * @param place where the facts stand, for messages
     * @param facts all of resnet4j's own
     * @throws FormatException if they make no sense
     */
    static Compilation complete(Compilation inKerasWords, String place, JsonNode facts) {
        try {
            return complete(inKerasWords, facts.path(FIELD));
        } catch (IllegalArgumentException e) {
            throw new FormatException(place, e.getMessage(), Advice.SAVE_AGAIN, e);
        }
    }

    private static Compilation complete(Compilation inKerasWords, JsonNode json) {
        Compilation complete = inKerasWords;
        if (json.has(LEARNING_RATE)) {
            complete = complete.withOptimizer(
                    complete.optimizer().withLearningRate(LearningRateConfig.readFully(json.path(LEARNING_RATE))));
        }
        if (json.path(AVERAGE_WARM_UP).asBoolean() && complete.average().isPresent()) {
            complete = complete.withAverage(complete.average().get().withWarmUp(true));
        }
        if (json.has(WEIGHT_DECAY) && complete.optimizer() instanceof Sgd sgd) {
            complete = complete.withOptimizer(
                    sgd.withWeightDecay(json.path(WEIGHT_DECAY).asDouble()));
        }
        if (json.has(ACCUMULATION)) {
            complete = complete.withGradientAccumulationSteps(
                    json.path(ACCUMULATION).asInt());
        }
        return json.has(RATE_FACTORS) ? complete.withRateFactors(rateFactors(json.path(RATE_FACTORS))) : complete;
    }

    private static Map<WeightName, Double> rateFactors(JsonNode json) {
        Map<WeightName, Double> factors = new LinkedHashMap<>();
        json.properties().forEach(factor -> {
            String name = factor.getKey();
            int slash = name.lastIndexOf('/');
            factors.put(
                    new WeightName(name.substring(0, Math.max(slash, 0)), name.substring(slash + 1)),
                    factor.getValue().asDouble(Double.NaN));
        });
        return factors;
    }
}
