package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Interpolation;
import dev.resnet4j.model.layer.Interval;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Size2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The options of one layer in a configuration. One that is not of the expected kind fails; one that resnet4j does not
 * have is noted, and a stand-in goes on.
 */
final class LayerOptions {
    private final String layer;
    private final JsonNode config;
    private final KerasVersion version;
    private final Unsupported unsupported;

    LayerOptions(String layer, JsonNode config, KerasVersion version, Unsupported unsupported) {
        this.layer = layer;
        this.config = config;
        this.version = version;
        this.unsupported = unsupported;
    }

    /** The option, taken out of the wrappings that some versions put around tuples and arrays. */
    JsonNode get(String option) {
        JsonNode value = config.path(option);
        return switch (value.path("class_name").asText()) {
            case "__tuple__" -> value.path("items");
            case "__numpy__" -> value.path("config").path("value");
            default -> value;
        };
    }

    boolean isAbsent(String option) {
        return get(option).isMissingNode() || get(option).isNull();
    }

    int integer(String option) {
        return integer(option, get(option));
    }

    int integer(String option, int otherwise) {
        return isAbsent(option) ? otherwise : integer(option);
    }

    private int integer(String option, JsonNode value) {
        if (!value.isIntegralNumber() || !value.canConvertToInt()) {
            throw wrong(option, "a whole number");
        }
        return value.intValue();
    }

    /** A list of whole numbers, or one of them by itself. */
    List<Integer> integers(String option) {
        JsonNode value = get(option);
        if (!value.isArray()) {
            return List.of(integer(option, value));
        }
        List<Integer> integers = new ArrayList<>();
        value.forEach(element -> integers.add(integer(option, element)));
        return integers;
    }

    double number(String option) {
        return number(option, get(option));
    }

    double number(String option, double otherwise) {
        return isAbsent(option) ? otherwise : number(option);
    }

    private double number(String option, JsonNode value) {
        if (!value.isNumber()) {
            throw wrong(option, "a number");
        }
        return value.doubleValue();
    }

    /** One number, or all those in a list of lists, in order. The depth of JSON is bounded, so this recursion is. */
    List<Double> numbers(String option) {
        List<Double> numbers = new ArrayList<>();
        addNumbers(option, get(option), numbers);
        return numbers;
    }

    private void addNumbers(String option, JsonNode value, List<Double> numbers) {
        if (value.isArray()) {
            value.forEach(element -> addNumbers(option, element, numbers));
        } else {
            numbers.add(number(option, value));
        }
    }

    /** From a lower to an upper bound; one number for as much to both sides of 0. */
    Interval interval(String option) {
        List<Double> bounds = numbers(option);
        return switch (bounds.size()) {
            case 1 -> Interval.around(Math.abs(bounds.get(0)));
            case 2 -> new Interval(Math.min(bounds.get(0), bounds.get(1)), Math.max(bounds.get(0), bounds.get(1)));
            default -> throw wrong(option, "one number or two");
        };
    }

    /** Python takes 0 and 1 for false and true, and files have them. */
    boolean flag(String option, boolean otherwise) {
        JsonNode value = get(option);
        if (isAbsent(option)) {
            return otherwise;
        }
        boolean truth = value.isBoolean()
                || value.toString().equals("0")
                || value.toString().equals("1");
        if (!truth) {
            throw wrong(option, "true or false");
        }
        return value.asBoolean();
    }

    /** A pair of numbers, or one for both. */
    Size2D size(String option) {
        JsonNode value = get(option);
        if (value.isArray() && value.size() == 2) {
            return new Size2D(integer(option, value.get(0)), integer(option, value.get(1)));
        }
        return Size2D.square(integer(option, value));
    }

    Size2D size(String option, Size2D otherwise) {
        return isAbsent(option) ? otherwise : size(option);
    }

    /**
     * What is added or cut on the four sides, as {top, bottom, left, right}: Keras's ((top, bottom), (left, right)),
     * (rows, columns), one number for all, and Keras 1's (top, bottom, left, right).
     */
    int[] sides(String option) {
        JsonNode value = get(option);
        if (value.isIntegralNumber()) {
            int side = integer(option, value);
            return new int[] {side, side, side, side};
        }
        List<Integer> sides = new ArrayList<>();
        for (JsonNode axis : value) {
            if (axis.isArray() && (axis.size() != 2 || value.size() != 2)) {
                throw wrong(option, "two pairs of whole numbers");
            }
            if (axis.isArray()) {
                sides.add(integer(option, axis.get(0)));
                sides.add(integer(option, axis.get(1)));
            } else {
                int ends = value.size() == 2 ? 2 : 1;
                for (int end = 0; end < ends; end++) {
                    sides.add(integer(option, axis));
                }
            }
        }
        if (sides.size() != 4) {
            throw wrong(option, "two pairs of whole numbers");
        }
        return sides.stream().mapToInt(Integer::intValue).toArray();
    }

    Padding padding() {
        if (isAbsent("padding")) {
            return Padding.VALID;
        }
        return oneOf("padding", Padding.values(), Padding::kerasName).orElse(Padding.VALID);
    }

    Interpolation interpolation(Interpolation otherwise) {
        if (isAbsent("interpolation")) {
            return otherwise;
        }
        return oneOf("interpolation", Interpolation.values(), Interpolation::kerasName)
                .orElse(otherwise);
    }

    /** What the layer's name of a function means in the version that wrote it. */
    ActivationFunction activation() {
        if (isAbsent("activation")) {
            return ActivationFunction.LINEAR;
        }
        Optional<ActivationFunction> function =
                ActivationNames.read(get("activation").asText(), version);
        if (function.isEmpty()) {
            refuse("activation");
        }
        return function.orElse(ActivationFunction.LINEAR);
    }

    /** The value of that name; where there is none, it is noted. */
    <T> Optional<T> oneOf(String option, T[] values, Function<T, String> kerasName) {
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

    /**
     * In which order the layer takes a feature map's axes. Where nothing is said, the default of the machine that wrote
     * the file held, which the layers before show.
     */
    AxisUse featureMap() {
        String format = isAbsent("data_format") ? "default" : get("data_format").asText();
        return switch (format) {
            case "default" -> AxisUse.ANY_ORDER;
            case "channels_last" -> AxisUse.AS_WRITTEN;
            case "channels_first" -> AxisUse.CHANNELS_FIRST;
            default -> {
                refuse("data_format");
                yield AxisUse.AS_WRITTEN;
            }
        };
    }

    /** Weights in float32; what a mixed policy computes in is the engine's affair. */
    void requireFloat32() {
        JsonNode policy = get("dtype").isObject() ? get("dtype").path("config").path("name") : get("dtype");
        String name = policy.asText("float32");
        if (!name.equals("float32") && !name.startsWith("mixed_")) {
            unsupported.add("dtype " + name, layer);
        }
    }

    void refuse(String option) {
        JsonNode value = get(option);
        // Of an object, its class says what it is.
        String text = value.path("class_name").asText(value.isTextual() ? value.asText() : value.toString());
        unsupported.add(option + " " + shorten(text), layer);
    }

    FormatException wrong(String option, String expected) {
        JsonNode value = get(option);
        String text = value.isTextual() ? value.asText() : value.toString();
        return new FormatException(
                NetworkConfigReader.PLACE + ", layer '" + layer + "'",
                "option " + option + " must be " + expected + ", but it is "
                        + (value.isMissingNode() ? "missing" : shorten(text)),
                Advice.SAVE_AGAIN);
    }

    private static String shorten(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }
}
