package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.keras.LayerTemplate.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The calls of a layer in {@code inbound_nodes}. Keras 3 writes each as the arguments of the call, with the tensors among
 * them; Keras 1 and 2 as a list of {@code [layer, call, output, named arguments]}, of which tf.keras leaves the list out
 * where there is one.
 */
final class InboundNodes {
    private static final String TENSOR_CLASS = "__keras_tensor__";
    private static final int MOST_INPUTS_OF_A_CALL = 1_000;

    private final String layer;
    private final Unsupported unsupported;

    InboundNodes(String layer, Unsupported unsupported) {
        this.layer = layer;
        this.unsupported = unsupported;
    }

    /** For each call what it takes. */
    List<List<Reference>> read(JsonNode inboundNodes) {
        List<List<Reference>> calls = new ArrayList<>();
        for (JsonNode call : inboundNodes) {
            List<Reference> inputs = call.isObject() ? ofArguments(call) : ofList(call);
            if (inputs.size() > MOST_INPUTS_OF_A_CALL) {
                throw damaged(
                        "layer '" + layer + "' takes " + inputs.size() + " inputs, more than " + MOST_INPUTS_OF_A_CALL);
            }
            calls.add(inputs);
        }
        return calls;
    }

    private List<Reference> ofArguments(JsonNode call) {
        noteArguments(call.path("kwargs"));
        return tensorsIn(call.path("args")).stream()
                .map(tensor -> reference(tensor.path("config").path("keras_history")))
                .toList();
    }

    private List<Reference> ofList(JsonNode call) {
        if (call.path(0).isTextual()) {
            return List.of(ofEntry(call));
        }
        List<Reference> inputs = new ArrayList<>();
        call.forEach(entry -> inputs.add(ofEntry(entry)));
        return inputs;
    }

    private Reference ofEntry(JsonNode entry) {
        noteArguments(entry.path(3));
        return reference(entry);
    }

    /** A network that is told not to train passes its pictures as it does anyway; all else would change what it gives. */
    private void noteArguments(JsonNode named) {
        Set<String> trivial = Set.of("null", "false");
        named.properties().forEach(argument -> {
            boolean isTraining = argument.getKey().equals("training");
            boolean passes = argument.getValue().isNull()
                    || (isTraining && trivial.contains(argument.getValue().toString()));
            if (!passes && !tensorsIn(argument.getValue()).isEmpty()) {
                unsupported.add("a tensor as the named argument " + argument.getKey(), layer);
            } else if (!passes) {
                unsupported.add("a call with the argument " + argument.getKey(), layer);
            }
        });
    }

    /** Every tensor in a call's arguments, in order. The depth of JSON is bounded, so this recursion is. */
    private static List<JsonNode> tensorsIn(JsonNode arguments) {
        List<JsonNode> tensors = new ArrayList<>();
        if (arguments.path("class_name").asText().equals(TENSOR_CLASS)) {
            tensors.add(arguments);
        } else {
            arguments.forEach(argument -> tensors.addAll(tensorsIn(argument)));
        }
        return tensors;
    }

    /** What [layer, call, output] refers to; all but a layer's only output is damage. */
    static Reference reference(JsonNode reference) {
        int call = reference.path(1).asInt(-1);
        if (reference.size() < 3
                || !reference.path(0).isTextual()
                || call < 0
                || reference.path(2).asInt(-1) != 0) {
            throw damaged("a reference must be [layer, call, 0], but it is " + reference);
        }
        return new Reference(reference.path(0).asText(), call);
    }

    private static FormatException damaged(String reason) {
        return new FormatException(NetworkConfigReader.PLACE, reason, Advice.SAVE_AGAIN);
    }
}
