package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.tensor.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayerTest {
    private static final Network NETWORK = network();

    private static Network network() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(2));
        return Network.of("", input, new Softmax().apply(input));
    }

    /** Every kind of layer, its class and the name that Keras gives the first one without a name. */
    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(new Activation(ActivationFunction.RELU), "Activation", "activation"),
                Arguments.of(Merge.add(), "Add", "add"),
                Arguments.of(new AveragePooling2D(2), "AveragePooling2D", "average_pooling2d"),
                Arguments.of(new BatchNormalization(), "BatchNormalization", "batch_normalization"),
                Arguments.of(new CenterCrop(2, 2), "CenterCrop", "center_crop"),
                Arguments.of(new Concatenate(), "Concatenate", "concatenate"),
                Arguments.of(new Conv2DTranspose(4, 3), "Conv2DTranspose", "conv2d_transpose"),
                Arguments.of(new Cropping2D(1), "Cropping2D", "cropping2d"),
                Arguments.of(new DepthwiseConv2D(3), "DepthwiseConv2D", "depthwise_conv2d"),
                Arguments.of(new ELU(), "ELU", "elu"),
                Arguments.of(new GaussianDropout(0.5), "GaussianDropout", "gaussian_dropout"),
                Arguments.of(new GaussianNoise(1), "GaussianNoise", "gaussian_noise"),
                Arguments.of(new GroupNormalization(), "GroupNormalization", "group_normalization"),
                Arguments.of(new LayerNormalization(), "LayerNormalization", "layer_normalization"),
                Arguments.of(new LeakyReLU(), "LeakyReLU", "leaky_re_lu"),
                Arguments.of(NETWORK, "Functional", "functional"),
                Arguments.of(new Normalization(), "Normalization", "normalization"),
                Arguments.of(new PReLU(), "PReLU", "p_re_lu"),
                Arguments.of(new Permute(1), "Permute", "permute"),
                Arguments.of(new RandomBrightness(0.1), "RandomBrightness", "random_brightness"),
                Arguments.of(new RandomContrast(0.1), "RandomContrast", "random_contrast"),
                Arguments.of(new RandomCrop(2, 2), "RandomCrop", "random_crop"),
                Arguments.of(new RandomFlip(RandomFlip.Mode.VERTICAL), "RandomFlip", "random_flip"),
                Arguments.of(new RandomRotation(0.1), "RandomRotation", "random_rotation"),
                Arguments.of(new RandomTranslation(0.1, 0.1), "RandomTranslation", "random_translation"),
                Arguments.of(new RandomZoom(0.1), "RandomZoom", "random_zoom"),
                Arguments.of(new ReLU(), "ReLU", "re_lu"),
                Arguments.of(new Rescaling(1, 0), "Rescaling", "rescaling"),
                Arguments.of(new Reshape(Shape.of(2)), "Reshape", "reshape"),
                Arguments.of(new Resizing(2, 2), "Resizing", "resizing"),
                Arguments.of(new SeparableConv2D(4, 3), "SeparableConv2D", "separable_conv2d"),
                Arguments.of(new Softmax(), "Softmax", "softmax"),
                Arguments.of(new SpatialDropout2D(0.5), "SpatialDropout2D", "spatial_dropout2d"),
                Arguments.of(new UpSampling2D(2), "UpSampling2D", "up_sampling2d"),
                Arguments.of(new Conv2D(4, 3), "Conv2D", "conv2d"),
                Arguments.of(new Dense(4), "Dense", "dense"),
                Arguments.of(new Dropout(0.5), "Dropout", "dropout"),
                Arguments.of(new Flatten(), "Flatten", "flatten"),
                Arguments.of(new GlobalAveragePooling2D(), "GlobalAveragePooling2D", "global_average_pooling2d"),
                Arguments.of(new GlobalMaxPooling2D(), "GlobalMaxPooling2D", "global_max_pooling2d"),
                Arguments.of(new InputLayer(Shape.of(8, 8, 3)), "InputLayer", "input_layer"),
                Arguments.of(new MaxPooling2D(2), "MaxPooling2D", "max_pooling2d"),
                Arguments.of(new ZeroPadding2D(1), "ZeroPadding2D", "zero_padding2d"));
    }

    @Test
    void allKindsAreTestedHere() {
        assertThat(layers().<Class<?>>map(arguments -> arguments.get()[0].getClass()))
                .containsExactlyInAnyOrder(Layer.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void isNamedAsKerasNamesItsClassAndFirstLayer(Layer layer, String className, String automaticName) {
        assertThat(layer.className()).isEqualTo(className);
        assertThat(layer.automaticName()).isEqualTo(automaticName);
    }

    @ParameterizedTest
    @MethodSource("layers")
    void hasNoNameUntilOneIsGiven(Layer layer) {
        assertThat(layer.name()).isEmpty();
        assertThat(layer.withName("given").name()).isEqualTo("given");
        assertThat(layer.withName("given").withName("")).isEqualTo(layer);
    }
}
