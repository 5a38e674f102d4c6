package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Sgd;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Networks whose graph is more than one layer after the other, against TensorFlow's gradients. */
class NetworkConformanceTest {
    private static final Size2D SIZE = new Size2D(6, 5);

    private static Conv2D convolution(String name) {
        return new Conv2D(LayerComparison.CHANNELS, 3)
                .withPadding(Padding.SAME)
                .withKernelInitializer(new GlorotUniform(7))
                .withName(name);
    }

    private static Network block() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(6, 5, LayerComparison.CHANNELS));
        SymbolicTensor x = new BatchNormalization()
                .withName("bn")
                .apply(convolution("conv").apply(input));
        SymbolicTensor sum = Merge.add().withName("sum").apply(x, input);
        return Network.of(
                "block",
                input,
                new Activation(ActivationFunction.TANH).withName("tanh").apply(sum));
    }

    @Test
    void sharesAlayersWeightsAmongItsCalls() {
        LayerComparison.requireSame(SIZE, x -> {
            Conv2D shared = convolution("shared");
            SymbolicTensor once = shared.apply(x);
            return Merge.add().apply(once, shared.apply(new Activation(ActivationFunction.RELU).apply(once)));
        });
    }

    @Test
    void runsNestedNetworksOnceAndTwice() {
        LayerComparison.requireSame(SIZE, block()::apply);
        LayerComparison.requireSame(SIZE, x -> {
            Network shared = block();
            return shared.apply(new Activation(ActivationFunction.RELU).apply(shared.apply(x)));
        });
    }

    @Test
    void runsNetworksInNetworksInNetworks() {
        LayerComparison.requireSame(SIZE, x -> {
            SymbolicTensor input = SymbolicTensor.input(x.shape());
            Network outer = Network.of("outer", input, convolution("conv").apply(block().apply(input)));
            return outer.apply(block().withName("other").apply(x));
        });
    }

    /** A frozen normalisation goes by its moving statistics and keeps them; a frozen layer has no gradient. */
    @Test
    void keepsFrozenLayersAsTheyAre() {
        Network network = LayerComparison.network(
                        SIZE,
                        x -> LayerComparison.classes(new BatchNormalization()
                                .withName("own")
                                .apply(block().withName("second").apply(block().apply(x)))))
                .withFrozen(Set.of("before", "block")::contains);
        NdArray pictures = LayerComparison.pictures(SIZE);
        NdArray labels = TestArrays.labels(LayerComparison.BATCH, LayerComparison.CLASSES);
        LayerComparison.requireSameStep(network, pictures);
        LayerComparison.requireSameOutputs(network, pictures);

        Weights start = LayerComparison.weights(network);
        try (TorchModel model = new TorchModel(network, start, Device.CPU);
                TensorFlowNetwork tensorFlow = new TensorFlowNetwork(network)) {
            TensorFlowNetwork.Step step = tensorFlow.train(start, pictures, labels);
            model.setOptimizer(new Sgd(), Optional.empty());
            model.train(pictures, labels, Precision.FP32, 1, 0);

            Map<WeightName, NdArray> expected = new LinkedHashMap<>(start.arrays());
            step.gradients()
                    .forEach((name, gradient) ->
                            expected.compute(name, (same, array) -> TestArrays.difference(array, gradient)));
            expected.putAll(step.movedStatistics());
            Closeness.requireClose("weights", model.weights().arrays(), expected, LayerComparison.GRADIENT_TOLERANCE);
            assertThat(step.movedStatistics().keySet())
                    .extracting(WeightName::layer)
                    .containsOnly("own", "second/bn");
            assertThat(step.gradients().keySet())
                    .extracting(WeightName::layer)
                    .containsOnly("own", "second/conv", "second/bn", "fc");
        }
    }
}
