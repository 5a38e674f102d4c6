package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Ones;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.layer.Activation;
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
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GaussianDropout;
import dev.resnet4j.model.layer.GaussianNoise;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.GroupNormalization;
import dev.resnet4j.model.layer.InputLayer;
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

/** A layer's configuration with all the options that Keras writes, those at their defaults too. */
final class LayerConfigWriter implements LayerVisitor<ObjectNode> {
    @Override
    public ObjectNode visit(InputLayer layer) {
        ObjectNode config = Json.object();
        config.set("batch_shape", batchShape(layer.shape()));
        config.put("dtype", "float32");
        config.put("sparse", false);
        config.put("name", layer.name());
        return config;
    }

    @Override
    public ObjectNode visit(ZeroPadding2D layer) {
        ObjectNode config = common(layer);
        ArrayNode padding = config.putArray("padding");
        padding.addArray().add(layer.top()).add(layer.bottom());
        padding.addArray().add(layer.left()).add(layer.right());
        return withChannelsLast(config);
    }

    @Override
    public ObjectNode visit(Conv2D layer) {
        ObjectNode config = common(layer);
        config.put("filters", layer.filters());
        config.set("kernel_size", size(layer.kernelSize()));
        config.set("strides", size(layer.strides()));
        config.put("padding", layer.padding().kerasName());
        withChannelsLast(config);
        config.set("dilation_rate", size(layer.window().dilation()));
        config.put("groups", layer.groups());
        config.put("activation", layer.activation().kerasName());
        config.put("use_bias", layer.useBias());
        config.putNull("activity_regularizer");
        return withInitializers(config, layer.kernelInitializer(), layer.biasInitializer());
    }

    @Override
    public ObjectNode visit(Dense layer) {
        ObjectNode config = common(layer);
        config.put("units", layer.units());
        config.put("activation", layer.activation().kerasName());
        config.put("use_bias", layer.useBias());
        return withInitializers(config, layer.kernelInitializer(), layer.biasInitializer());
    }

    private static ObjectNode withInitializers(ObjectNode config, Initializer kernel, Initializer bias) {
        config.set("kernel_initializer", InitializerConfig.write(kernel));
        config.set("bias_initializer", InitializerConfig.write(bias));
        config.putNull("kernel_regularizer");
        config.putNull("bias_regularizer");
        config.putNull("kernel_constraint");
        config.putNull("bias_constraint");
        return config;
    }

    @Override
    public ObjectNode visit(BatchNormalization layer) {
        ObjectNode config = common(layer);
        config.put("axis", -1);
        config.put("momentum", layer.momentum());
        config.put("epsilon", layer.epsilon());
        config.put("center", layer.center());
        config.put("scale", layer.scale());
        config.set("beta_initializer", InitializerConfig.write(new Zeros()));
        config.set("gamma_initializer", InitializerConfig.write(new Ones()));
        config.set("moving_mean_initializer", InitializerConfig.write(new Zeros()));
        config.set("moving_variance_initializer", InitializerConfig.write(new Ones()));
        config.putNull("beta_regularizer");
        config.putNull("gamma_regularizer");
        config.putNull("beta_constraint");
        config.putNull("gamma_constraint");
        config.put("synchronized", false);
        return config;
    }

    @Override
    public ObjectNode visit(Activation layer) {
        return common(layer).put("activation", layer.function().kerasName());
    }

    @Override
    public ObjectNode visit(Merge layer) {
        return common(layer);
    }

    @Override
    public ObjectNode visit(Flatten layer) {
        return withChannelsLast(common(layer));
    }

    @Override
    public ObjectNode visit(Dropout layer) {
        ObjectNode config = common(layer).put("rate", layer.rate());
        config.putNull("seed");
        config.putNull("noise_shape");
        return config;
    }

    @Override
    public ObjectNode visit(MaxPooling2D layer) {
        return pooling(layer, layer.window());
    }

    @Override
    public ObjectNode visit(AveragePooling2D layer) {
        return pooling(layer, layer.window());
    }

    private static ObjectNode pooling(Layer layer, Window window) {
        ObjectNode config = common(layer);
        config.set("pool_size", size(window.size()));
        config.put("padding", window.padding().kerasName());
        config.set("strides", size(window.strides()));
        return withChannelsLast(config);
    }

    @Override
    public ObjectNode visit(GlobalMaxPooling2D layer) {
        return withChannelsLast(common(layer)).put("keepdims", layer.keepDimensions());
    }

    @Override
    public ObjectNode visit(GlobalAveragePooling2D layer) {
        return withChannelsLast(common(layer)).put("keepdims", layer.keepDimensions());
    }

    @Override
    public ObjectNode visit(CenterCrop layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(Concatenate layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(Conv2DTranspose layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(Cropping2D layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(DepthwiseConv2D layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(ELU layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(GaussianDropout layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(GaussianNoise layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(GroupNormalization layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(LayerNormalization layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(LeakyReLU layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(Network layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(Normalization layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(PReLU layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(Permute layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(RandomBrightness layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(RandomContrast layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(RandomCrop layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(RandomFlip layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(RandomRotation layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(RandomTranslation layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(RandomZoom layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(ReLU layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(Rescaling layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(Reshape layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(Resizing layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(SeparableConv2D layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(Softmax layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(SpatialDropout2D layer) {
        throw notWrittenYet(layer);
    }

    @Override
    public ObjectNode visit(UpSampling2D layer) {
        throw notWrittenYet(layer);
    }

    private static UnsupportedOperationException notWrittenYet(Layer layer) {
        return new UnsupportedOperationException("layers of class " + layer.className() + " are not written yet");
    }

    private static ObjectNode common(Layer layer) {
        ObjectNode config = Json.object();
        config.put("name", layer.name());
        config.put("trainable", true);
        config.set(
                "dtype", KerasObject.write("keras", "DTypePolicy", Json.object().put("name", "float32")));
        return config;
    }

    private static ObjectNode withChannelsLast(ObjectNode config) {
        return config.put("data_format", "channels_last");
    }

    private static ArrayNode size(Size2D size) {
        return Json.array().add(size.height()).add(size.width());
    }

    /** A shape with a batch axis of open size. */
    static ArrayNode batchShape(Shape shape) {
        ArrayNode json = Json.array().addNull();
        shape.dimensions().forEach(json::add);
        return json;
    }
}
