package dev.resnet4j.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.onednn.NumberType;
import dev.resnet4j.engine.onednn.OneDnn;
import dev.resnet4j.engine.onednn.TrainableBody;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.Architecture;
import dev.resnet4j.model.resnet.BlockKind;
import dev.resnet4j.model.resnet.Form;
import dev.resnet4j.model.resnet.KerasResNet;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.resnet.TorchvisionResNet;
import dev.resnet4j.model.resnet.TutorialResNet;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Sgd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Training by a plan, against the same layer by layer. */
class PlannedTrainingTest {
    @BeforeAll
    static void needsOneDnn() {
        boolean mustBeThere = System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
        assumeTrue(mustBeThere || OneDnn.convolves(NumberType.FLOAT), "there is no oneDNN for this machine");
    }

    private static final Architecture BOTTLENECKS =
            new Architecture("bottlenecks", BlockKind.BOTTLENECK, List.of(2, 1, 1, 1), 1, 64, false);
    private static final Architecture GROUPS =
            new Architecture("groups", BlockKind.BOTTLENECK, List.of(2, 1, 1, 1), 32, 4, false);
    private static final Network SMALL =
            ResNetFamily.build("resnet20", Form.OPTION_B, new ResNetOptions(Shape.of(32, 32, 3), 2).withSeed(1));
    private static final ResNetOptions PICTURES_OF_64 = new ResNetOptions(Shape.of(64, 64, 3), 6).withSeed(1);

    static Stream<Arguments> networks() {
        return Stream.of(
                member("resnet20", Form.OPTION_A, 32),
                member("resnet20", Form.OPTION_B, 32),
                member("resnet18", Form.TUTORIAL, 64),
                member("resnet18", Form.TORCHVISION, 64),
                Arguments.of("tutorial's", TutorialResNet.build(BOTTLENECKS, PICTURES_OF_64)),
                Arguments.of("torchvision's", TorchvisionResNet.build(BOTTLENECKS, PICTURES_OF_64)),
                Arguments.of("groups", TorchvisionResNet.build(GROUPS, PICTURES_OF_64)),
                Arguments.of("Keras's", KerasResNet.build(BOTTLENECKS, KerasResNet.Version.V1, PICTURES_OF_64)),
                Arguments.of(
                        "Keras's, version 2", KerasResNet.build(BOTTLENECKS, KerasResNet.Version.V2, PICTURES_OF_64)));
    }

    private static Arguments member(String name, Form form, int side) {
        ResNetOptions options = new ResNetOptions(Shape.of(side, side, 3), 6).withSeed(1);
        return Arguments.of(name + " " + form, ResNetFamily.build(name, form, options));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void gradientsAreThoseOfTheReference(String name, Network network) {
        int batch = 4;
        Weights weights = varied(network);
        NdArray pictures = pictures(network.inputShape(), batch);
        NdArray labels = labels(batch, 6);
        try (TorchModel planned = new TorchModel(network, weights, Device.CPU);
                TorchModel reference = new TorchModel(network, weights, Device.CPU)) {
            reference.trainLayerByLayer();
            planned.setOptimizer(new Sgd(0.1), Optional.empty());
            reference.setOptimizer(new Sgd(0.1), Optional.empty());
            assertThat(planned.plans(batch, Precision.FP32)).isTrue();

            Map<WeightName, NdArray> expected = reference.gradients(pictures, labels, Precision.FP32);
            double chance = difference(expected, reference.gradients(nudged(pictures), labels, Precision.FP32));
            assertThat(difference(expected, planned.gradients(pictures, labels, Precision.FP32)))
                    .isLessThanOrEqualTo(Math.max(1e-4, 5 * chance));

            BatchScores expectedScores = reference.train(pictures, labels, Precision.FP32, 1e-4, 0);
            BatchScores scores = planned.train(pictures, labels, Precision.FP32, 1e-4, 0);
            assertThat(scores.loss()).isCloseTo(expectedScores.loss(), within(1e-4 * expectedScores.loss()));
            assertThat(difference(
                            reference.weights().arrays(), planned.weights().arrays()))
                    .isLessThanOrEqualTo(Math.max(1e-4, 5 * chance));
        }
    }

    /**
     * The pictures with about one in three numbers changed by its last bit. In deep networks with random weights that alone
     * changes gradients by up to some percent: a number next to 0 comes to the other side of a ReLU.
     */
    private static NdArray nudged(NdArray pictures) {
        Random random = new Random(11);
        float[] values = pictures.values().clone();
        for (int index = 0; index < values.length; index++) {
            values[index] = random.nextInt(3) == 0 ? Math.nextUp(values[index]) : values[index];
        }
        return new NdArray(pictures.shape(), values);
    }

    @Test
    void batchesOfAnySizeAreTrainedAsByTheReference() {
        try (TorchModel planned = small(true);
                TorchModel reference = small(false)) {
            for (int batch : new int[] {4, 3, 1, 8, 4, 2, 5}) {
                NdArray pictures = pictures(SMALL.inputShape(), batch);
                BatchScores expected = reference.train(pictures, labels(batch, 2), Precision.FP32, 1e-3, 0);
                BatchScores scores = planned.train(pictures, labels(batch, 2), Precision.FP32, 1e-3, 0);

                assertThat(planned.plans(batch, Precision.FP32)).isTrue();
                assertThat(scores.loss()).isCloseTo(expected.loss(), within(1e-4 * expected.loss()));
                assertThat(difference(
                                reference.weights().arrays(), planned.weights().arrays()))
                        .isLessThan(1e-4);
            }
        }
    }

    @Test
    void gradientsOfSeveralBatchesAddUp() {
        List<LabelledBatch> batches = List.of(
                new LabelledBatch(pictures(SMALL.inputShape(), 4), labels(4, 2)),
                new LabelledBatch(pictures(SMALL.inputShape(), 2), labels(2, 2)),
                new LabelledBatch(pictures(SMALL.inputShape(), 4), labels(4, 2)));
        try (TorchModel planned = small(true);
                TorchModel reference = small(false)) {
            reference.train(batches, Precision.FP32, 0.01, 0);
            planned.train(batches, Precision.FP32, 0.01, 0);

            assertThat(difference(
                            reference.weights().arrays(), planned.weights().arrays()))
                    .isLessThan(1e-4);
        }
    }

    @Test
    void theSameStepsGiveTheSameNumbers() {
        List<Weights> results = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            try (TorchModel model = small(true)) {
                for (int batch : new int[] {4, 3, 4}) {
                    model.train(pictures(SMALL.inputShape(), batch), labels(batch, 2), Precision.BF16, 0.01, 0);
                }
                results.add(model.weights());
            }
        }

        assertThat(results.get(0)).isEqualTo(results.get(1));
    }

    /**
     * Without normalisations, a batch's gradients are the mean of its pictures' own. Small feature maps of a batch are put
     * side by side for the gradient of a kernel, a single picture's are not.
     */
    @ParameterizedTest
    @CsvSource({
        "FP32, 2, 2, 16, 3",
        "BF16, 2, 2, 16, 3",
        "BF16, 1, 1, 16, 3",
        "BF16, 3, 5, 20, 3",
        "BF16, 2, 2, 16, 5",
        "FP32, 2, 2, 32, 1",
        "BF16, 3, 4, 32, 1",
        "BF16, 3, 5, 3, 1",
        "BF16, 2, 3, 20, 4"
    })
    void kernelsGradientsOfSmallFeatureMapsAreTheMeanOfThePicturesOwn(
            Precision precision, int height, int width, int channels, int kernel) {
        assumeTrue(
                precision == Precision.FP32 || OneDnn.convolves(NumberType.BFLOAT16), "this processor has no bfloat16");
        Network network = convolutionsAlone(Shape.of(height, width, channels), kernel);
        // A power of two: an eighth of a number is rounded to bfloat16 as the number is.
        int batch = 8;
        NdArray pictures = pictures(network.inputShape(), batch);
        // All of one class: gradients that cancel out would leave their roundings.
        NdArray labels = labelsOfOneClass(batch);
        Set<WeightName> body = TrainableBody.of(network).orElseThrow().weights();
        try (TorchModel model = model(network, true)) {
            Map<WeightName, NdArray> ofBatch = new LinkedHashMap<>(model.gradients(pictures, labels, precision));
            assertThat(model.plans(batch, precision)).isTrue();
            Map<WeightName, float[]> mean = new LinkedHashMap<>();
            for (int picture = 0; picture < batch; picture++) {
                model.gradients(row(pictures, picture), row(labels, picture), precision)
                        .forEach((name, gradient) -> addTo(
                                mean.computeIfAbsent(name, any -> new float[gradient.values().length]),
                                gradient.values(),
                                1f / batch));
            }
            Map<WeightName, NdArray> expected = new LinkedHashMap<>();
            mean.forEach((name, values) ->
                    expected.put(name, new NdArray(ofBatch.get(name).shape(), values)));
            // What libtorch works out behind the body is rounded.
            ofBatch.keySet().retainAll(body);
            expected.keySet().retainAll(body);
            assertThat(difference(expected, ofBatch)).isLessThan(1e-5);
        }
    }

    private static Network convolutionsAlone(Shape pictures, int kernel) {
        SymbolicTensor input = SymbolicTensor.input(pictures);
        SymbolicTensor x = new Conv2D(32, kernel)
                .withPadding(Padding.SAME)
                .withName("first")
                .apply(input);
        x = new Conv2D(48, kernel).withPadding(Padding.SAME).withName("second").apply(x);
        x = new GlobalAveragePooling2D().apply(x);
        return Network.of(
                "convolutions",
                input,
                new Dense(2).withActivation(ActivationFunction.SOFTMAX).apply(x));
    }

    private static NdArray labelsOfOneClass(int batch) {
        float[] values = new float[2 * batch];
        for (int index = 0; index < batch; index++) {
            values[2 * index] = 1;
        }
        return new NdArray(Shape.of(batch, 2), values);
    }

    /** The batch of one of a batch's rows. */
    private static NdArray row(NdArray batch, int index) {
        int[] sizes =
                batch.shape().dimensions().stream().mapToInt(Integer::intValue).toArray();
        int length = batch.values().length / sizes[0];
        sizes[0] = 1;
        return new NdArray(Shape.of(sizes), Arrays.copyOfRange(batch.values(), index * length, (index + 1) * length));
    }

    private static void addTo(float[] sum, float[] values, float factor) {
        for (int index = 0; index < sum.length; index++) {
            sum[index] += factor * values[index];
        }
    }

    @Test
    void frozenLayersInFrontStayAndTheRestIsPlanned() {
        Network frozen = SMALL.withFrozenLayers(
                name -> name.startsWith("layer1") || name.startsWith("conv1") || name.startsWith("bn1"));
        NdArray pictures = pictures(SMALL.inputShape(), 4);
        try (TorchModel planned = small(true);
                TorchModel reference = small(false)) {
            planned.setFrozen(frozen);
            reference.setFrozen(frozen);
            Weights before = planned.weights();
            reference.train(pictures, labels(4, 2), Precision.FP32, 0.01, 0);
            planned.train(pictures, labels(4, 2), Precision.FP32, 0.01, 0);

            assertThat(planned.plans(4, Precision.FP32)).isTrue();
            WeightName kernel = new WeightName("conv1", "kernel");
            assertThat(planned.weights().arrays().get(kernel))
                    .isEqualTo(before.arrays().get(kernel));
            assertThat(difference(
                            reference.weights().arrays(), planned.weights().arrays()))
                    .isLessThan(1e-4);
        }
    }

    @Test
    void dropoutBehindTheBodyDrawsWhatTheReferenceDraws() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(16, 16, 3));
        SymbolicTensor x = new Conv2D(16, 3).withName("a").apply(input);
        x = new Activation(ActivationFunction.RELU).apply(new BatchNormalization().apply(x));
        x = new GlobalAveragePooling2D().apply(new Dropout(0.5).apply(x));
        Network network = Network.of(
                "dropout",
                input,
                new Dense(2).withActivation(ActivationFunction.SOFTMAX).apply(x));
        try (TorchModel planned = model(network, true);
                TorchModel reference = model(network, false)) {
            for (int step = 0; step < 3; step++) {
                NdArray pictures = pictures(network.inputShape(), 4);
                BatchScores expected = reference.train(pictures, labels(4, 2), Precision.FP32, 0.1, step);
                BatchScores scores = planned.train(pictures, labels(4, 2), Precision.FP32, 0.1, step);

                assertThat(scores.loss()).isCloseTo(expected.loss(), within(1e-5));
            }
            assertThat(planned.plans(4, Precision.FP32)).isTrue();
        }
    }

    /** oneDNN's ReLU makes 0 of what is not a number, so that the loss alone would not tell. */
    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 1e30f})
    void aNumberThatIsNoneIsNoticedAndChangesNothing(float broken) {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>(varied(SMALL).arrays());
        arrays.get(new WeightName("layer2.0.conv1", "kernel")).values()[5] = broken;
        Weights weights = new Weights(arrays);
        try (TorchModel model = new TorchModel(SMALL, weights, Device.CPU)) {
            model.setOptimizer(new Sgd(0.1), Optional.empty());
            BatchScores scores = model.train(pictures(SMALL.inputShape(), 4), labels(4, 2), Precision.FP32, 0.1, 0);

            assertThat(model.plans(4, Precision.FP32)).isTrue();
            assertThat(scores.loss()).isNaN();
            assertThat(model.weights()).isEqualTo(weights);
        }
    }

    @Test
    void inBfloat16TheLossFallsAsByTheReference() {
        int batch = 16;
        NdArray pictures = pictures(SMALL.inputShape(), batch);
        double[] losses = new double[2];
        for (int way = 0; way < 2; way++) {
            try (TorchModel model = small(way == 0)) {
                for (int step = 0; step < 25; step++) {
                    losses[way] = model.train(pictures, labels(batch, 2), Precision.BF16, 0.05, step)
                            .loss();
                }
            }
        }

        assertThat(losses[1]).isLessThan(0.3);
        assertThat(losses[0]).isCloseTo(losses[1], within(0.05));
    }

    @Test
    void refusesPicturesOfAnotherShape() {
        try (TorchModel model = small(true)) {
            assertThatThrownBy(
                            () -> model.train(pictures(Shape.of(32, 32, 1), 4), labels(4, 2), Precision.FP32, 0.1, 0))
                    .hasMessageContaining("[4, 3, 32, 32]")
                    .hasMessageContaining("[4, 1, 32, 32]");
        }
    }

    private static TorchModel small(boolean planned) {
        return model(SMALL, planned);
    }

    private static TorchModel model(Network network, boolean planned) {
        TorchModel model = new TorchModel(network, varied(network), Device.CPU);
        if (!planned) {
            model.trainLayerByLayer();
        }
        model.setOptimizer(new Sgd(0.1).withMomentum(0.9), Optional.empty());
        return model;
    }

    /**
     * The largest length of a difference by the length of what is expected. What should be 0 (the gradient of a bias before
     * a normalisation) counts by all numbers together.
     */
    private static double difference(Map<WeightName, NdArray> expected, Map<WeightName, NdArray> actual) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        double all = Math.sqrt(expected.values().stream()
                .mapToDouble(array -> length(array.values()) * length(array.values()))
                .sum());
        double largest = 0;
        for (Map.Entry<WeightName, NdArray> entry : expected.entrySet()) {
            float[] difference = entry.getValue().values().clone();
            for (int index = 0; index < difference.length; index++) {
                difference[index] -= actual.get(entry.getKey()).values()[index];
            }
            double own = Math.max(length(entry.getValue().values()), 1e-4 * all);
            largest = Math.max(largest, length(difference) / own);
        }
        return largest;
    }

    private static double length(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += (double) value * value;
        }
        return Math.sqrt(sum);
    }

    /** Initial weights with vectors that are not all ones and zeros. */
    private static Weights varied(Network network) {
        Random random = new Random(7);
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        Weights.initialize(network).arrays().forEach((name, array) -> {
            float[] values = array.values().clone();
            if (array.shape().rank() == 1) {
                for (int index = 0; index < values.length; index++) {
                    values[index] += 0.2f * random.nextFloat();
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

    private static NdArray labels(int batch, int classes) {
        float[] values = new float[batch * classes];
        for (int index = 0; index < batch; index++) {
            values[index * classes + index % classes] = 1;
        }
        return new NdArray(Shape.of(batch, classes), values);
    }
}
