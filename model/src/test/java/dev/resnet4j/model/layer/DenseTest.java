package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.HeNormal;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class DenseTest {
    @Test
    void makesAVectorOfItsUnits() {
        assertThat(new Dense(6).outputShape(List.of(Shape.of(2048)))).isEqualTo(Shape.of(6));
    }

    @Test
    void hasAKernelAndABias() {
        Dense layer = new Dense(6).withKernelInitializer(new HeNormal(2));

        assertThat(layer.weights(List.of(Shape.of(20))))
                .containsExactly(
                        new WeightSpec("kernel", Shape.of(20, 6), new HeNormal(2), true),
                        new WeightSpec("bias", Shape.of(6), new Zeros(), true));
        assertThat(layer.withBias(false).weights(List.of(Shape.of(20))))
                .extracting(WeightSpec::name)
                .containsExactly("kernel");
    }

    @Test
    void changesOnlyTheOptionThatIsGiven() {
        Dense layer = new Dense(6)
                .withKernelInitializer(new GlorotUniform(4))
                .withBias(false)
                .withActivation(ActivationFunction.SOFTMAX)
                .withName("fc");

        assertThat(layer)
                .isEqualTo(new Dense("fc", 6, false, ActivationFunction.SOFTMAX, new GlorotUniform(4), new Zeros()));
    }

    @Test
    void worksOnEachVectorOfTheLastAxis() {
        List<Shape> map = List.of(Shape.of(4, 5, 20));

        assertThat(new Dense(6).outputShape(map)).isEqualTo(Shape.of(4, 5, 6));
        assertThat(new Dense(6).weights(map).get(0).shape()).isEqualTo(Shape.of(20, 6));
    }

    @Test
    void refusesTwoInputs() {
        assertThatThrownBy(() -> new Dense(6).withName("fc").outputShape(List.of(Shape.of(2), Shape.of(2))))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("Dense 'fc': takes one input, got 2");
    }

    @Test
    void refusesNoUnits() {
        assertThatThrownBy(() -> new Dense(-2))
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessage("a dense layer's units must be at least 1, got -2");
    }
}
