package dev.resnet4j.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.HeNormal;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2DTranspose;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The transposed convolution against its definition: each pixel of the input adds a window to the output. */
class Conv2DTransposeTest {
    private static final int HEIGHT = 4;
    private static final int WIDTH = 3;
    private static final int CHANNELS = 3;
    private static final int FILTERS = 2;

    @ParameterizedTest
    @CsvSource({
        "VALID, 3, 1, 1, -1",
        "VALID, 3, 2, 1, -1",
        "VALID, 1, 3, 1, -1",
        "VALID, 2, 4, 1, -1",
        "VALID, 2, 3, 1, 1",
        "VALID, 3, 1, 2, -1",
        "SAME, 3, 1, 1, -1",
        "SAME, 3, 2, 1, -1",
        "SAME, 2, 2, 1, -1",
        "SAME, 4, 3, 1, -1",
        "SAME, 1, 2, 1, -1",
        "SAME, 2, 4, 1, -1",
        "SAME, 5, 2, 1, 1",
        "SAME, 3, 3, 1, 0",
        "SAME, 3, 2, 2, -1"
    })
    void addsAWindowForEachPixel(Padding padding, int size, int stride, int dilation, int outputPadding) {
        Window window = new Window(Size2D.square(size), Size2D.square(stride), padding, Size2D.square(dilation));
        Optional<Conv2DTranspose.OutputPadding> more = outputPadding < 0
                ? Optional.empty()
                : Optional.of(new Conv2DTranspose.OutputPadding(outputPadding, outputPadding));
        Conv2DTranspose layer = new Conv2DTranspose(
                "up", FILTERS, window, more, true, ActivationFunction.LINEAR, new GlorotUniform(1), new HeNormal(2));
        SymbolicTensor input = SymbolicTensor.input(Shape.of(HEIGHT, WIDTH, CHANNELS));
        Network network = Network.of("test", input, layer.apply(input));
        Weights weights = Weights.initialize(network);
        NdArray pictures = random();

        try (TorchModel model = new TorchModel(network, weights, Device.CPU)) {
            NdArray output = model.predict(pictures, Precision.FP32);
            NdArray expected = expected(pictures, weights, window, network.outputShape(), dilation);
            assertThat(output.shape()).isEqualTo(expected.shape());
            for (int index = 0; index < expected.values().length; index++) {
                assertThat(output.values()[index]).isCloseTo(expected.values()[index], within(1e-5f));
            }
        }
    }

    private static NdArray expected(NdArray pictures, Weights weights, Window window, Shape shape, int dilation) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        NdArray kernel = weights.get("up", "kernel");
        NdArray bias = weights.get("up", "bias");
        for (int filter = 0; filter < FILTERS; filter++) {
            for (int pixel = 0; pixel < shape.height() * shape.width(); pixel++) {
                values[pixel * FILTERS + filter] = bias.get(filter);
            }
        }
        for (int row = 0; row < HEIGHT * window.size().height(); row++) {
            for (int column = 0; column < WIDTH * window.size().width(); column++) {
                int i = row % window.size().height();
                int j = column % window.size().width();
                int y = row / window.size().height();
                int x = column / window.size().width();
                int toRow = y * window.strides().height() + i * dilation - window.top(shape.height());
                int toColumn = x * window.strides().width() + j * dilation - window.left(shape.width());
                if (toRow < 0 || toRow >= shape.height() || toColumn < 0 || toColumn >= shape.width()) {
                    continue;
                }
                for (int filter = 0; filter < FILTERS; filter++) {
                    for (int channel = 0; channel < CHANNELS; channel++) {
                        values[(toRow * shape.width() + toColumn) * FILTERS + filter] +=
                                pictures.get(0, y, x, channel) * kernel.get(i, j, filter, channel);
                    }
                }
            }
        }
        return new NdArray(shape.withBatch(1), values);
    }

    private static NdArray random() {
        Random random = new Random(3);
        float[] values = new float[HEIGHT * WIDTH * CHANNELS];
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) random.nextGaussian();
        }
        return new NdArray(Shape.of(1, HEIGHT, WIDTH, CHANNELS), values);
    }
}
