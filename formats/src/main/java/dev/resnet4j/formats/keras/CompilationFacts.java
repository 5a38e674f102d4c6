package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import java.util.Optional;

/**
 * What a {@link Compilation} has and Keras has no word for: the field {@code compilation} of resnet4j's own facts. It
 * adds to what Keras's own configuration says.
 */
final class CompilationFacts {
    static final String FIELD = "compilation";

    private static final String AVERAGE_WARM_UP = "ema_warm_up";

    private CompilationFacts() {}

    /** Empty where Keras's words say it all. */
    static Optional<ObjectNode> write(Compilation compilation) {
        ObjectNode json = Json.object();
        if (compilation.average().filter(ExponentialMovingAverage::warmUp).isPresent()) {
            json.put(AVERAGE_WARM_UP, true);
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
        if (json.path(AVERAGE_WARM_UP).asBoolean() && complete.average().isPresent()) {
            complete = complete.withAverage(complete.average().get().withWarmUp(true));
        }
        return complete;
    }
}
