package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.training.OptimizerState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What of an {@link OptimizerState} Keras has no variables for: the field {@code optimizer} of resnet4j's own facts. Files
 * without it are of weights that were all trained from the first step on.
 */
final class OptimizerFacts {
    static final String FIELD = "optimizer";

    private static final String LATE_STARTS = "late_starts";

    private OptimizerFacts() {}

    /** Empty where Keras's variables say it all. */
    static Optional<ObjectNode> write(OptimizerState state) {
        if (state.lateStarts().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode json = Json.object();
        ObjectNode lateStarts = json.putObject(LATE_STARTS);
        state.lateStarts().forEach((weight, start) -> lateStarts.put(weight.toString(), start));
        return Optional.of(json);
    }

    /**
     * The model whose optimizer's state is as Keras's variables and these facts together say.
     *
     * @param place where the facts stand, for messages
     * @param facts all of resnet4j's own
     * @throws FormatException if they make no sense
     */
    static SavedModel complete(SavedModel model, String place, JsonNode facts) {
        JsonNode json = facts.path(FIELD).path(LATE_STARTS);
        Map<WeightName, Long> lateStarts = new LinkedHashMap<>();
        model.network().trainableWeights().keySet().forEach(weight -> {
            if (json.has(weight.toString())) {
                lateStarts.put(weight, json.path(weight.toString()).asLong());
            }
        });
        try {
            return model.withOptimizerState(model.optimizerState().map(state -> state.withLateStarts(lateStarts)));
        } catch (IllegalArgumentException e) {
            throw new FormatException(place, e.getMessage(), Advice.SAVE_AGAIN, e);
        }
    }
}
