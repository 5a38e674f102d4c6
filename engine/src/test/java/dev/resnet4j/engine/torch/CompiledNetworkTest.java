package dev.resnet4j.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.onednn.NumberType;
import dev.resnet4j.engine.onednn.OneDnn;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.ReLU;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.Form;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Compilation;
import dev.resnet4j.model.training.ExponentialMovingAverage;
import dev.resnet4j.model.training.Loss;
import dev.resnet4j.model.training.Sgd;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks made ready for use, against the same run layer by layer. */
class CompiledNetworkTest {
    private static final Shape PICTURE = Shape.of(13, 10, 8);
    private static final Network SMALL =
            ResNetFamily.build("resnet20", new ResNetOptions(Shape.of(32, 32, 3), 2).withSeed(1));
    private static final NdArray PICTURES = pictures(SMALL.inputShape(), 3);
    private static final NdArray LABELS = new NdArray(Shape.of(3, 2), new float[] {1, 0, 0, 1, 1, 0});

    @BeforeAll
    static void needsOneDnn() {
        boolean mustBeThere = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assumeTrue(mustBeThere || OneDnn.convolves(NumberType.FLOAT), "there is no oneDNN for this machine");
    }

    static Stream<Arguments> parts() {
        return Stream.of(
                part("valid", x -> convolution("a", 3).apply(x)),
                part("same", x -> convolution("a", 3).withPadding(Padding.SAME).apply(x)),
                part(
                        "uneven padding",
                        x -> convolution("a", 3)
                                .withStrides(2)
                                .withPadding(Padding.SAME)
                                .apply(x)),
                part("left-out edge", x -> convolution("a", 2).withStrides(3).apply(x)),
                part("dilation", x -> {
                    Conv2D layer = convolution("a", 3);
                    return layer.withWindow(
                                    layer.window().withPadding(Padding.SAME).withDilation(new Size2D(2, 3)))
                            .apply(x);
                }),
                part("groups", x -> convolution("a", 3).withGroups(4).apply(x)),
                part("no bias", x -> convolution("a", 1).withBias(false).apply(x)),
                part(
                        "own ReLU",
                        x -> convolution("a", 3)
                                .withActivation(ActivationFunction.RELU)
                                .apply(x)),
                part(
                        "own tanh",
                        x -> convolution("a", 3)
                                .withActivation(ActivationFunction.TANH)
                                .apply(x)),
                part(
                        "normalisation",
                        x -> new BatchNormalization()
                                .withName("n")
                                .apply(convolution("a", 3).apply(x))),
                part(
                        "normalisation without gamma",
                        x -> new BatchNormalization()
                                .withName("n")
                                .withScale(false)
                                .apply(convolution("a", 3).withBias(false).apply(x))),
                part(
                        "normalisation without beta",
                        x -> new BatchNormalization()
                                .withName("n")
                                .withCenter(false)
                                .apply(convolution("a", 3).apply(x))),
                part(
                        "normalisation after a ReLU of its own",
                        x -> new BatchNormalization()
                                .withName("n")
                                .apply(convolution("a", 3)
                                        .withActivation(ActivationFunction.RELU)
                                        .apply(x))),
                part(
                        "padding layer",
                        x -> convolution("a", 3)
                                .withPadding(Padding.SAME)
                                .withStrides(2)
                                .apply(new ZeroPadding2D("zeros", 1, 2, 0, 3).apply(x))),
                part("padding that another takes too", x -> {
                    SymbolicTensor padded = new ZeroPadding2D(1).apply(x);
                    return Merge.add().apply(padded, convolution("a", 1).apply(padded));
                }),
                part("ReLU", x -> relu(convolution("a", 3).apply(x))),
                part("ReLU layer", x -> new ReLU().apply(convolution("a", 3).apply(x))),
                part(
                        "ReLU with a limit",
                        x -> new ReLU("", 0.1, 0, 0).apply(convolution("a", 3).apply(x))),
                part(
                        "other activation",
                        x -> new Activation(ActivationFunction.SIGMOID)
                                .apply(convolution("a", 3).apply(x))),
                part("identity block", x -> {
                    SymbolicTensor main = new BatchNormalization()
                            .withName("n")
                            .apply(convolution("a", 3).withPadding(Padding.SAME).apply(x));
                    return relu(Merge.add().apply(main, x));
                }),
                part(
                        "shortcut first",
                        x -> relu(Merge.add().apply(x, convolution("a", 1).apply(x)))),
                part(
                        "shortcut of one convolution",
                        x -> relu(Merge.add()
                                .apply(
                                        convolution("a", 1).apply(x),
                                        convolution("b", 1).apply(x)))),
                part("sum that another takes too", x -> {
                    SymbolicTensor sum = Merge.add().apply(convolution("a", 1).apply(x), x);
                    return Merge.add().apply(sum, relu(sum));
                }),
                part("sum of itself", x -> {
                    SymbolicTensor y = convolution("a", 1).apply(x);
                    return Merge.add().apply(y, y);
                }),
                part(
                        "sum of three",
                        x -> Merge.add()
                                .apply(
                                        convolution("a", 1).apply(x),
                                        x,
                                        convolution("b", 1).apply(x))),
                part("product", x -> Merge.multiply().apply(convolution("a", 1).apply(x), x)),
                part(
                        "sum that is stretched",
                        x -> Merge.add()
                                .apply(convolution("a", 1).apply(x), narrow("b").apply(x))),
                part("pixels that nobody looks at", x -> {
                    SymbolicTensor made =
                            relu(convolution("a", 3).withPadding(Padding.SAME).apply(x));
                    return relu(Merge.add()
                            .apply(everyOther("b").apply(made), everyOther("c").apply(made)));
                }),
                part("pixels that nobody looks at, through three convolutions and a sum", x -> {
                    SymbolicTensor shared = relu(convolution("a", 1).apply(x));
                    SymbolicTensor made =
                            convolution("b", 3).withPadding(Padding.SAME).apply(shared);
                    made = relu(Merge.add().apply(convolution("c", 1).apply(relu(made)), shared));
                    return everyOther("d").apply(made);
                }),
                part("pixels that nobody looks at, twice", x -> {
                    Size2D uneven = new Size2D(2, 3);
                    SymbolicTensor made = convolution("a", 3).withStrides(2).apply(x);
                    made = convolution("b", 1)
                            .withWindow(new Window(1).withStrides(uneven))
                            .apply(relu(made));
                    return everyOther("c").apply(relu(made));
                }),
                part("pixels that one of two looks at", x -> {
                    SymbolicTensor made = relu(convolution("a", 1).apply(x));
                    SymbolicTensor fewer = convolution("b", 3)
                            .withStrides(2)
                            .withPadding(Padding.SAME)
                            .apply(made);
                    return relu(Merge.add().apply(everyOther("c").apply(made), fewer));
                }),
                part("pixels left out of what goes in", x -> everyOther("a").apply(x)),
                part("pixels that a pooling leaves out before another", x -> {
                    SymbolicTensor made = relu(convolution("a", 3).apply(x));
                    return new MaxPooling2D(2).apply(everyOtherPixel().apply(made));
                }),
                part("pixels that a pooling leaves out at the end", x -> {
                    SymbolicTensor made = relu(convolution("a", 3).apply(x));
                    return everyOtherPixel().apply(made);
                }),
                part("pixels left out again and again", x -> {
                    SymbolicTensor a =
                            convolution("a", 3).withPadding(Padding.SAME).apply(x);
                    SymbolicTensor twice = everyOther("c").apply(everyOther("b").apply(a));
                    twice = convolution("e", 1).apply(convolution("d", 1).apply(twice));
                    SymbolicTensor other = everyOther("g").apply(everyOther("f").apply(a));
                    return Merge.add().apply(twice, other);
                }),
                part("pixels left out in a row of convolutions beside another", x -> {
                    SymbolicTensor a =
                            convolution("a", 3).withPadding(Padding.SAME).apply(x);
                    SymbolicTensor one = everyOther("c").apply(everyOther("b").apply(a));
                    one = convolution("e", 1).apply(convolution("d", 1).apply(one));
                    SymbolicTensor other =
                            everyOther("g").apply(convolution("f", 1).apply(a));
                    return Merge.add().apply(one, everyOther("h").apply(other));
                }),
                part("one kernel in two places", x -> {
                    Conv2D shared = convolution("a", 3);
                    return relu(shared.apply(relu(shared.apply(x))));
                }));
    }

    private static Arguments part(String name, UnaryOperator<SymbolicTensor> layers) {
        SymbolicTensor input = SymbolicTensor.input(PICTURE);
        return Arguments.of(name, Network.of("part", input, layers.apply(input)));
    }

    private static Conv2D convolution(String name, int size) {
        return new Conv2D(8, size).withName(name);
    }

    private static Conv2D everyOther(String name) {
        return convolution(name, 1).withStrides(2);
    }

    private static MaxPooling2D everyOtherPixel() {
        return new MaxPooling2D(1).withStrides(2);
    }

    private static Conv2D narrow(String name) {
        return new Conv2D(1, 1).withName(name);
    }

    private static SymbolicTensor relu(SymbolicTensor x) {
        return new Activation(ActivationFunction.RELU).apply(x);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void givesWhatTheLayersGive(String name, Network network) {
        assertThat(difference(network, 2, Precision.FP32)).isLessThan(2e-6);
    }

    /** A bfloat16 has 8 bits; the layers round after each of them, and the compiled network once. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void givesWhatTheLayersGiveInHalfTheBits(String name, Network network) {
        assumeTrue(OneDnn.convolves(NumberType.BFLOAT16), "this processor has no bfloat16");
        assertThat(difference(network, 2, Precision.BF16)).isLessThan(0.02);
    }

    /** The range of a feature map is cut in 255 steps, and the layers' roundings add up. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("parts")
    void givesNearlyWhatTheLayersGiveInBytes(String name, Network network) {
        assumeTrue(OneDnn.convolvesBytes(), "this processor has no fast convolutions of bytes");
        assumeTrue(!name.equals("ReLU with a limit"), "beside what the limit leaves, the steps of all are large");
        NdArray pictures = pictures(network.inputShape(), 2);
        try (TorchModel model = new TorchModel(network, varied(network), Device.CPU)) {
            float[] expected = model.predict(pictures, Precision.FP32).values();
            model.calibrate(List.of(pictures));
            float[] actual = model.predict(pictures, Precision.INT8).values();

            assertThat(model.convolutionsInBytes()).isEqualTo((int) plannable(network));
            assertThat(largestDifference(expected, actual)).isLessThan(0.1);
        }
    }

    /** Random deep networks blow a rounding up from layer to layer. */
    @ParameterizedTest
    @CsvSource({
        "resnet18, TUTORIAL, 64",
        "resnet50, TUTORIAL, 64",
        "resnet50, TORCHVISION, 64",
        "resnet50, KERAS, 64",
        "resnet50v2, KERAS, 64",
        "resnext50_32x4d, TORCHVISION, 64",
        "seresnet50, TORCHVISION, 64",
        "resnet20, OPTION_A, 32",
        "resnet20, OPTION_B, 32"
    })
    void givesWhatTheFamilyGives(String name, Form form, int side) {
        Network network = ResNetFamily.build(name, form, new ResNetOptions(Shape.of(side, side, 3), 6).withSeed(1));

        assertThat(difference(network, 1, Precision.FP32)).isLessThan(1e-4);
    }

    @Test
    void takesBatchesOfAnySizeInTurn() {
        Network network = ResNetFamily.build("resnet20", new ResNetOptions(Shape.of(32, 32, 3), 6));
        Weights weights = varied(network);
        try (TorchModel model = new TorchModel(network, weights, Device.CPU)) {
            NdArray five = pictures(network.inputShape(), 5);
            NdArray together = model.predict(five, Precision.FP32);
            NdArray first = model.predict(pictures(network.inputShape(), 1), Precision.FP32);

            assertThat(model.predict(five, Precision.FP32)).isEqualTo(together);
            for (int output = 0; output < 6; output++) {
                assertThat(first.get(0, output)).isCloseTo(together.get(0, output), within(1e-5f));
            }
        }
    }

    static Stream<Arguments> spoiltWeights() {
        return Stream.of("a/kernel", "a/bias", "n/beta", "n/moving_mean")
                .flatMap(weight ->
                        Stream.of(Float.NaN, Float.POSITIVE_INFINITY, 1e30f).map(value -> Arguments.of(weight, value)));
    }

    @ParameterizedTest
    @MethodSource("spoiltWeights")
    void keepsWhatIsNotANumber(String weight, float spoilt) {
        Network network = normalizedAfterItsRelu();
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>(varied(network).arrays());
        arrays.forEach((name, array) -> {
            if (name.toString().equals(weight)) {
                Arrays.fill(array.values(), spoilt);
            }
        });
        try (TorchModel model = new TorchModel(network, new Weights(arrays), Device.CPU)) {
            assertThat(allFinite(model.predict(pictures(PICTURE, 1), Precision.FP32)))
                    .isFalse();
        }
    }

    @Test
    void keepsAPictureThatIsNotNumbers() {
        Network network = normalizedAfterItsRelu();
        NdArray picture = pictures(PICTURE, 1);
        Arrays.fill(picture.values(), Float.NaN);
        try (TorchModel model = new TorchModel(network, varied(network), Device.CPU)) {
            assertThat(allFinite(model.predict(picture, Precision.FP32))).isFalse();
        }
    }

    /** Two convolutions; the normalisation between them is left to libtorch. */
    private static Network normalizedAfterItsRelu() {
        SymbolicTensor input = SymbolicTensor.input(PICTURE);
        SymbolicTensor x = relu(convolution("a", 3).apply(input));
        x = new BatchNormalization().withName("n").apply(x);
        for (int sum = 0; sum < 6; sum++) {
            x = Merge.multiply().apply(x, x);
        }
        return Network.of("spoilt", input, relu(convolution("b", 3).apply(x)));
    }

    private static boolean allFinite(NdArray array) {
        return IntStream.range(0, array.values().length).allMatch(index -> Float.isFinite(array.values()[index]));
    }

    @Test
    void givesTheSameOnAnyThread() throws Exception {
        Network network = ResNetFamily.build("resnet20", new ResNetOptions(Shape.of(32, 32, 3), 6).withSeed(1));
        NdArray pictures = pictures(network.inputShape(), 2);
        ExecutorService first = Executors.newSingleThreadExecutor();
        ExecutorService second = Executors.newSingleThreadExecutor();
        try {
            TorchModel model = first.submit(() -> new TorchModel(network, varied(network), Device.CPU))
                    .get();
            NdArray expected =
                    first.submit(() -> model.predict(pictures, Precision.FP32)).get();

            assertThat(second.submit(() -> model.predict(pictures, Precision.FP32))
                            .get())
                    .isEqualTo(expected);
            second.submit(model::close).get();
        } finally {
            first.shutdown();
            second.shutdown();
        }
    }

    @Test
    void refusesPicturesOfAnotherSize() {
        Network network = ResNetFamily.build("resnet20", new ResNetOptions(Shape.of(32, 32, 3), 6).withSeed(1));
        try (TorchModel model = new TorchModel(network, varied(network), Device.CPU)) {
            assertThatThrownBy(() -> model.predict(pictures(Shape.of(16, 16, 3), 2), Precision.FP32))
                    .hasMessageContaining("(32, 32, 3)");
        }
    }

    @Test
    void forgetsBatchSizesThatAreLongPast() {
        Network network = ResNetFamily.build("resnet20", new ResNetOptions(Shape.of(32, 32, 3), 6).withSeed(1));
        try (TorchModel model = new TorchModel(network, varied(network), Device.CPU)) {
            NdArray expected = model.predict(pictures(network.inputShape(), 2), Precision.FP32);
            for (int batch = 3; batch < 9; batch++) {
                model.predict(pictures(network.inputShape(), batch), Precision.FP32);
            }

            assertThat(model.predict(pictures(network.inputShape(), 2), Precision.FP32))
                    .isEqualTo(expected);
        }
    }

    /** What changes the weights for use of a model that has predicted already. */
    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("training", (Consumer<TorchModel>) CompiledNetworkTest::train),
                Arguments.of("freezing", (Consumer<TorchModel>) model -> {
                    model.setFrozen(SMALL.withFrozenLayers(name -> name.equals("conv1")));
                    train(model);
                }),
                Arguments.of("an average", (Consumer<TorchModel>) model -> {
                    model.compile(
                            new Compilation(new Sgd(0.1), Loss.CATEGORICAL_CROSSENTROPY)
                                    .withAverage(new ExponentialMovingAverage(0.5)),
                            Optional.empty());
                    train(model);
                }),
                Arguments.of("training that is watched by a prediction", (Consumer<TorchModel>) model -> model.train(
                        List.of(new LabelledBatch(PICTURES, LABELS)),
                        Precision.FP32,
                        0.1,
                        0,
                        Optional.of(norms -> model.predict(PICTURES, Precision.FP32)))));
    }

    private static void train(TorchModel model) {
        model.train(PICTURES, LABELS, Precision.FP32, 0.1, 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void isMadeAnewAfter(String name, Consumer<TorchModel> change) {
        try (TorchModel model = new TorchModel(SMALL, varied(SMALL), Device.CPU)) {
            model.setOptimizer(new Sgd(0.1), Optional.empty());
            NdArray before = model.predict(PICTURES, Precision.FP32);

            change.accept(model);

            NdArray after = model.predict(PICTURES, Precision.FP32);
            assertThat(after).isNotEqualTo(before);
            try (TorchModel fresh = new TorchModel(SMALL, model.weightsForUse(), Device.CPU)) {
                assertThat(after).isEqualTo(fresh.predict(PICTURES, Precision.FP32));
            }
        }
    }

    /** All but those with an activation of their own that is no ReLU. */
    private static long plannable(Network network) {
        return network.nodes().stream()
                .filter(node -> node.layer() instanceof Conv2D convolution
                        && (convolution.activation() == ActivationFunction.LINEAR
                                || convolution.activation() == ActivationFunction.RELU))
                .count();
    }

    /** The largest difference by the largest number. */
    private static double difference(Network network, int batch, Precision precision) {
        Weights weights = varied(network);
        NdArray input = pictures(network.inputShape(), batch);
        Network flat = network.flattened();
        GraphUses uses = new GraphUses(flat);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGradients = new NoGradGuard();
                org.bytedeco.pytorch.Device device = NativeLibrary.open(Device.CPU);
                NativeWeights numbers = new NativeWeights(flat, weights, device);
                CompiledNetwork compiled = new CompiledNetwork(flat, numbers, uses, precision, Map.of(), batch)) {
            assertThat(compiled.plannedConvolutions()).isEqualTo(plannable(flat));
            Tensor pictures = Tensors.uploadPictures(input, device);
            float[] expected = Tensors.downloadOutputs(
                            ForwardPass.ofLayers(flat, numbers, uses, Statistics.MOVING, precision)
                                    .logits(pictures),
                            flat.outputShape())
                    .values();
            float[] actual = Tensors.downloadOutputs(compiled.pass().logits(pictures), flat.outputShape())
                    .values();
            return largestDifference(expected, actual);
        }
    }

    private static double largestDifference(float[] expected, float[] actual) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        double difference = 0;
        for (int index = 0; index < expected.length; index++) {
            largest = Math.max(largest, Math.abs(expected[index]));
            difference = Math.max(difference, Math.abs(expected[index] - actual[index]));
        }
        assertThat(largest).isFinite().isPositive();
        return difference / largest;
    }

    /** Initial weights, but with statistics, gammas and betas that differ from channel to channel. */
    private static Weights varied(Network network) {
        Random random = new Random(7);
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        Weights.initialize(network.flattened()).arrays().forEach((name, array) -> {
            float[] values = array.values();
            if (array.shape().rank() == 1) {
                for (int index = 0; index < values.length; index++) {
                    values[index] = name.weight().equals("moving_variance")
                                    || name.weight().equals("gamma")
                            ? 0.5f + random.nextFloat()
                            : 0.2f * (random.nextFloat() - 0.5f);
                }
            }
            arrays.put(name, new NdArray(array.shape(), values));
        });
        return new Weights(arrays);
    }

    private static NdArray pictures(Shape shape, int batch) {
        Random random = new Random(3);
        float[] values = new float[Math.toIntExact(shape.elements()) * batch];
        for (int index = 0; index < values.length; index++) {
            values[index] = random.nextFloat();
        }
        return new NdArray(shape.withBatch(batch), values);
    }
}
