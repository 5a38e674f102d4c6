package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The layers without weights that change the shape of their input: resized, cut, turned or joined. */
class RearrangingLayersTest {
    private static final Shape INPUT = Shape.of(8, 6, 4);

    static Stream<Arguments> shapes() {
        return Stream.of(
                Arguments.of(new UpSampling2D(3), Shape.of(24, 18, 4)),
                Arguments.of(new UpSampling2D("", new Size2D(1, 2), Interpolation.BILINEAR), Shape.of(8, 12, 4)),
                Arguments.of(new Cropping2D(2), Shape.of(4, 2, 4)),
                Arguments.of(new Cropping2D("", 1, 2, 0, 5), Shape.of(5, 1, 4)),
                Arguments.of(new CenterCrop(5, 7), Shape.of(5, 7, 4)),
                Arguments.of(new RandomCrop(2, 3), Shape.of(2, 3, 4)),
                Arguments.of(new Resizing(16, 1), Shape.of(16, 1, 4)),
                Arguments.of(new Flatten(), Shape.of(192)),
                Arguments.of(new Reshape(Shape.of(4, 48)), Shape.of(4, 48)),
                Arguments.of(new Reshape("", List.of(2, -1, 3)), Shape.of(2, 32, 3)),
                Arguments.of(new Permute(3, 1, 2), Shape.of(4, 8, 6)),
                Arguments.of(new Permute(1, 3, 2), Shape.of(8, 4, 6)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void giveTheirNewShapeAndHaveNoWeights(Layer layer, Shape expected) {
        assertThat(layer.outputShape(List.of(INPUT))).isEqualTo(expected);
        assertThat(layer.weights(List.of(INPUT))).isEmpty();
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(new Cropping2D(4), "nothing is left of 8 pixels without 4 and 4"),
                Arguments.of(new Cropping2D("", 0, 0, Integer.MAX_VALUE, 1), "nothing is left of 6 pixels"),
                Arguments.of(new UpSampling2D(1 << 29), "4294967296 along one axis"),
                Arguments.of(new Reshape(Shape.of(5)), "the 192 numbers of (8, 6, 4) do not fit into [5]"),
                Arguments.of(new Reshape("", List.of(7, -1)), "do not fit into [7, -1]"),
                Arguments.of(new Reshape("", List.of(1 << 30, 1 << 30, 1 << 30, -1)), "do not fit into"),
                Arguments.of(new Permute(2, 1), "the order [2, 1] is for 2 axes"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuseAnInputThatDoesNotFit(Layer layer, String message) {
        assertThatThrownBy(() -> layer.withName("x").outputShape(List.of(INPUT)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll(layer.className() + " 'x'", message);
    }

    @Test
    void joinAlongAnAxis() {
        Shape other = Shape.of(8, 6, 3);

        assertThat(new Concatenate().outputShape(List.of(INPUT, other, other))).isEqualTo(Shape.of(8, 6, 10));
        assertThat(new Concatenate("c", 1).outputShape(List.of(INPUT, Shape.of(2, 6, 4))))
                .isEqualTo(Shape.of(10, 6, 4));
        assertThat(new Concatenate().weights(List.of(INPUT, other))).isEmpty();
    }

    @Test
    void refuseToJoinWhatDiffersElsewhere() {
        Concatenate layer = new Concatenate();

        assertThatThrownBy(() -> layer.withName("c").outputShape(List.of(INPUT, Shape.of(8, 5, 4))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll("Concatenate 'c'", "differ along axis -1 alone", "(8, 5, 4)");
        assertThatThrownBy(() -> layer.outputShape(List.of(INPUT, Shape.of(4)))).hasMessageContaining("(4,)");
        assertThatThrownBy(() -> layer.outputShape(List.of(INPUT))).hasMessageContaining("at least two inputs, got 1");
        assertThatThrownBy(() -> new Concatenate("c", 4).outputShape(List.of(INPUT, INPUT)))
                .hasMessageContaining("axis 4 is none");
        assertThatThrownBy(() -> layer.outputShape(List.of(Shape.of(Integer.MAX_VALUE), Shape.of(Integer.MAX_VALUE))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContaining("4294967294 along one axis");
    }
}
