package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.keras.LayerTemplate.Content;
import dev.resnet4j.formats.keras.LayerTemplate.Input;
import dev.resnet4j.formats.keras.LayerTemplate.Single;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Ones;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.CenterCrop;
import dev.resnet4j.model.layer.Concatenate;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Conv2DTranspose;
import dev.resnet4j.model.layer.Conv2DTranspose.OutputPadding;
import dev.resnet4j.model.layer.Cropping2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.DepthwiseConv2D;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.ELU;
import dev.resnet4j.model.layer.Fill;
import dev.resnet4j.model.layer.FillMode;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GaussianDropout;
import dev.resnet4j.model.layer.GaussianNoise;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.GroupNormalization;
import dev.resnet4j.model.layer.Interpolation;
import dev.resnet4j.model.layer.Interval;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.LayerNormalization;
import dev.resnet4j.model.layer.LeakyReLU;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Normalization;
import dev.resnet4j.model.layer.PReLU;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.layer.RandomBrightness;
import dev.resnet4j.model.layer.RandomContrast;
import dev.resnet4j.model.layer.RandomCrop;
import dev.resnet4j.model.layer.RandomFlip;
import dev.resnet4j.model.layer.RandomRotation;
import dev.resnet4j.model.layer.RandomTranslation;
import dev.resnet4j.model.layer.RandomZoom;
import dev.resnet4j.model.layer.ReLU;
import dev.resnet4j.model.layer.Rescaling;
import dev.resnet4j.model.layer.Reshape;
import dev.resnet4j.model.layer.Resizing;
import dev.resnet4j.model.layer.SeparableConv2D;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.SpatialDropout2D;
import dev.resnet4j.model.layer.UpSampling2D;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Layers from the configuration that Keras writes. Kinds and options that resnet4j does not have are noted. Options
 * that only training knows (regularizers, constraints, initializers of other kinds) change nothing in what a saved
 * network computes and are passed over.
 */
final class LayerConfigReader {
    private static final Size2D ONE = Size2D.square(1);
    private static final Size2D TWO = Size2D.square(2);
    private static final Interval BYTES = new Interval(0, 255);

    /** Functions of more than one number, along the last axis. */
    private static final Set<ActivationFunction> ALONG_THE_LAST_AXIS =
            EnumSet.of(ActivationFunction.SOFTMAX, ActivationFunction.LOG_SOFTMAX, ActivationFunction.SPARSEMAX);

    private final KerasVersion version;
    private final Unsupported unsupported;

    LayerConfigReader(KerasVersion version, Unsupported unsupported) {
        this.version = version;
        this.unsupported = unsupported;
    }

    /**
     * The layer, or empty if it is of a kind that resnet4j does not have, which is then noted.
     *
     * @param name its name
     */
    Optional<Content> read(String name, JsonNode json) {
        String className = withoutPackage(Keras1Names.className(json));
        LayerOptions options = new LayerOptions(name, Keras1Names.options(json), version, unsupported);
        options.requireFloat32();
        return switch (className) {
            case "InputLayer" ->
                input(name, options, options.isAbsent("batch_shape") ? "batch_input_shape" : "batch_shape");
            case "Activation" -> activation(name, options);
            case "Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum" -> merge(name, className);
            case "AveragePooling2D" -> featureMap(new AveragePooling2D(name, poolWindow(options)), options);
            case "BatchNormalization", "BatchNormalizationV1", "BatchNormalizationV2", "SyncBatchNormalization" ->
                batchNormalization(name, options);
            case "CenterCrop" ->
                featureMap(new CenterCrop(name, options.integer("height"), options.integer("width")), options);
            case "Concatenate" -> concatenate(name, options);
            case "Conv2D" -> featureMap(convolution(name, options), options);
            case "Conv2DTranspose" -> featureMap(transposedConvolution(name, options), options);
            case "Cropping2D" -> cropping(name, options);
            case "Dense" -> dense(name, options);
            case "DepthwiseConv2D" -> featureMap(depthwiseConvolution(name, options), options);
            case "Dropout" -> dropout(name, options);
            case "ELU" -> anyOrder(new ELU(name, options.number("alpha", 1)));
            case "Flatten" -> flatten(name, options);
            case "GaussianDropout" -> anyOrder(new GaussianDropout(name, options.number("rate")));
            case "GaussianNoise" -> anyOrder(new GaussianNoise(name, options.number("stddev")));
            case "GlobalAveragePooling2D" ->
                featureMap(new GlobalAveragePooling2D(name, options.flag("keepdims", false)), options);
            case "GlobalMaxPooling2D" ->
                featureMap(new GlobalMaxPooling2D(name, options.flag("keepdims", false)), options);
            case "GroupNormalization" -> groupNormalization(name, options);
            case "LayerNormalization" -> layerNormalization(name, options);
            case "LeakyReLU" -> anyOrder(new LeakyReLU(name, negativeSlope(options, 0.3)));
            case "MaxPooling2D" -> featureMap(new MaxPooling2D(name, poolWindow(options)), options);
            case "Normalization" -> normalization(name, options);
            case "PReLU" -> parametricReLU(name, options);
            case "Permute" -> asWritten(new Permute(name, options.integers("dims")));
            case "RandomBrightness" ->
                featureMap(new RandomBrightness(name, options.interval("factor"), valueRange(options)), options);
            case "RandomContrast" -> featureMap(randomContrast(name, options), options);
            case "RandomCrop" ->
                featureMap(new RandomCrop(name, options.integer("height"), options.integer("width")), options);
            case "RandomFlip" -> featureMap(randomFlip(name, options), options);
            case "RandomRotation" ->
                featureMap(new RandomRotation(name, options.interval("factor"), fill(options)), options);
            case "RandomTranslation" ->
                featureMap(
                        new RandomTranslation(
                                name,
                                options.interval("height_factor"),
                                options.interval("width_factor"),
                                fill(options)),
                        options);
            case "RandomZoom" -> featureMap(randomZoom(name, options), options);
            case "ReLU" -> anyOrder(rectifier(name, options));
            case "Rescaling" -> rescaling(name, options);
            case "Reshape" -> reshape(name, options);
            case "Resizing" -> featureMap(resizing(name, options), options);
            case "SeparableConv2D" -> featureMap(separableConvolution(name, options), options);
            case "Softmax" -> softmax(name, options);
            case "SpatialDropout2D" -> spatialDropout(name, options);
            case "UpSampling2D" -> featureMap(upSampling(name, options), options);
            case "ZeroPadding2D" -> zeroPadding(name, options);
            default -> refuse(className, name, json);
        };
    }

    /** Registered names come with their package: {@code keras.layers.experimental.preprocessing.Rescaling}. */
    private static String withoutPackage(String className) {
        return className.replaceFirst(
                "^(?:keras|tf\\.keras|tensorflow\\.keras|experimental\\.preprocessing)[\\w.]*[.>]", "");
    }

    private Optional<Content> refuse(String className, String name, JsonNode json) {
        String kind = className.isEmpty() ? "a layer without class_name" : className;
        JsonNode config = json.path("config");
        // What is called, where a layer stands for any function, or how, where it stands for any merge.
        String detail = className.equals("Merge")
                ? config.path("mode").asText()
                : config.path("function").asText();
        unsupported.add(detail.isEmpty() ? kind : kind + " " + detail, name);
        return Optional.empty();
    }

    /** The sizes of a picture in a layer's own options, as the first layer of a Sequential of Keras 1 and 2 has them. */
    Optional<Input> inputSizes(String name, JsonNode json) {
        LayerOptions options = new LayerOptions(name, json.path("config"), version, unsupported);
        return options.isAbsent("batch_input_shape")
                ? Optional.empty()
                : input(name, options, "batch_input_shape").map(Input.class::cast);
    }

    private Optional<Content> input(String name, LayerOptions options, String option) {
        options.require("sparse", "false");
        options.require("ragged", "false");
        options.require("optional", "false");
        Optional<Input> sizes = sizes(options.get(option));
        if (sizes.isEmpty()) {
            unsupported.add("an input of shape " + options.get(option), name);
        }
        return sizes.map(Content.class::cast);
    }

    /** The sizes after the batch's; empty if one of them is none. */
    static Optional<Input> sizes(JsonNode batchShape) {
        List<Optional<Integer>> sizes = new ArrayList<>();
        for (int axis = 1; axis < batchShape.size(); axis++) {
            JsonNode size = batchShape.path(axis);
            boolean known = size.isIntegralNumber() && size.canConvertToInt() && size.intValue() >= 1;
            if (!known && !size.isNull()) {
                return Optional.empty();
            }
            sizes.add(known ? Optional.of(size.intValue()) : Optional.empty());
        }
        return sizes.isEmpty() ? Optional.empty() : Optional.of(new Input(List.copyOf(sizes)));
    }

    private static Optional<Content> anyOrder(Layer layer) {
        return Optional.of(new Single(layer, AxisUse.ANY_ORDER));
    }

    private static Optional<Content> asWritten(Layer layer) {
        return Optional.of(new Single(layer, AxisUse.AS_WRITTEN));
    }

    private static Optional<Content> featureMap(Layer layer, LayerOptions options) {
        return Optional.of(new Single(layer, options.featureMap()));
    }

    private static Optional<Content> activation(String name, LayerOptions options) {
        Activation layer = new Activation(name, options.activation());
        return ALONG_THE_LAST_AXIS.contains(layer.function()) ? asWritten(layer) : anyOrder(layer);
    }

    private static Optional<Content> merge(String name, String className) {
        for (Merge.Operation operation : Merge.Operation.values()) {
            if (operation.className().equals(className)) {
                return anyOrder(new Merge(name, operation));
            }
        }
        throw new IllegalArgumentException(className);
    }

    private static Optional<Content> concatenate(String name, LayerOptions options) {
        int axis = options.integer("axis", -1);
        return Optional.of(new Single(new Concatenate(name, axis), AxisUse.along(axis)));
    }

    private static Optional<Content> softmax(String name, LayerOptions options) {
        List<Integer> axes = options.isAbsent("axis") ? List.of(-1) : options.integers("axis");
        if (axes.size() != 1) {
            options.refuse("axis");
            return anyOrder(new Softmax(name, -1));
        }
        return Optional.of(new Single(new Softmax(name, axes.get(0)), AxisUse.along(axes.get(0))));
    }

    private Optional<Content> zeroPadding(String name, LayerOptions options) {
        int[] sides = sides(options, "padding");
        return featureMap(new ZeroPadding2D(name, sides[0], sides[1], sides[2], sides[3]), options);
    }

    private Optional<Content> cropping(String name, LayerOptions options) {
        int[] sides = options.isAbsent("cropping") ? new int[4] : options.sides("cropping");
        return featureMap(new Cropping2D(name, sides[0], sides[1], sides[2], sides[3]), options);
    }

    /** Keras 1.2 has them by name, too. */
    private static int[] sides(LayerOptions options, String option) {
        JsonNode named = options.get(option);
        if (!named.isObject()) {
            return options.isAbsent(option) ? new int[] {1, 1, 1, 1} : options.sides(option);
        }
        int[] sides = new int[4];
        String[] names = {"top_pad", "bottom_pad", "left_pad", "right_pad"};
        for (int side = 0; side < 4; side++) {
            sides[side] = named.path(names[side]).asInt(0);
        }
        return sides;
    }

    private static Conv2D convolution(String name, LayerOptions options) {
        return new Conv2D(
                name,
                options.integer("filters"),
                window(options),
                options.integer("groups", 1),
                options.flag("use_bias", true),
                elementwiseActivation(options),
                kernelInitializer(options, "kernel_initializer"),
                biasInitializer(options));
    }

    private static Conv2DTranspose transposedConvolution(String name, LayerOptions options) {
        options.require("groups", "1");
        return new Conv2DTranspose(
                name,
                options.integer("filters"),
                window(options),
                outputPadding(options),
                options.flag("use_bias", true),
                elementwiseActivation(options),
                kernelInitializer(options, "kernel_initializer"),
                biasInitializer(options));
    }

    private static Optional<OutputPadding> outputPadding(LayerOptions options) {
        if (options.isAbsent("output_padding")) {
            return Optional.empty();
        }
        List<Integer> more = options.integers("output_padding");
        if (more.isEmpty() || more.size() > 2) {
            throw options.wrong("output_padding", "one number or two");
        }
        return Optional.of(new OutputPadding(more.get(0), more.get(more.size() - 1)));
    }

    private static DepthwiseConv2D depthwiseConvolution(String name, LayerOptions options) {
        options.require("groups", "1");
        return new DepthwiseConv2D(
                name,
                window(options),
                options.integer("depth_multiplier", 1),
                options.flag("use_bias", true),
                elementwiseActivation(options),
                kernelInitializer(options, "depthwise_initializer"),
                biasInitializer(options));
    }

    private static SeparableConv2D separableConvolution(String name, LayerOptions options) {
        options.require("groups", "1");
        return new SeparableConv2D(
                name,
                options.integer("filters"),
                window(options),
                options.integer("depth_multiplier", 1),
                options.flag("use_bias", true),
                elementwiseActivation(options),
                kernelInitializer(options, "depthwise_initializer"),
                kernelInitializer(options, "pointwise_initializer"),
                biasInitializer(options));
    }

    private static Window window(LayerOptions options) {
        return new Window(
                options.size("kernel_size"),
                options.size("strides", ONE),
                options.padding(),
                options.size("dilation_rate", ONE));
    }

    private static Window poolWindow(LayerOptions options) {
        Size2D size = options.size("pool_size", TWO);
        return new Window(size, options.size("strides", size), options.padding());
    }

    /** A convolution's activation goes along the last axis, which are the columns where channels come first. */
    private static ActivationFunction elementwiseActivation(LayerOptions options) {
        ActivationFunction function = options.activation();
        if (options.featureMap().equals(AxisUse.CHANNELS_FIRST) && ALONG_THE_LAST_AXIS.contains(function)) {
            options.refuse("activation");
        }
        return function;
    }

    private static Optional<Content> dense(String name, LayerOptions options) {
        options.require("quantization_config");
        options.require("quantization_mode");
        options.require("lora_rank");
        return asWritten(new Dense(
                name,
                options.integer("units"),
                options.flag("use_bias", true),
                options.activation(),
                kernelInitializer(options, "kernel_initializer"),
                biasInitializer(options)));
    }

    private static Initializer kernelInitializer(LayerOptions options, String option) {
        return InitializerConfig.read(options.get(option)).orElseGet(GlorotUniform::withRandomSeed);
    }

    private static Initializer biasInitializer(LayerOptions options) {
        return InitializerConfig.read(options.get("bias_initializer")).orElseGet(Zeros::new);
    }

    private static Optional<Content> batchNormalization(String name, LayerOptions options) {
        options.require("renorm", "false");
        options.require("virtual_batch_size");
        options.require("adjustment");
        options.require("mode", "0");
        BatchNormalization layer = new BatchNormalization(
                name,
                options.number("momentum", 0.99),
                options.number("epsilon", 1e-3),
                options.flag("center", true),
                options.flag("scale", true),
                gammaInitializer(options));
        return channels(options, () -> layer);
    }

    private static Initializer gammaInitializer(LayerOptions options) {
        return InitializerConfig.read(options.get("gamma_initializer"))
                .filter(Zeros.class::isInstance)
                .orElseGet(Ones::new);
    }

    private static Optional<Content> groupNormalization(String name, LayerOptions options) {
        return channels(
                options,
                () -> new GroupNormalization(
                        name,
                        options.integer("groups", 32),
                        options.number("epsilon", 1e-3),
                        options.flag("center", true),
                        options.flag("scale", true)));
    }

    private static Optional<Content> layerNormalization(String name, LayerOptions options) {
        options.require("rms_scaling", "false");
        return channels(
                options,
                () -> new LayerNormalization(
                        name,
                        axes(options).size(),
                        options.number("epsilon", 1e-3),
                        options.flag("center", true),
                        options.flag("scale", true)));
    }

    private static Optional<Content> channels(LayerOptions options, Supplier<Layer> layer) {
        return Optional.of(new Single(layer.get(), AxisUse.channels(axes(options))));
    }

    private static List<Integer> axes(LayerOptions options) {
        List<Integer> axes = options.isAbsent("axis") ? List.of(-1) : options.integers("axis");
        if (axes.isEmpty()) {
            throw options.wrong("axis", "a whole number, or several");
        }
        return axes;
    }

    private static Optional<Content> normalization(String name, LayerOptions options) {
        boolean given = !options.isAbsent("mean") && !options.isAbsent("variance");
        List<Double> mean = given ? options.numbers("mean") : List.of();
        List<Double> variance = given ? options.numbers("variance") : List.of();
        boolean oneForAll = given && mean.size() == 1 && variance.size() == 1;
        boolean noAxis = options.get("axis").isNull()
                || (options.get("axis").isArray() && options.get("axis").isEmpty());
        if (noAxis && !oneForAll) {
            options.refuse("axis");
        }
        Normalization layer = new Normalization(name, mean, variance, options.flag("invert", false));
        return oneForAll || noAxis ? anyOrder(layer) : channels(options, () -> layer);
    }

    private static Optional<Content> dropout(String name, LayerOptions options) {
        options.require("noise_shape");
        return anyOrder(new Dropout(name, options.number("rate")));
    }

    private static Optional<Content> spatialDropout(String name, LayerOptions options) {
        options.require("noise_shape");
        return featureMap(new SpatialDropout2D(name, options.number("rate")), options);
    }

    /** Keras 1 and 2.1 flatten as the numbers stand; with channels first, later ones put the channels last before. */
    private static Optional<Content> flatten(String name, LayerOptions options) {
        AxisUse axes = options.featureMap();
        return Optional.of(new Single(new Flatten(name), axes.equals(AxisUse.ANY_ORDER) ? AxisUse.AS_WRITTEN : axes));
    }

    private static Optional<Content> reshape(String name, LayerOptions options) {
        List<Integer> targetShape = options.integers("target_shape");
        if (targetShape.isEmpty()) {
            throw options.wrong("target_shape", "at least one size");
        }
        return asWritten(new Reshape(name, targetShape));
    }

    /** Keras 3's name of the slope, or the one before. */
    private static double negativeSlope(LayerOptions options, double otherwise) {
        return options.number(options.isAbsent("negative_slope") ? "alpha" : "negative_slope", otherwise);
    }

    private static ReLU rectifier(String name, LayerOptions options) {
        return new ReLU(
                name,
                options.number("max_value", Double.POSITIVE_INFINITY),
                options.number("negative_slope", 0),
                options.number("threshold", 0));
    }

    private static Optional<Content> parametricReLU(String name, LayerOptions options) {
        List<Integer> sharedAxes = options.isAbsent("shared_axes") ? List.of() : options.integers("shared_axes");
        Initializer initializer =
                InitializerConfig.read(options.get("alpha_initializer")).orElseGet(Zeros::new);
        return Optional.of(new Single(new PReLU(name, sharedAxes, initializer), AxisUse.shared(sharedAxes)));
    }

    private static Optional<Content> rescaling(String name, LayerOptions options) {
        List<Double> scale = options.numbers("scale");
        List<Double> offset = options.isAbsent("offset") ? List.of(0.0) : options.numbers("offset");
        Rescaling layer = new Rescaling(name, scale, offset);
        return scale.size() == 1 && offset.size() == 1 ? anyOrder(layer) : asWritten(layer);
    }

    private static UpSampling2D upSampling(String name, LayerOptions options) {
        return new UpSampling2D(name, options.size("size", TWO), options.interpolation(Interpolation.NEAREST));
    }

    private static Resizing resizing(String name, LayerOptions options) {
        options.require("pad_to_aspect_ratio", "false");
        options.require("antialias", "false");
        return new Resizing(
                name,
                options.integer("height"),
                options.integer("width"),
                options.interpolation(Interpolation.BILINEAR),
                options.flag("crop_to_aspect_ratio", false));
    }

    private static RandomFlip randomFlip(String name, LayerOptions options) {
        RandomFlip.Mode otherwise = RandomFlip.Mode.HORIZONTAL_AND_VERTICAL;
        return new RandomFlip(
                name,
                options.isAbsent("mode")
                        ? otherwise
                        : options.oneOf("mode", RandomFlip.Mode.values(), RandomFlip.Mode::kerasName)
                                .orElse(otherwise));
    }

    /** Two numbers say how much less and how much more contrast there may be. */
    private static RandomContrast randomContrast(String name, LayerOptions options) {
        List<Double> factor = options.numbers("factor");
        if (factor.size() != 1 && factor.size() != 2) {
            throw options.wrong("factor", "one number or two");
        }
        Interval around = new Interval(-factor.get(0), factor.get(factor.size() - 1));
        return new RandomContrast(name, around, valueRange(options));
    }

    private static RandomZoom randomZoom(String name, LayerOptions options) {
        Optional<Interval> widthFactor =
                options.isAbsent("width_factor") ? Optional.empty() : Optional.of(options.interval("width_factor"));
        return new RandomZoom(name, options.interval("height_factor"), widthFactor, fill(options));
    }

    private static Interval valueRange(LayerOptions options) {
        return options.isAbsent("value_range") ? BYTES : options.interval("value_range");
    }

    private static Fill fill(LayerOptions options) {
        FillMode mode = options.isAbsent("fill_mode")
                ? Fill.DEFAULT.mode()
                : options.oneOf("fill_mode", FillMode.values(), FillMode::kerasName)
                        .orElse(Fill.DEFAULT.mode());
        return new Fill(mode, options.interpolation(Fill.DEFAULT.interpolation()), options.number("fill_value", 0));
    }
}
