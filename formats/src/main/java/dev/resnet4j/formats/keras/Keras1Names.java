package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Json;
import java.util.Map;
import java.util.Optional;

/**
 * Keras 1's names of classes and options in the words of Keras 2. Where a layer has none of them, it stays as it is.
 */
final class Keras1Names {
    private static final Map<String, String> CLASSES = Map.of(
            "Convolution2D", "Conv2D",
            "AtrousConvolution2D", "Conv2D",
            "SeparableConvolution2D", "SeparableConv2D");

    private static final Map<String, String> MERGES = Map.of(
            "sum", "Add",
            "mul", "Multiply",
            "ave", "Average",
            "max", "Maximum",
            "concat", "Concatenate");

    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("border_mode", "padding"),
            Map.entry("subsample", "strides"),
            Map.entry("atrous_rate", "dilation_rate"),
            Map.entry("nb_filter", "filters"),
            Map.entry("output_dim", "units"),
            Map.entry("bias", "use_bias"),
            Map.entry("p", "rate"),
            Map.entry("sigma", "stddev"),
            Map.entry("concat_axis", "axis"),
            Map.entry("depthwise_init", "depthwise_initializer"),
            Map.entry("pointwise_init", "pointwise_initializer"));

    private static final Map<String, String> DATA_FORMATS = Map.of("th", "channels_first", "tf", "channels_last");

    private Keras1Names() {}

    /** The class in Keras 2's words; {@code Merge} stays where its mode has no class there. */
    static String className(JsonNode layer) {
        String className = layer.path("class_name").asText();
        if (className.equals("Merge")) {
            return MERGES.getOrDefault(layer.path("config").path("mode").asText(), className);
        }
        return CLASSES.getOrDefault(className, className);
    }

    /** The options in Keras 2's words. */
    static JsonNode options(JsonNode layer) {
        JsonNode config = layer.path("config");
        if (!config.isObject()) {
            return config;
        }
        ObjectNode options = Json.object();
        config.properties()
                .forEach(option ->
                        options.set(OPTIONS.getOrDefault(option.getKey(), option.getKey()), option.getValue()));
        if (config.has("nb_row") && config.has("nb_col")) {
            options.putArray("kernel_size").add(config.get("nb_row")).add(config.get("nb_col"));
        }
        dataFormat(config).ifPresent(format -> options.put("data_format", format));
        if (config.has("init")) {
            String weight = layer.path("class_name").asText().equals("PReLU") ? "alpha" : "kernel";
            options.set(weight + "_initializer", config.get("init"));
        }
        return options;
    }

    /** Empty for {@code default}, too: what that was stood in a file beside the program. */
    private static Optional<String> dataFormat(JsonNode config) {
        return Optional.ofNullable(DATA_FORMATS.get(config.path("dim_ordering").asText()));
    }
}
