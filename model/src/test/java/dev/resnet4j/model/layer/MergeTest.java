package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergeTest {
    private static final Shape SHAPE = Shape.of(4, 4, 8);

    @Test
    void hasTheShapeOfItsInputs() {
        assertThat(Merge.add().outputShape(List.of(SHAPE, SHAPE))).isEqualTo(SHAPE);
        assertThat(Merge.add().outputShape(List.of(SHAPE, SHAPE, SHAPE))).isEqualTo(SHAPE);
        assertThat(Merge.add().weights(List.of(SHAPE, SHAPE))).isEmpty();
    }

    @Test
    void isASumWhereItAdds() {
        assertThat(Merge.isSum(Merge.add())).isTrue();
        assertThat(Merge.isSum(Merge.multiply())).isFalse();
        assertThat(Merge.isSum(new Flatten())).isFalse();
    }

    @Test
    void stretchesAxesOfSizeOneAsNumPyDoes() {
        Shape channels = Shape.of(1, 1, 8);

        assertThat(Merge.multiply().outputShape(List.of(SHAPE, channels))).isEqualTo(SHAPE);
        assertThat(Merge.multiply().outputShape(List.of(channels, SHAPE))).isEqualTo(SHAPE);
        assertThat(Merge.multiply().outputShape(List.of(SHAPE, Shape.of(8)))).isEqualTo(SHAPE);
        assertThat(Merge.multiply().outputShape(List.of(Shape.of(4, 1, 8), Shape.of(1, 6, 1))))
                .isEqualTo(Shape.of(4, 6, 8));
    }

    @ParameterizedTest
    @CsvSource({
        "ADD, Add, add",
        "SUBTRACT, Subtract, subtract",
        "MULTIPLY, Multiply, multiply",
        "AVERAGE, Average, average",
        "MAXIMUM, Maximum, maximum",
        "MINIMUM, Minimum, minimum"
    })
    void isKerasLayerOfItsOperation(Merge.Operation operation, String className, String automaticName) {
        assertThat(new Merge(operation).className()).isEqualTo(className);
        assertThat(new Merge(operation).automaticName()).isEqualTo(automaticName);
        assertThat(new Merge(operation).withName("m")).isEqualTo(new Merge("m", operation));
    }

    @Test
    void subtractsExactlyTwo() {
        Merge subtract = new Merge(Merge.Operation.SUBTRACT);

        assertThat(subtract.outputShape(List.of(SHAPE, SHAPE))).isEqualTo(SHAPE);
        assertThatThrownBy(() -> subtract.outputShape(List.of(SHAPE, SHAPE, SHAPE)))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("Subtract: takes two inputs, got 3");
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
