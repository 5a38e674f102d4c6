package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Size2D;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/**
 * The options of one layer in {@code config.json}. One that is not of the expected kind fails; one that resnet4j does
 * not have is noted, and a stand-in goes on.
 */
final class LayerOptions {
    private final String layer;
    private final JsonNode config;
    private final Unsupported unsupported;

    LayerOptions(String layer, JsonNode config, Unsupported unsupported) {
        this.layer = layer;
        this.config = config;
        this.unsupported = unsupported;
    }

    JsonNode get(String option) {
        return config.path(option);
    }

    int integer(String option) {
        return integer(option, get(option));
    }

    private int integer(String option, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(option, "a whole number");
        }
        return value.intValue();
    }

    double number(String option) {
        if (!get(option).isNumber()) {
            throw wrong(option, "a number");
        }
        return get(option).doubleValue();
    }

    boolean flag(String option) {
        if (!get(option).isBoolean()) {
            throw wrong(option, "true or false");
        }
        return get(option).booleanValue();
    }

    /** A pair of numbers, or one for both. */
    Size2D size(String option) {
        JsonNode value = get(option);
        if (value.isArray() && value.size() == 2) {
            return new Size2D(integer(option, value.get(0)), integer(option, value.get(1)));
        }
        return Size2D.square(integer(option, value));
    }

    /** ((top, bottom), (left, right)). */
    int[][] sides(String option) {
        JsonNode value = get(option);
        if (value.size() != 2 || value.get(0).size() != 2 || value.get(1).size() != 2) {
            throw wrong(option, "two pairs of whole numbers");
        }
        int[][] sides = new int[2][2];
        for (int axis = 0; axis < 2; axis++) {
            for (int end = 0; end < 2; end++) {
                sides[axis][end] = integer(option, value.get(axis).get(end));
            }
        }
        return sides;
    }

    Padding padding() {
        return oneOf("padding", Padding.values(), Padding::kerasName).orElse(Padding.VALID);
    }

    ActivationFunction activation() {
        if (isAbsent("activation")) {
            return ActivationFunction.LINEAR;
        }
        return oneOf("activation", ActivationFunction.values(), ActivationFunction::kerasName)
                .orElse(ActivationFunction.LINEAR);
    }

    private <T> Optional<T> oneOf(String option, T[] values, Function<T, String> kerasName) {
        Optional<T> value = Arrays.stream(values)
                .filter(candidate ->
                        kerasName.apply(candidate).equals(get(option).asText()))
                .findFirst();
        if (value.isEmpty()) {
            refuse(option);
        }
        return value;
    }

    /** Notes the option as unsupported unless it is missing, null, or one of these, as JSON writes them. */
    void require(String option, String... supported) {
        if (!isAbsent(option) && !Arrays.asList(supported).contains(get(option).toString())) {
            refuse(option);
        }
    }

    void requireChannelsLast() {
        require("data_format", "\"channels_last\"");
    }

    /** Weights in float32; what a mixed policy computes in is the engine's affair. */
    void requireFloat32() {
        JsonNode policy = get("dtype").isObject() ? get("dtype").path("config").path("name") : get("dtype");
        String name = policy.asText("float32");
        if (!name.equals("float32") && !name.startsWith("mixed_")) {
            unsupported.add("dtype " + name, layer);
        }
    }

    boolean isAbsent(String option) {
        return get(option).isMissingNode() || get(option).isNull();
    }

    private void refuse(String option) {
        unsupported.add(option + " " + shorten(get(option)), layer);
    }

    private FormatException wrong(String option, String expected) {
        String value = get(option).isMissingNode() ? "missing" : shorten(get(option));
        return new FormatException(
                KerasFile.CONFIG_ENTRY + ", layer '" + layer + "'",
                "option " + option + " must be " + expected + ", but it is " + value,
                Advice.SAVE_AGAIN);
    }

    private static String shorten(JsonNode value) {
        String text = value.isTextual() ? value.asText() : value.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
