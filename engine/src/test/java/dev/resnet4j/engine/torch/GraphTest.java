package dev.resnet4j.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.initializer.Ones;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Concatenate;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.layer.ReLU;
import dev.resnet4j.model.layer.Reshape;
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.Optimizer;
import dev.resnet4j.model.training.Sgd;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nested networks, layers with several calls, frozen layers, and tensors that are no feature maps. */
class GraphTest {
    private static final NdArray INPUT = new NdArray(Shape.of(1, 2), new float[] {3, -5});

    private static Dense sumTo(int units) {
        return new Dense(units).withKernelInitializer(new Ones()).withName("sum");
    }

    private static Network network(UnaryOperator<SymbolicTensor> layers) {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(2));
        return Network.of("test", input, layers.apply(input));
    }

    private static float[] predict(Network network) {
        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            return model.predict(INPUT, Precision.FP32).values();
        }
    }

    @Test
    void takesTheSameWeightsAtEachCall() {
        Dense shared = sumTo(2);

        assertThat(predict(network(x -> shared.apply(shared.apply(x))))).containsExactly(-4, -4);
        assertThat(network(x -> shared.apply(shared.apply(x))).parameters()).isEqualTo(6);
    }

    @Test
    void runsANestedNetworkAsOftenAsItIsCalled() {
        Network inner = network(x -> sumTo(2).apply(x)).withName("inner");

        assertThat(predict(network(x -> inner.apply(Merge.add().apply(x, inner.apply(x))))))
                .containsExactly(-6, -6);
    }

    @Test
    void ordersTheNumbersOfFeatureMapsAsKeras() {
        // (2, 3, 2) of the numbers 0 to 11, from and to other ranks.
        float[] numbers = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
        NdArray input = new NdArray(Shape.of(1, 12), numbers);
        SymbolicTensor vector = SymbolicTensor.input(Shape.of(12));
        SymbolicTensor map = new Reshape(Shape.of(2, 3, 2)).apply(vector);
        SymbolicTensor turned = new Permute(3, 2, 1).apply(map);
        SymbolicTensor doubled = new Concatenate("", 2).apply(turned, turned);
        Network network = Network.of("test", vector, new Reshape(Shape.of(24)).apply(doubled));

        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            assertThat(model.predict(input, Precision.FP32).values())
                    .containsExactly(0, 6, 2, 8, 4, 10, 0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11, 1, 7, 3, 9, 5, 11);
        }
    }

    @Test
    void takesTheLogitsOfANestedNetworkThatEndsWithASoftmax() {
        Network head = network(x -> new Softmax().apply(x)).withName("head");
        NdArray far = new NdArray(Shape.of(1, 2), new float[] {100, -100});
        NdArray label = new NdArray(Shape.of(1, 2), new float[] {0, 1});
        Network network = network(head::apply);

        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            // Of the probabilities, clipped at 1e-7, it would be 16.
            assertThat(model.evaluate(far, label, Precision.FP32, false).loss()).isCloseTo(200, within(1e-4));
        }
    }

    private static List<Optimizer> optimizers() {
        return List.of(new Sgd(), new Adam());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void leavesANetworkOfFrozenLayersAsItIs(Optimizer optimizer) {
        Network network = network(x -> new Dense(2)
                        .withActivation(ActivationFunction.SOFTMAX)
                        .apply(new BatchNormalization().apply(x)))
                .withFrozen(name -> true);
        Weights before = Weights.initialize(network);

        try (TorchModel model = new TorchModel(network, before, Device.CPU)) {
            model.setOptimizer(optimizer, Optional.empty());
            model.train(INPUT, new NdArray(Shape.of(1, 2), new float[] {0, 1}), Precision.FP32, 1, 0);

            assertThat(model.weights()).isEqualTo(before);
            assertThat(model.iterations()).isEqualTo(1);
            assertThat(model.gradients(INPUT, INPUT, Precision.FP32)).isEmpty();
        }
    }

    @Test
    void doesNotOverwriteWhatAViewShows() {
        Layer view = new Reshape(Shape.of(2));

        // The normalisation's output is seen twice; a ReLU over one view must not show in the other.
        float[] output = predict(network(x -> {
            SymbolicTensor normalized = new BatchNormalization("bn", 0.9, 1e-12, true, true).apply(x);
            SymbolicTensor seen = view.apply(normalized);
            SymbolicTensor positive = new ReLU().apply(view.withName("again").apply(normalized));
            return new Concatenate().apply(seen, positive);
        }));

        assertThat(output).containsExactly(3, -5, 3, 0);
    }
}
