package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeTest {
    private static final Shape SHAPE = Shape.of(4, 4, 8);

    @Test
    void hasTheShapeOfItsInputs() {
        assertThat(Merge.add().outputShape(List.of(SHAPE, SHAPE))).isEqualTo(SHAPE);
        assertThat(Merge.add().outputShape(List.of(SHAPE, SHAPE, SHAPE))).isEqualTo(SHAPE);
        assertThat(Merge.add().weights(List.of(SHAPE, SHAPE))).isEmpty();
    }

    @Test
    void refusesASingleInput() {
        assertThatThrownBy(() -> new Merge("sum", Merge.Operation.ADD).outputShape(List.of(SHAPE)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("Add 'sum': takes at least two inputs, got 1");
    }

    @Test
    void refusesInputsOfDifferentShapes() {
        assertThatThrownBy(() -> Merge.add().outputShape(List.of(SHAPE, SHAPE, Shape.of(2, 2, 8))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContainingAll(
                        "Add: its inputs must have one shape", "(4, 4, 8)", "(2, 2, 8)", "convolution of its own");
    }
}
