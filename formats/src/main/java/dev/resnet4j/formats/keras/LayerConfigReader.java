package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Layers from the configuration that Keras writes. Kinds and options that resnet4j does not have are noted. Options
 * that only training knows (regularizers, constraints, frozen layers, initializers of other libraries) change nothing
 * in what a saved network computes and are passed over.
 */
final class LayerConfigReader {
    private final Unsupported unsupported;

    LayerConfigReader(Unsupported unsupported) {
        this.unsupported = unsupported;
    }

    /** The layer, or empty if it is of a kind that resnet4j does not have, which is then noted. */
    Optional<Layer> read(JsonNode json) {
        String className = json.path("class_name").asText();
        String name = json.path("config").path("name").asText(json.path("name").asText());
        LayerOptions options = new LayerOptions(name, json.path("config"), unsupported);
        options.requireFloat32();
        return switch (className) {
            case "Activation" -> Optional.of(new Activation(name, options.activation()));
            case "Add" -> Optional.of(new Merge(name, Merge.Operation.ADD));
            case "AveragePooling2D" -> Optional.of(averagePooling(name, options));
            case "BatchNormalization" -> Optional.of(batchNormalization(name, options));
            case "Conv2D" -> Optional.of(convolution(name, options));
            case "Dense" -> Optional.of(dense(name, options));
            case "Dropout" -> Optional.of(dropout(name, options));
            case "Flatten" -> Optional.of(flatten(name, options));
            case "GlobalAveragePooling2D" -> Optional.of(globalAveragePooling(name, options));
            case "GlobalMaxPooling2D" -> Optional.of(globalMaxPooling(name, options));
            case "InputLayer" -> input(name, options);
            case "MaxPooling2D" -> Optional.of(maxPooling(name, options));
            case "ZeroPadding2D" -> Optional.of(zeroPadding(name, options));
            default -> refuse(className, name, json.path("config").path("layers"));
        };
    }

    /** Names the layers of a model inside the model too, where they are of unsupported kinds themselves. */
    private Optional<Layer> refuse(String className, String name, JsonNode innerLayers) {
        unsupported.add(className.isEmpty() ? "a layer without class_name" : className, name);
        innerLayers.forEach(this::read);
        return Optional.empty();
    }

    private Optional<Layer> input(String name, LayerOptions options) {
        options.require("sparse", "false");
        options.require("ragged", "false");
        options.require("optional", "false");
        JsonNode batchShape = options.get("batch_shape");
        List<Integer> dimensions = new ArrayList<>();
        for (int axis = 1; axis < batchShape.size(); axis++) {
            JsonNode size = batchShape.get(axis);
            if (!size.isIntegralNumber() || !size.canConvertToInt() || size.intValue() < 1) {
                unsupported.add("an input of open size " + batchShape, name);
                return Optional.empty();
            }
            dimensions.add(size.intValue());
        }
        if (dimensions.isEmpty()) {
            unsupported.add("an input without batch_shape", name);
            return Optional.empty();
        }
        return Optional.of(new InputLayer(name, new Shape(dimensions)));
    }

    private static ZeroPadding2D zeroPadding(String name, LayerOptions options) {
        options.requireChannelsLast();
        int[][] sides = options.sides("padding");
        return new ZeroPadding2D(name, sides[0][0], sides[0][1], sides[1][0], sides[1][1]);
    }

    private static Conv2D convolution(String name, LayerOptions options) {
        options.requireChannelsLast();
        options.require("dilation_rate", "[1,1]", "1");
        options.require("groups", "1");
        return new Conv2D(
                name,
                options.integer("filters"),
                new Window(options.size("kernel_size"), options.size("strides"), options.padding()),
                1,
                options.flag("use_bias"),
                options.activation(),
                kernelInitializer(options),
                biasInitializer(options));
    }

    private static Dense dense(String name, LayerOptions options) {
        options.require("quantization_config");
        return new Dense(
                name,
                options.integer("units"),
                options.flag("use_bias"),
                options.activation(),
                kernelInitializer(options),
                biasInitializer(options));
    }

    private static Initializer kernelInitializer(LayerOptions options) {
        return InitializerConfig.read(options.get("kernel_initializer")).orElseGet(GlorotUniform::withRandomSeed);
    }

    private static Initializer biasInitializer(LayerOptions options) {
        return InitializerConfig.read(options.get("bias_initializer")).orElseGet(Zeros::new);
    }

    private static BatchNormalization batchNormalization(String name, LayerOptions options) {
        options.require("axis", "-1", "3", "[-1]", "[3]");
        options.require("center", "true");
        options.require("scale", "true");
        options.require("renorm", "false");
        return new BatchNormalization(name, options.number("momentum"), options.number("epsilon"), true, true);
    }

    private static Dropout dropout(String name, LayerOptions options) {
        options.require("noise_shape");
        return new Dropout(name, options.number("rate"));
    }

    private static Flatten flatten(String name, LayerOptions options) {
        options.requireChannelsLast();
        return new Flatten(name);
    }

    private static MaxPooling2D maxPooling(String name, LayerOptions options) {
        options.requireChannelsLast();
        return new MaxPooling2D(name, new Window(options.size("pool_size"), poolStrides(options), options.padding()));
    }

    private static AveragePooling2D averagePooling(String name, LayerOptions options) {
        options.requireChannelsLast();
        return new AveragePooling2D(
                name, new Window(options.size("pool_size"), poolStrides(options), options.padding()));
    }

    private static Size2D poolStrides(LayerOptions options) {
        return options.size(options.isAbsent("strides") ? "pool_size" : "strides");
    }

    private static GlobalMaxPooling2D globalMaxPooling(String name, LayerOptions options) {
        options.requireChannelsLast();
        options.require("keepdims", "false");
        return new GlobalMaxPooling2D(name, false);
    }

    private static GlobalAveragePooling2D globalAveragePooling(String name, LayerOptions options) {
        options.requireChannelsLast();
        options.require("keepdims", "false");
        return new GlobalAveragePooling2D(name, false);
    }
}
