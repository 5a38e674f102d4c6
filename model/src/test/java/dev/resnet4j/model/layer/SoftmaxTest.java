package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.tensor.Shape;
import org.junit.jupiter.api.Test;

class SoftmaxTest {
    private static final Shape SHAPE = Shape.of(2, 2, 3);

    private static boolean endsInSoftmax(Layer last) {
        SymbolicTensor input = SymbolicTensor.input(SHAPE);
        return Softmax.ends(Network.of("network", input, last.apply(input)).output());
    }

    @Test
    void isTheEndOfALayerThatIsOneOrHasOneAsItsActivation() {
        assertThat(endsInSoftmax(new Softmax())).isTrue();
        assertThat(endsInSoftmax(new Softmax("", 3))).isTrue();
        assertThat(endsInSoftmax(new Activation(ActivationFunction.SOFTMAX))).isTrue();
        assertThat(endsInSoftmax(new Dense(4).withActivation(ActivationFunction.SOFTMAX)))
                .isTrue();
        assertThat(endsInSoftmax(new Conv2D(4, 1).withActivation(ActivationFunction.SOFTMAX)))
                .isTrue();
    }

    @Test
    void isNotTheEndOfOtherLayersNorAlongAnotherAxis() {
        assertThat(endsInSoftmax(new Softmax("", 1))).isFalse();
        assertThat(endsInSoftmax(new Activation(ActivationFunction.SIGMOID))).isFalse();
        assertThat(endsInSoftmax(new Dense(4))).isFalse();
        assertThat(endsInSoftmax(new Conv2D(4, 1))).isFalse();
    }
}
