package dev.resnet4j.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers against their definitions, written out as loops. */
class LayerForwardTest {
    private static final int BATCH = 2;
    private static final int CHANNELS = 3;

    @ParameterizedTest
    @CsvSource({
        "VALID, 5, 1, 1",
        "VALID, 7, 3, 2",
        "SAME, 5, 3, 1",
        "SAME, 6, 3, 2",
        "SAME, 7, 3, 2",
        "SAME, 4, 2, 1",
        "SAME, 9, 4, 3",
        "SAME, 5, 1, 2"
    })
    void convolvesWithTensorFlowsPadding(Padding padding, int size, int kernel, int stride) {
        NdArray input = random(size, size + 1);
        Network network = network(
                input,
                x -> new Conv2D(4, kernel)
                        .withStrides(stride)
                        .withPadding(padding)
                        .withKernelInitializer(new GlorotUniform(1))
                        .withName("conv")
                        .apply(x));
        NdArray weights = Weights.initialize(network).get("conv", "kernel");

        NdArray output = run(network, input);

        forEachOutput(output, (sample, row, column, channel) -> {
            double expected = 0;
            for (int i = 0; i < kernel; i++) {
                for (int j = 0; j < kernel; j++) {
                    for (int in = 0; in < CHANNELS; in++) {
                        expected += pixel(
                                        input,
                                        sample,
                                        row * stride + i - padding.before(size, kernel, stride),
                                        column * stride + j - padding.before(size + 1, kernel, stride),
                                        in,
                                        0)
                                * weights.get(i, j, in, channel);
                    }
                }
            }
            return expected;
        });
    }

    @ParameterizedTest
    @CsvSource({"VALID, 5, 2, 2", "VALID, 7, 3, 2", "SAME, 6, 3, 2", "SAME, 7, 3, 2", "SAME, 5, 2, 2", "SAME, 5, 2, 1"})
    void takesTheLargestOfEachWindow(Padding padding, int size, int pool, int stride) {
        NdArray input = random(size, size + 1);
        Network network = network(
                input,
                x -> new MaxPooling2D(pool)
                        .withStrides(stride)
                        .withPadding(padding)
                        .apply(x));

        forEachOutput(run(network, input), (sample, row, column, channel) -> {
            double largest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < pool; i++) {
                for (int j = 0; j < pool; j++) {
                    largest = Math.max(
                            largest,
                            pixel(
                                    input,
                                    sample,
                                    row * stride + i - padding.before(size, pool, stride),
                                    column * stride + j - padding.before(size + 1, pool, stride),
                                    channel,
                                    Double.NEGATIVE_INFINITY));
                }
            }
            return largest;
        });
    }

    @ParameterizedTest
    @CsvSource({"VALID, 5, 2, 2", "VALID, 7, 3, 2", "SAME, 6, 3, 2", "SAME, 7, 3, 2", "SAME, 5, 2, 2", "SAME, 5, 2, 1"})
    void averagesTheRealPixelsOfEachWindow(Padding padding, int size, int pool, int stride) {
        NdArray input = random(size, size + 1);
        Network network = network(
                input,
                x -> new AveragePooling2D(pool)
                        .withStrides(stride)
                        .withPadding(padding)
                        .apply(x));

        forEachOutput(run(network, input), (sample, row, column, channel) -> {
            double sum = 0;
            int count = 0;
            for (int i = 0; i < pool; i++) {
                for (int j = 0; j < pool; j++) {
                    double value = pixel(
                            input,
                            sample,
                            row * stride + i - padding.before(size, pool, stride),
                            column * stride + j - padding.before(size + 1, pool, stride),
                            channel,
                            Double.NaN);
                    sum += Double.isNaN(value) ? 0 : value;
                    count += Double.isNaN(value) ? 0 : 1;
                }
            }
            return sum / count;
        });
    }

    @Test
    void poolsWholeFeatureMaps() {
        NdArray input = random(4, 5);
        NdArray means = run(network(input, x -> new GlobalAveragePooling2D().apply(x)), input);
        NdArray maxima = run(network(input, x -> new GlobalMaxPooling2D().apply(x)), input);

        for (int sample = 0; sample < BATCH; sample++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                double sum = 0;
                double largest = Double.NEGATIVE_INFINITY;
                for (int row = 0; row < 4; row++) {
                    for (int column = 0; column < 5; column++) {
                        sum += input.get(sample, row, column, channel);
                        largest = Math.max(largest, input.get(sample, row, column, channel));
                    }
                }
                assertThat((double) means.get(sample, channel)).isCloseTo(sum / 20, within(1e-6));
                assertThat((double) maxima.get(sample, channel)).isEqualTo(largest);
            }
        }
    }

    @Test
    void flattensInTheOrderHeightWidthChannels() {
        NdArray input = random(2, 3);

        assertThat(run(network(input, x -> new Flatten().apply(x)), input).values())
                .containsExactly(input.values());
    }

    @Test
    void padsWithZerosOnEachSideByItsOwnWidth() {
        NdArray input = random(2, 3);
        NdArray output = run(network(input, x -> new ZeroPadding2D("pad", 1, 2, 3, 0).apply(x)), input);

        assertThat(output.shape()).isEqualTo(Shape.of(BATCH, 5, 6, CHANNELS));
        forEachOutput(output, (sample, row, column, channel) -> pixel(input, sample, row - 1, column - 3, channel, 0));
    }

    @Test
    void addsMoreThanTwoInputsAndLeavesThemAsTheyAre() {
        NdArray input = random(2, 2);
        Network network = network(input, x -> {
            SymbolicTensor relu = new Activation(ActivationFunction.RELU).apply(x);
            return Merge.add().apply(relu, x, Merge.add().apply(relu, x));
        });

        forEachOutput(run(network, input), (sample, row, column, channel) -> {
            float value = input.get(sample, row, column, channel);
            return 2 * (value + Math.max(value, 0));
        });
    }

    @ParameterizedTest
    @CsvSource({"RELU", "SIGMOID", "TANH", "LINEAR", "SOFTMAX"})
    void appliesActivations(ActivationFunction function) {
        NdArray input = random(2, 2);

        forEachOutput(
                run(network(input, x -> new Activation(function).apply(x)), input), (sample, row, column, channel) -> {
                    double x = input.get(sample, row, column, channel);
                    return switch (function) {
                        case RELU -> Math.max(x, 0);
                        case SIGMOID -> 1 / (1 + Math.exp(-x));
                        case TANH -> Math.tanh(x);
                        case LINEAR -> x;
                        case SOFTMAX -> {
                            double sum = 0;
                            for (float other : input.row(sample, row, column)) {
                                sum += Math.exp(other);
                            }
                            yield Math.exp(x) / sum;
                        }
                        default -> throw new AssertionError(function);
                    };
                });
    }

    @Test
    void multipliesVectors() {
        NdArray input = random(1, 2);
        Network network =
                network(input, x -> new Dense(4).withName("fc").apply(new Flatten().apply(new Dropout(0.5).apply(x))));
        NdArray kernel = Weights.initialize(network).get("fc", "kernel");

        NdArray output = run(network, input);

        for (int unit = 0; unit < 4; unit++) {
            double expected = 0;
            for (int index = 0; index < 6; index++) {
                expected += input.values()[index] * kernel.get(index, unit);
            }
            assertThat((double) output.get(0, unit)).isCloseTo(expected, within(1e-6));
        }
    }

    private static Network network(NdArray input, UnaryOperator<SymbolicTensor> layers) {
        Shape shape = Shape.of(
                input.shape().dimension(1),
                input.shape().dimension(2),
                input.shape().dimension(3));
        SymbolicTensor start = SymbolicTensor.input(shape);
        return Network.of("test", start, layers.apply(start));
    }

    private static NdArray run(Network network, NdArray input) {
        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            return model.predict(input, Precision.FP32);
        }
    }

    private static NdArray random(int height, int width) {
        Random random = new Random(7);
        float[] values = new float[BATCH * height * width * CHANNELS];
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) random.nextGaussian();
        }
        return new NdArray(Shape.of(BATCH, height, width, CHANNELS), values);
    }

    private static double pixel(NdArray input, int sample, int row, int column, int channel, double outside) {
        boolean inside = row >= 0
                && row < input.shape().dimension(1)
                && column >= 0
                && column < input.shape().dimension(2);
        return inside ? input.get(sample, row, column, channel) : outside;
    }

    private interface Expected {
        double at(int sample, int row, int column, int channel);
    }

    private static void forEachOutput(NdArray output, Expected expected) {
        Shape shape = output.shape();
        for (int sample = 0; sample < shape.dimension(0); sample++) {
            for (int row = 0; row < shape.dimension(1); row++) {
                for (int column = 0; column < shape.dimension(2); column++) {
                    for (int channel = 0; channel < shape.dimension(3); channel++) {
                        assertThat((double) output.get(sample, row, column, channel))
                                .as("output [%d, %d, %d, %d] of %s", sample, row, column, channel, shape)
                                .isCloseTo(expected.at(sample, row, column, channel), within(2e-6));
                    }
                }
            }
        }
    }
}
