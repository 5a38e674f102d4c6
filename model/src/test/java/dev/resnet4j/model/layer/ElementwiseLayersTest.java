package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the layers have in common whose output is as large as their input. */
class ElementwiseLayersTest {
    private static final Shape MAP = Shape.of(4, 6, 64);
    private static final Shape VECTOR = Shape.of(64);

    /** Those that take anything. */
    static Stream<Layer> ofAnyShape() {
        return Stream.of(
                new Activation(ActivationFunction.RELU),
                new BatchNormalization(),
                new Dropout(0.5),
                new ELU(),
                new GaussianDropout(0.5),
                new GaussianNoise(0.1),
                new GroupNormalization(),
                new LayerNormalization(),
                new LeakyReLU(),
                new Normalization(),
                new PReLU(),
                new ReLU(),
                new Rescaling(1 / 255.0, 0),
                new Softmax());
    }

    /** Those that take pictures and feature maps alone. */
    static Stream<Layer> ofFeatureMaps() {
        return Stream.of(
                new RandomBrightness(0.2),
                new RandomContrast(0.2),
                new RandomFlip(RandomFlip.Mode.HORIZONTAL),
                new RandomRotation(0.1),
                new RandomTranslation(0.1, 0.2),
                new RandomZoom(0.1),
                new SpatialDropout2D(0.5));
    }

    static Stream<Layer> all() {
        return Stream.concat(ofAnyShape(), ofFeatureMaps());
    }

    @ParameterizedTest
    @MethodSource("all")
    void keepTheShapeOfAFeatureMap(Layer layer) {
        assertThat(layer.outputShape(List.of(MAP))).isEqualTo(MAP);
    }

    @ParameterizedTest
    @MethodSource("ofAnyShape")
    void keepTheShapeOfAVector(Layer layer) {
        assertThat(layer.outputShape(List.of(VECTOR))).isEqualTo(VECTOR);
    }

    @ParameterizedTest
    @MethodSource("ofFeatureMaps")
    void refuseAVectorWherePicturesAreMeant(Layer layer) {
        assertThat(layer.weights(List.of(MAP))).isEmpty();
        assertThatThrownBy(() -> layer.withName("a").outputShape(List.of(VECTOR)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage(layer.className()
                        + " 'a': takes a feature map (height, width, channels), but its input has shape (64,)");
    }

    @ParameterizedTest
    @MethodSource("all")
    void refuseTwoInputs(Layer layer) {
        assertThatThrownBy(() -> layer.outputShape(List.of(MAP, MAP)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage(layer.className() + ": takes one input, got 2");
    }

    @Test
    void learnAnAlphaForEveryNumberOrSharedAlongAxes() {
        assertThat(alpha(new PReLU())).isEqualTo(MAP);
        assertThat(alpha(new PReLU().withSharedAxes(1, 2))).isEqualTo(Shape.of(1, 1, 64));
        assertThat(alpha(new PReLU().withSharedAxes(-1))).isEqualTo(Shape.of(4, 6, 1));
    }

    private static Shape alpha(PReLU layer) {
        WeightSpec alpha = layer.weights(List.of(MAP)).get(0);
        assertThat(alpha.name()).isEqualTo("alpha");
        return alpha.shape();
    }

    @Test
    void refuseAnAxisThatIsNone() {
        assertThatThrownBy(() -> new PReLU().withSharedAxes(4).weights(List.of(MAP)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("PReLU: axis 4 is none of its input's, which has shape (None, 4, 6, 64)");
        assertThatThrownBy(() -> new Softmax("s", 0).outputShape(List.of(MAP)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContaining("Softmax 's': axis 0 is none");
        assertThatThrownBy(() -> new Softmax("s", -4).outputShape(List.of(MAP)))
                .hasMessageContaining("axis -4 is none");
    }

    @Test
    void refuseScalesThatAreNeitherOneNorOneAChannel() {
        assertThat(new Rescaling("r", List.of(1.0, 2.0, 3.0), List.of(0.0)).outputShape(List.of(Shape.of(2, 2, 3))))
                .isEqualTo(Shape.of(2, 2, 3));
        assertThatThrownBy(() ->
                        new Rescaling("r", List.of(1.0), List.of(0.0, 1.0)).outputShape(List.of(Shape.of(2, 2, 3))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("Rescaling 'r': its offset has 2 numbers, for an input of 3 channels");
    }
}
