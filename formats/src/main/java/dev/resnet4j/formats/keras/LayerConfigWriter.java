package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
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
import dev.resnet4j.model.layer.Cropping2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.DepthwiseConv2D;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.ELU;
import dev.resnet4j.model.layer.Fill;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GaussianDropout;
import dev.resnet4j.model.layer.GaussianNoise;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.GroupNormalization;
import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.Interval;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.LayerNormalization;
import dev.resnet4j.model.layer.LayerVisitor;
import dev.resnet4j.model.layer.LeakyReLU;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
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
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** A layer's configuration with all the options that Keras writes, those at their defaults too. */
final class LayerConfigWriter implements LayerVisitor<ObjectNode> {
    private final ConfigStyle style;
    private final boolean trainable;

    /** @param trainable whether the layer is not frozen */
    LayerConfigWriter(ConfigStyle style, boolean trainable) {
        this.style = style;
        this.trainable = trainable;
    }

    @Override
    public ObjectNode visit(InputLayer layer) {
        ObjectNode config = Json.object();
        config.set(isKeras3() ? "batch_shape" : "batch_input_shape", batchShape(layer.shape()));
        config.put("dtype", "float32");
        config.put("sparse", false);
        config.put("name", layer.name());
        return config;
    }

    @Override
    public ObjectNode visit(Activation layer) {
        return common(layer).put("activation", activation(layer, layer.function()));
    }

    @Override
    public ObjectNode visit(AveragePooling2D layer) {
        return pooling(layer, layer.window());
    }

    @Override
    public ObjectNode visit(MaxPooling2D layer) {
        return pooling(layer, layer.window());
    }

    private ObjectNode pooling(Layer layer, Window window) {
        ObjectNode config = common(layer);
        config.set("pool_size", size(window.size()));
        config.put("padding", window.padding().kerasName());
        config.set("strides", size(window.strides()));
        return withChannelsLast(config);
    }

    @Override
    public ObjectNode visit(GlobalAveragePooling2D layer) {
        return globalPooling(layer, layer.keepDimensions());
    }

    @Override
    public ObjectNode visit(GlobalMaxPooling2D layer) {
        return globalPooling(layer, layer.keepDimensions());
    }

    /** Keras 2 did not know the option at first. */
    private ObjectNode globalPooling(Layer layer, boolean keepDimensions) {
        ObjectNode config = withChannelsLast(common(layer));
        return isKeras3() || keepDimensions ? config.put("keepdims", keepDimensions) : config;
    }

    @Override
    public ObjectNode visit(BatchNormalization layer) {
        ObjectNode config = common(layer);
        config.put("axis", -1);
        config.put("momentum", layer.momentum());
        config.put("epsilon", layer.epsilon());
        config.put("center", layer.center());
        config.put("scale", layer.scale());
        config.set("beta_initializer", initializer(new Zeros()));
        config.set("gamma_initializer", initializer(layer.gammaInitializer()));
        config.set("moving_mean_initializer", initializer(new Zeros()));
        config.set("moving_variance_initializer", initializer(new Ones()));
        withNull(config, "beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint");
        return isKeras3() ? config.put("synchronized", false) : config;
    }

    @Override
    public ObjectNode visit(LayerNormalization layer) {
        ObjectNode config = common(layer);
        if (layer.axes() == 1) {
            config.put("axis", -1);
        } else {
            ArrayNode axes = config.putArray("axis");
            for (int axis = -layer.axes(); axis < 0; axis++) {
                axes.add(axis);
            }
        }
        return withScaleAndOffset(config, layer.epsilon(), layer.center(), layer.scale());
    }

    @Override
    public ObjectNode visit(GroupNormalization layer) {
        ObjectNode config = common(layer).put("groups", layer.groups()).put("axis", -1);
        return withScaleAndOffset(config, layer.epsilon(), layer.center(), layer.scale());
    }

    private ObjectNode withScaleAndOffset(ObjectNode config, double epsilon, boolean center, boolean scale) {
        config.put("epsilon", epsilon).put("center", center).put("scale", scale);
        config.set("beta_initializer", initializer(new Zeros()));
        config.set("gamma_initializer", initializer(new Ones()));
        return withNull(config, "beta_regularizer", "gamma_regularizer", "beta_constraint", "gamma_constraint");
    }

    @Override
    public ObjectNode visit(Normalization layer) {
        ObjectNode config = common(layer);
        config.putArray("axis").add(-1);
        config.put("invert", layer.invert());
        if (layer.mean().isEmpty()) {
            return withNull(config, "mean", "variance");
        }
        config.set("mean", oneOrAll(layer.mean()));
        config.set("variance", oneOrAll(layer.variance()));
        return config;
    }

    @Override
    public ObjectNode visit(Conv2D layer) {
        ObjectNode config = common(layer).put("filters", layer.filters());
        withWindow(config, layer.window());
        // Keras 2 did not know the option at first.
        if (isKeras3() || layer.groups() > 1) {
            config.put("groups", layer.groups());
        }
        config.put("activation", activation(layer, layer.activation()));
        config.put("use_bias", layer.useBias());
        config.putNull("activity_regularizer");
        return withInitializers(config, layer.kernelInitializer(), layer.biasInitializer());
    }

    @Override
    public ObjectNode visit(Conv2DTranspose layer) {
        ObjectNode config = common(layer).put("filters", layer.filters());
        withWindow(config, layer.window());
        layer.outputPadding()
                .ifPresent(more ->
                        config.putArray("output_padding").add(more.height()).add(more.width()));
        config.put("activation", activation(layer, layer.activation()));
        config.put("use_bias", layer.useBias());
        config.putNull("activity_regularizer");
        return withInitializers(config, layer.kernelInitializer(), layer.biasInitializer());
    }

    @Override
    public ObjectNode visit(DepthwiseConv2D layer) {
        ObjectNode config = common(layer).put("depth_multiplier", layer.depthMultiplier());
        withWindow(config, layer.window());
        config.put("activation", activation(layer, layer.activation()));
        config.put("use_bias", layer.useBias());
        config.set("depthwise_initializer", initializer(layer.depthwiseInitializer()));
        config.set("bias_initializer", initializer(layer.biasInitializer()));
        return withNull(
                config,
                "depthwise_regularizer",
                "bias_regularizer",
                "activity_regularizer",
                "depthwise_constraint",
                "bias_constraint");
    }

    @Override
    public ObjectNode visit(SeparableConv2D layer) {
        ObjectNode config =
                common(layer).put("filters", layer.filters()).put("depth_multiplier", layer.depthMultiplier());
        withWindow(config, layer.window());
        config.put("activation", activation(layer, layer.activation()));
        config.put("use_bias", layer.useBias());
        config.set("depthwise_initializer", initializer(layer.depthwiseInitializer()));
        config.set("pointwise_initializer", initializer(layer.pointwiseInitializer()));
        config.set("bias_initializer", initializer(layer.biasInitializer()));
        return withNull(
                config,
                "depthwise_regularizer",
                "pointwise_regularizer",
                "bias_regularizer",
                "activity_regularizer",
                "depthwise_constraint",
                "pointwise_constraint",
                "bias_constraint");
    }

    private static void withWindow(ObjectNode config, Window window) {
        config.set("kernel_size", size(window.size()));
        config.set("strides", size(window.strides()));
        config.put("padding", window.padding().kerasName());
        withChannelsLast(config);
        config.set("dilation_rate", size(window.dilation()));
    }

    @Override
    public ObjectNode visit(Dense layer) {
        ObjectNode config = common(layer).put("units", layer.units());
        config.put("activation", activation(layer, layer.activation()));
        config.put("use_bias", layer.useBias());
        return withInitializers(config, layer.kernelInitializer(), layer.biasInitializer());
    }

    private ObjectNode withInitializers(ObjectNode config, Initializer kernel, Initializer bias) {
        config.set("kernel_initializer", initializer(kernel));
        config.set("bias_initializer", initializer(bias));
        return withNull(config, "kernel_regularizer", "bias_regularizer", "kernel_constraint", "bias_constraint");
    }

    @Override
    public ObjectNode visit(Merge layer) {
        return common(layer);
    }

    @Override
    public ObjectNode visit(Concatenate layer) {
        return common(layer).put("axis", layer.axis());
    }

    @Override
    public ObjectNode visit(Softmax layer) {
        return common(layer).put("axis", layer.axis());
    }

    @Override
    public ObjectNode visit(ReLU layer) {
        ObjectNode config = common(layer);
        if (Double.isInfinite(layer.maxValue())) {
            config.putNull("max_value");
        } else {
            config.put("max_value", layer.maxValue());
        }
        return config.put("negative_slope", layer.negativeSlope()).put("threshold", layer.threshold());
    }

    @Override
    public ObjectNode visit(LeakyReLU layer) {
        return common(layer).put(isKeras3() ? "negative_slope" : "alpha", layer.negativeSlope());
    }

    @Override
    public ObjectNode visit(ELU layer) {
        return common(layer).put("alpha", layer.alpha());
    }

    @Override
    public ObjectNode visit(PReLU layer) {
        ObjectNode config = common(layer);
        config.set("alpha_initializer", initializer(layer.alphaInitializer()));
        withNull(config, "alpha_regularizer", "alpha_constraint", "shared_axes");
        if (!layer.sharedAxes().isEmpty()) {
            ArrayNode axes = config.putArray("shared_axes");
            layer.sharedAxes().forEach(axes::add);
        }
        return config;
    }

    @Override
    public ObjectNode visit(Dropout layer) {
        return withNull(common(layer).put("rate", layer.rate()), "seed", "noise_shape");
    }

    @Override
    public ObjectNode visit(SpatialDropout2D layer) {
        ObjectNode config = common(layer).put("rate", layer.rate());
        config.putNull("seed");
        if (isKeras3()) {
            // Keras 3 takes a few options alone here, not all of a layer's.
            config.remove("trainable");
        } else {
            config.putNull("noise_shape");
        }
        return withChannelsLast(config);
    }

    @Override
    public ObjectNode visit(GaussianDropout layer) {
        return withSeed(common(layer).put("rate", layer.rate()));
    }

    @Override
    public ObjectNode visit(GaussianNoise layer) {
        return withSeed(common(layer).put("stddev", layer.standardDeviation()));
    }

    @Override
    public ObjectNode visit(Flatten layer) {
        return withChannelsLast(common(layer));
    }

    @Override
    public ObjectNode visit(Reshape layer) {
        ObjectNode config = common(layer);
        ArrayNode sizes = config.putArray("target_shape");
        layer.targetShape().forEach(sizes::add);
        return config;
    }

    @Override
    public ObjectNode visit(Permute layer) {
        ObjectNode config = common(layer);
        ArrayNode axes = config.putArray("dims");
        layer.dimensions().forEach(axes::add);
        return config;
    }

    @Override
    public ObjectNode visit(ZeroPadding2D layer) {
        return withSides(layer, "padding", layer.top(), layer.bottom(), layer.left(), layer.right());
    }

    @Override
    public ObjectNode visit(Cropping2D layer) {
        return withSides(layer, "cropping", layer.top(), layer.bottom(), layer.left(), layer.right());
    }

    private ObjectNode withSides(Layer layer, String option, int top, int bottom, int left, int right) {
        ObjectNode config = common(layer);
        ArrayNode sides = config.putArray(option);
        sides.addArray().add(top).add(bottom);
        sides.addArray().add(left).add(right);
        return withChannelsLast(config);
    }

    @Override
    public ObjectNode visit(UpSampling2D layer) {
        ObjectNode config = common(layer);
        config.set("size", size(layer.size()));
        config.put("interpolation", layer.interpolation().kerasName());
        return withChannelsLast(config);
    }

    @Override
    public ObjectNode visit(Rescaling layer) {
        ObjectNode config = common(layer);
        config.set("scale", oneOrAll(layer.scale()));
        config.set("offset", oneOrAll(layer.offset()));
        return config;
    }

    @Override
    public ObjectNode visit(Resizing layer) {
        ObjectNode config = common(layer).put("height", layer.height()).put("width", layer.width());
        config.put("interpolation", layer.interpolation().kerasName());
        config.put("crop_to_aspect_ratio", layer.cropToAspectRatio());
        return withDataFormatOfKeras3(config);
    }

    @Override
    public ObjectNode visit(CenterCrop layer) {
        return withDataFormatOfKeras3(
                common(layer).put("height", layer.height()).put("width", layer.width()));
    }

    @Override
    public ObjectNode visit(RandomCrop layer) {
        ObjectNode config = common(layer).put("height", layer.height()).put("width", layer.width());
        return withDataFormatOfKeras3(withSeed(config));
    }

    @Override
    public ObjectNode visit(RandomFlip layer) {
        ObjectNode config = common(layer).put("mode", layer.mode().kerasName());
        return withDataFormatOfKeras3(withSeed(config));
    }

    @Override
    public ObjectNode visit(RandomRotation layer) {
        ObjectNode config = common(layer);
        config.set("factor", interval(layer.factor()));
        return withFill(config, layer.fill());
    }

    @Override
    public ObjectNode visit(RandomTranslation layer) {
        ObjectNode config = common(layer);
        config.set("height_factor", interval(layer.heightFactor()));
        config.set("width_factor", interval(layer.widthFactor()));
        return withFill(config, layer.fill());
    }

    @Override
    public ObjectNode visit(RandomZoom layer) {
        ObjectNode config = common(layer);
        config.set("height_factor", interval(layer.heightFactor()));
        config.putNull("width_factor");
        layer.widthFactor().ifPresent(factor -> config.set("width_factor", interval(factor)));
        return withFill(config, layer.fill());
    }

    private ObjectNode withFill(ObjectNode config, Fill fill) {
        config.put("fill_mode", fill.mode().kerasName());
        config.put("interpolation", fill.interpolation().kerasName());
        config.put("fill_value", fill.value());
        return withDataFormatOfKeras3(withSeed(config));
    }

    @Override
    public ObjectNode visit(RandomBrightness layer) {
        ObjectNode config = common(layer);
        config.set("factor", interval(layer.factor()));
        config.set("value_range", interval(layer.valueRange()));
        return withSeed(config);
    }

    /** Keras writes how much less and how much more contrast there may be, and puts the smaller number first. */
    @Override
    public ObjectNode visit(RandomContrast layer) {
        double less = -layer.factor().lower();
        double more = layer.factor().upper();
        if (less > more) {
            throw notIn(layer, "a range of contrast that reaches further down (" + less + ") than up (" + more + ")");
        }
        ObjectNode config = common(layer);
        config.set("factor", interval(new Interval(less, more)));
        config.set("value_range", interval(layer.valueRange()));
        return withSeed(config);
    }

    @Override
    public ObjectNode visit(Network layer) {
        throw new IllegalArgumentException("a network is written by NetworkConfigWriter");
    }

    private boolean isKeras3() {
        return style == ConfigStyle.KERAS_3;
    }

    private ObjectNode common(Layer layer) {
        ObjectNode config = Json.object().put("name", layer.name()).put("trainable", trainable);
        return isKeras3() ? config.set("dtype", floatPolicy()) : config.put("dtype", "float32");
    }

    /** How Keras 3 says that a layer computes in single precision. */
    static ObjectNode floatPolicy() {
        return KerasObject.write("keras", "DTypePolicy", Json.object().put("name", "float32"));
    }

    private ObjectNode initializer(Initializer initializer) {
        return isKeras3() ? InitializerConfig.inKeras3(initializer) : InitializerConfig.inKeras2(initializer);
    }

    private String activation(Layer layer, ActivationFunction function) {
        Optional<String> name = isKeras3() ? ActivationNames.inKeras3(function) : ActivationNames.inKeras2(function);
        return name.orElseThrow(() -> notIn(layer, "the activation " + function));
    }

    private FormatException notIn(Layer layer, String what) {
        return new FormatException(
                "saving, layer '" + layer.name() + "'",
                (isKeras3() ? "Keras 3" : "Keras 2") + " has no word for " + what,
                isKeras3() ? "save it as .h5, in the form of Keras 2" : "save it as .keras, in the form of Keras 3");
    }

    private static ObjectNode withSeed(ObjectNode config) {
        return config.putNull("seed");
    }

    private static ObjectNode withNull(ObjectNode config, String... options) {
        for (String option : options) {
            config.putNull(option);
        }
        return config;
    }

    /** In Keras 2 the layers of augmentation take channels last alone. */
    private ObjectNode withDataFormatOfKeras3(ObjectNode config) {
        return isKeras3() ? withChannelsLast(config) : config;
    }

    private static ObjectNode withChannelsLast(ObjectNode config) {
        return config.put("data_format", "channels_last");
    }

    private static ArrayNode size(Size2D size) {
        return Json.array().add(size.height()).add(size.width());
    }

    private static ArrayNode interval(Interval interval) {
        return Json.array().add(interval.lower()).add(interval.upper());
    }

    private static JsonNode oneOrAll(List<Double> numbers) {
        if (numbers.size() == 1) {
            return Json.number(numbers.get(0));
        }
        ArrayNode all = Json.array();
        numbers.forEach(all::add);
        return all;
    }

    /** A shape with a batch axis of open size. */
    static ArrayNode batchShape(Shape shape) {
        ArrayNode json = Json.array().addNull();
        shape.dimensions().forEach(json::add);
        return json;
    }
}
