package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.HeNormal;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Ones;
import dev.resnet4j.model.initializer.Zeros;
import java.util.Optional;

/** Initializers as Keras serialises them. */
final class InitializerConfig {
    private InitializerConfig() {}

    /** By their own names and the place of their classes, as Keras 3 does. */
    static ObjectNode inKeras3(Initializer initializer) {
        ObjectNode config = Json.object();
        // The interface is sealed, but Java 17 has no switch over types.
        if (initializer instanceof GlorotUniform glorot) {
            config.put("seed", glorot.seed());
        } else if (initializer instanceof HeNormal he) {
            config.put("seed", he.seed());
        }
        return KerasObject.write("keras.initializers", initializer.getClass().getSimpleName(), config);
    }

    /** Glorot's and He's as the variance scaling that they are: in Keras 2.2 they had no class of their own. */
    static ObjectNode inKeras2(Initializer initializer) {
        if (initializer instanceof GlorotUniform glorot) {
            return varianceScaling(1, "fan_avg", "uniform", glorot.seed());
        }
        if (initializer instanceof HeNormal he) {
            return varianceScaling(2, "fan_in", "normal", he.seed());
        }
        ObjectNode json = Json.object().put("class_name", initializer.getClass().getSimpleName());
        json.putObject("config");
        return json;
    }

    private static ObjectNode varianceScaling(double scale, String mode, String distribution, long seed) {
        ObjectNode json = Json.object().put("class_name", "VarianceScaling");
        json.putObject("config")
                .put("scale", scale)
                .put("mode", mode)
                .put("distribution", distribution)
                .put("seed", seed);
        return json;
    }

    /**
     * The initializer, or empty if it is not one of ours. What it would draw does not matter for a network whose
     * weights are in the file, so nobody has to refuse it.
     */
    static Optional<Initializer> read(JsonNode json) {
        JsonNode config = json.path("config");
        JsonNode seed = config.path("seed");
        String name = json.isTextual() ? json.asText() : json.path("class_name").asText();
        return switch (name.equals("VarianceScaling") ? scaled(config) : name) {
            case "GlorotUniform", "glorot_uniform" ->
                Optional.of(
                        seed.isIntegralNumber() ? new GlorotUniform(seed.longValue()) : GlorotUniform.withRandomSeed());
            case "HeNormal", "he_normal" ->
                Optional.of(seed.isIntegralNumber() ? new HeNormal(seed.longValue()) : HeNormal.withRandomSeed());
            case "Ones", "ones", "one" -> Optional.of(new Ones());
            case "Zeros", "zeros", "zero" -> Optional.of(new Zeros());
            default -> Optional.empty();
        };
    }

    /** The name of the variance scaling that has one. */
    private static String scaled(JsonNode config) {
        double scale = config.path("scale").asDouble();
        String rest =
                config.path("mode").asText() + " " + config.path("distribution").asText();
        if (scale == 1 && rest.equals("fan_avg uniform")) {
            return "GlorotUniform";
        }
        boolean normal = rest.equals("fan_in normal") || rest.equals("fan_in truncated_normal");
        return scale == 2 && normal ? "HeNormal" : "";
    }
}
