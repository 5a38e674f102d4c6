package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.tensor.Shape;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayerTest {
    /** Every kind of layer, its class and the name that Keras gives the first one without a name. */
    static Stream<Arguments> layers() {
        return Stream.of(
                Arguments.of(new Activation(ActivationFunction.RELU), "Activation", "activation"),
                Arguments.of(Merge.add(), "Add", "add"),
                Arguments.of(new AveragePooling2D(2), "AveragePooling2D", "average_pooling2d"),
                Arguments.of(new BatchNormalization(), "BatchNormalization", "batch_normalization"),
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
