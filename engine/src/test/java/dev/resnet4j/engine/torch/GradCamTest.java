package dev.resnet4j.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the paper's formula with derivatives by differences, of a network that is cut in two by hand. */
class GradCamTest {
    private static final int ROWS = 6;
    private static final int COLUMNS = 8;
    private static final int CHANNELS = 4;
    private static final Shape PICTURE = Shape.of(ROWS, COLUMNS, 3);
    private static final double STEP = 1e-2;

    private static SymbolicTensor features(SymbolicTensor input) {
        SymbolicTensor x = new Conv2D(CHANNELS, 3)
                .withKernelInitializer(new GlorotUniform(1))
                .withName("conv")
                .apply(input);
        return new BatchNormalization().withName("bn").apply(x);
    }

    /** The ReLU writes over the normalisation's output, where nobody else needs that. */
    private static SymbolicTensor scores(SymbolicTensor features, ActivationFunction last) {
        SymbolicTensor x = new Activation("relu", ActivationFunction.RELU).apply(features);
        x = new AveragePooling2D(2).apply(x);
        x = new Activation("tanh", ActivationFunction.TANH).apply(x);
        x = new Flatten().apply(x);
        return new Dense(3)
                .withActivation(last)
                .withKernelInitializer(new GlorotUniform(2))
                .withName("fc")
                .apply(x);
    }

    private static Network whole() {
        SymbolicTensor input = SymbolicTensor.input(PICTURE);
        return Network.of("whole", input, scores(features(input), ActivationFunction.SOFTMAX));
    }

    private static NdArray run(Network network, NdArray input) {
        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            return model.predict(input, Precision.FP32);
        }
    }

    @ParameterizedTest
    @CsvSource({"bn, 0", "bn, 1", "bn, 2", "conv, 1"})
    void isTheSumOfTheChannelsWeighedByTheirMeanGradient(String layer, int classIndex) {
        NdArray picture = random(PICTURE.withBatch(1), 3);
        SymbolicTensor input = SymbolicTensor.input(PICTURE);
        Network first = Network.of("first", input, features(input));
        NdArray features = run(first, picture);
        Shape shape = first.outputShape();
        SymbolicTensor middle = SymbolicTensor.input(shape);
        Network second = Network.of("second", middle, scores(middle, ActivationFunction.LINEAR));

        float[] expected = gradCam(second, features, classIndex);

        NdArray map;
        Network whole = whole();
        try (TorchModel model = new TorchModel(whole, Weights.initialize(whole), Device.CPU)) {
            map = model.gradCam(picture, layer, classIndex);
        }
        assertThat(map.shape()).isEqualTo(Shape.of(shape.height(), shape.width()));
        // The initial normalisation only divides by sqrt(1 + 0.001), so both layers' maps are nearly one.
        for (int index = 0; index < expected.length; index++) {
            assertThat(map.values()[index]).isCloseTo(expected[index], within(2e-3f));
        }
        assertThat(map.values()).isNotEqualTo(new float[expected.length]);
    }

    private static float[] gradCam(Network second, NdArray features, int classIndex) {
        int pixels = features.values().length / CHANNELS;
        double[] importance = new double[CHANNELS];
        try (TorchModel model = new TorchModel(second, Weights.initialize(second), Device.CPU)) {
            for (int index = 0; index < features.values().length; index++) {
                double more = score(model, features, index, STEP, classIndex);
                double less = score(model, features, index, -STEP, classIndex);
                importance[index % CHANNELS] += (more - less) / (2 * STEP) / pixels;
            }
        }
        float[] map = new float[pixels];
        for (int index = 0; index < features.values().length; index++) {
            map[index / CHANNELS] += (float) (importance[index % CHANNELS] * features.values()[index]);
        }
        for (int pixel = 0; pixel < pixels; pixel++) {
            map[pixel] = Math.max(0, map[pixel]);
        }
        return map;
    }

    private static double score(TorchModel model, NdArray features, int index, double change, int classIndex) {
        float[] changed = features.values().clone();
        changed[index] += (float) change;
        return model.predict(new NdArray(features.shape(), changed), Precision.FP32)
                .values()[classIndex];
    }

    private static NdArray random(Shape shape, long seed) {
        Random random = new Random(seed);
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int index = 0; index < values.length; index++) {
            values[index] = (float) random.nextGaussian();
        }
        return new NdArray(shape, values);
    }
}
