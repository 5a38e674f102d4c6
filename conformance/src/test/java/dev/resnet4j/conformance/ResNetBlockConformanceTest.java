package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tutorial's two blocks, with its own sizes and others: outputs, loss and gradients in 32 bits and in bfloat16. */
class ResNetBlockConformanceTest {
    private static final int BATCH = 6;
    private static final int CLASSES = 3;
    private static final ResNet50 BLOCKS = new ResNet50(0);

    /** Ten layers of roundings of 6e-8. */
    private static final double TOLERANCE = 2e-6;

    /** Three normalisations on the way back each take a difference of near numbers. */
    private static final double GRADIENT_TOLERANCE = 1e-4;

    /** A block in its surroundings. */
    private record Block(String name, Shape input, UnaryOperator<SymbolicTensor> layers) {
        @Override
        public String toString() {
            return name + " on " + input;
        }
    }

    private static List<Block> blocks() {
        return List.of(
                identity(Shape.of(4, 4, 6), 2, 2, 4, 6),
                identity(Shape.of(7, 5, 16), 3, 8, 8, 16),
                convolutional(Shape.of(4, 4, 6), 2, 2, 2, 4, 6),
                convolutional(Shape.of(9, 6, 8), 3, 1, 4, 4, 16),
                convolutional(Shape.of(9, 8, 8), 3, 3, 8, 8, 12));
    }

    private static Block identity(Shape input, int f, int... filters) {
        return new Block("identity block", input, x -> BLOCKS.identityBlock(x, f, filters, 1, "a"));
    }

    private static Block convolutional(Shape input, int f, int strides, int... filters) {
        return new Block(
                "convolutional block, strides " + strides,
                input,
                x -> BLOCKS.convolutionalBlock(x, f, filters, 1, "a", strides));
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void predictAsTensorFlow(Block block) {
        SymbolicTensor input = SymbolicTensor.input(block.input());
        Network network = Network.of("block", input, block.layers().apply(input));
        Weights weights = Weights.initialize(network);
        NdArray pictures = pictures(block);
        try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                TensorFlowNetwork expected = new TensorFlowNetwork(network)) {
            Closeness.requireClose(
                    "outputs", model.predict(pictures, Precision.FP32), expected.predict(weights, pictures), TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void findTheGradientsThatTensorFlowFinds(Block block) {
        Network network = classifier(block);
        Weights weights = Weights.initialize(network);
        NdArray pictures = pictures(block);
        NdArray labels = TestArrays.labels(BATCH, CLASSES);
        try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                TensorFlowNetwork expected = new TensorFlowNetwork(network)) {
            TensorFlowNetwork.Step step = expected.train(weights, pictures, labels);
            Map<WeightName, NdArray> gradients = model.gradients(pictures, labels, Precision.FP32);

            assertThat(model.evaluate(pictures, labels, Precision.FP32, true).loss())
                    .isCloseTo(step.loss(), within(TOLERANCE * step.loss()));
            step.gradients()
                    .forEach((name, gradient) -> Closeness.requireWithin(
                            "gradient of " + name,
                            gradients.get(name),
                            gradient,
                            GRADIENT_TOLERANCE
                                    * Closeness.largest(step.gradients().get(mainWeight(name)))));
        }
    }

    /** The kernel of a bias's layer: the gradient of a bias before a normalisation is 0 but for roundings. */
    private static WeightName mainWeight(WeightName name) {
        return name.weight().equals("bias") ? new WeightName(name.layer(), "kernel") : name;
    }

    /**
     * Rounded to bfloat16 where the engine rounds, TensorFlow's numbers are the engine's, but for sums in another order,
     * which round otherwise now and then; those in 32 bits lie further off by roundings of 4e-3 over ten layers.
     */
    @ParameterizedTest
    @MethodSource("blocks")
    void trainInBfloat16AsTensorFlow(Block block) {
        Network network = classifier(block);
        Weights weights = Weights.initialize(network);
        NdArray pictures = pictures(block);
        NdArray labels = TestArrays.labels(BATCH, CLASSES);
        try (TorchModel model = new TorchModel(network, weights, Device.CPU);
                TensorFlowNetwork exact = new TensorFlowNetwork(network);
                TensorFlowNetwork rounding = TensorFlowNetwork.inBfloat16(network)) {
            double loss = model.evaluate(pictures, labels, Precision.BF16, true).loss();
            Map<WeightName, NdArray> gradients = model.gradients(pictures, labels, Precision.BF16);
            requireAlike(loss, gradients, rounding.train(weights, pictures, labels), 1e-3, 0.999);
            requireAlike(loss, gradients, exact.train(weights, pictures, labels), 2e-2, 0.99);
        }
    }

    private static void requireAlike(
            double loss,
            Map<WeightName, NdArray> gradients,
            TensorFlowNetwork.Step step,
            double tolerance,
            double similarity) {
        assertThat(loss).isCloseTo(step.loss(), within(tolerance * step.loss()));
        assertThat(Closeness.cosineSimilarity(gradients, step.gradients()))
                .isBetween(similarity, Closeness.SAME_DIRECTION);
    }

    private static NdArray pictures(Block block) {
        return TestArrays.normal(block.input().withBatch(BATCH), 1);
    }

    private static Network classifier(Block block) {
        SymbolicTensor input = SymbolicTensor.input(block.input());
        SymbolicTensor output = new Dense(CLASSES)
                .withActivation(ActivationFunction.SOFTMAX)
                .withKernelInitializer(new GlorotUniform(6))
                .withName("fc")
                .apply(new Flatten().apply(block.layers().apply(input)));
        return Network.of("block", input, output);
    }
}
