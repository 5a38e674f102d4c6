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

    static ObjectNode write(Initializer initializer) {
        ObjectNode config = Json.object();
        // The interface is sealed, but Java 17 has no switch over types.
        if (initializer instanceof GlorotUniform glorot) {
            config.put("seed", glorot.seed());
        } else if (initializer instanceof HeNormal he) {
            config.put("seed", he.seed());
        }
        return KerasObject.write("keras.initializers", initializer.getClass().getSimpleName(), config);
    }

    /**
     * The initializer, or empty if it is not one of ours. What it would draw does not matter for a network whose
     * weights are in the file, so nobody has to refuse it.
     */
    static Optional<Initializer> read(JsonNode json) {
        JsonNode seed = json.path("config").path("seed");
        return switch (json.path("class_name").asText()) {
            case "GlorotUniform" ->
                Optional.of(
                        seed.isIntegralNumber() ? new GlorotUniform(seed.longValue()) : GlorotUniform.withRandomSeed());
            case "HeNormal" ->
                Optional.of(seed.isIntegralNumber() ? new HeNormal(seed.longValue()) : HeNormal.withRandomSeed());
            case "Ones" -> Optional.of(new Ones());
            case "Zeros" -> Optional.of(new Zeros());
            default -> Optional.empty();
        };
    }
}
