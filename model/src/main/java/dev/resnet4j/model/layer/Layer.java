package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * One layer as Keras describes it: its configuration and nothing else. Weights and running state live elsewhere.
 *
 * <p>Records with a short constructor for what must be given and {@code with...} methods for the rest. Apply a layer to
 * symbolic tensors to build a graph: {@code new Conv2D(64, 7).withStrides(2).apply(x)}. One object that is applied twice is
 * one layer that is called twice, with the same weights, as in Keras.
 */
public sealed interface Layer
        permits Activation,
                AveragePooling2D,
                BatchNormalization,
                CenterCrop,
                Concatenate,
                Conv2D,
                Conv2DTranspose,
                Cropping2D,
                Dense,
                DepthwiseConv2D,
                Dropout,
                ELU,
                Flatten,
                GaussianDropout,
                GaussianNoise,
                GlobalAveragePooling2D,
                GlobalMaxPooling2D,
                GroupNormalization,
                InputLayer,
                LayerNormalization,
                LeakyReLU,
                MaxPooling2D,
                Merge,
                Network,
                Normalization,
                PReLU,
                Permute,
                RandomBrightness,
                RandomContrast,
                RandomCrop,
                RandomFlip,
                RandomRotation,
                RandomTranslation,
                RandomZoom,
                ReLU,
                Rescaling,
                Reshape,
                Resizing,
                SeparableConv2D,
                Softmax,
                SpatialDropout2D,
                UpSampling2D,
                ZeroPadding2D {
    /** The layer's name, unique in its network; empty until a network gives it one. */
    String name();

    /** This layer under another name. */
    Layer withName(String name);

    /**
     * The shape of the output, batch axis left out.
     *
     * @param inputs the shapes of the inputs, batch axis left out
     * @throws InvalidNetworkException if the layer cannot take such inputs
     */
    Shape outputShape(List<Shape> inputs);

    /**
     * The layer's weights in Keras's order.
     *
     * @param inputs the shapes of the inputs, batch axis left out
     */
    default List<WeightSpec> weights(List<Shape> inputs) {
        return List.of();
    }

    /** Calls the visitor's method for this kind of layer. */
    <R> R accept(LayerVisitor<R> visitor);

    /** Keras's name of this kind of layer: {@code Conv2D}. */
    default String className() {
        return getClass().getSimpleName();
    }

    /** The name that Keras gives the first unnamed layer of this kind: {@code max_pooling2d}. */
    default String automaticName() {
        return className()
                .replaceAll("(.)([A-Z][a-z0-9]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /**
     * Puts the layer into a graph.
     *
     * @throws InvalidNetworkException if the layer cannot take such inputs
     */
    default SymbolicTensor apply(SymbolicTensor... inputs) {
        return new SymbolicTensor(this, Arrays.asList(inputs));
    }
}
