package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.data.Image;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Model;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.formats.onnx.OnnxOptions;
import dev.resnet4j.formats.onnx.OnnxOptions.Input;
import dev.resnet4j.formats.onnx.OnnxOptions.Layout;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.History;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@link OnnxOptions} change in a graph, and what its metadata say. */
class OnnxOptionsConformanceTest {
    private static final double TOLERANCE = OnnxComparison.LAYER_TOLERANCE;

    @Test
    void givesLogitsWithoutTheSoftmax() {
        for (Layer last : List.of(
                new Dense(5).withKernelInitializer(new GlorotUniform(1)).withActivation(ActivationFunction.SOFTMAX),
                new Activation(ActivationFunction.SOFTMAX))) {
            Network network = OnnxComparison.network(Shape.of(5), last);
            SavedModel saved = OnnxComparison.withLivelyWeights(network);
            NdArray input = TestArrays.normal(Shape.of(3, 5), 2);
            for (int index = 0; index < input.values().length; index++) {
                input.values()[index] *= 10;
            }
            try (OnnxRun run = OnnxRun.of(saved, OnnxOptions.DEFAULT.withSoftmax(false));
                    Model model = Model.of(saved, Device.CPU)) {
                NdArray logits = run.predict(input);
                assertThat(Closeness.largest(logits)).isGreaterThan(1);
                Closeness.requireClose("softmax of logits", softmax(logits), model.predict(input), TOLERANCE);
            }
        }
    }

    private static NdArray softmax(NdArray logits) {
        float[] values = logits.values().clone();
        int classes = logits.shape().channels();
        for (int start = 0; start < values.length; start += classes) {
            double sum = 0;
            for (int index = start; index < start + classes; index++) {
                sum += Math.exp(values[index]);
            }
            for (int index = start; index < start + classes; index++) {
                values[index] = (float) (Math.exp(values[index]) / sum);
            }
        }
        return new NdArray(logits.shape(), values);
    }

    @ParameterizedTest
    @EnumSource
    void preprocessesPixelsAsTheModel(Preprocessing preprocessing) {
        Shape shape = Shape.of(16, 12, 3);
        Network network = OnnxComparison.network(shape, new Conv2D(4, 3));
        SavedModel saved = OnnxComparison.withLivelyWeights(
                network, new TrainingFacts(preprocessing.toString(), List.of(), History.EMPTY, Map.of()));
        byte[] pixels = new byte[Math.toIntExact(2 * shape.elements())];
        new Random(3).nextBytes(pixels);
        float[] numbers = new float[pixels.length];
        float[] asFloats = new float[pixels.length];
        for (int index = 0; index < pixels.length; index++) {
            asFloats[index] = Byte.toUnsignedInt(pixels[index]);
        }
        int length = pixels.length / 2;
        for (int picture = 0; picture < 2; picture++) {
            byte[] one = Arrays.copyOfRange(pixels, picture * length, (picture + 1) * length);
            preprocessing.write(
                    new Image(shape.height(), shape.width(), shape.channels(), one), numbers, picture * length);
        }
        Shape batch = shape.withBatch(2);
        try (Model model = Model.of(saved, Device.CPU);
                OnnxRun bytes = OnnxRun.of(saved, OnnxOptions.DEFAULT.withInput(Input.BYTE_PIXELS));
                OnnxRun floats = OnnxRun.of(saved, OnnxOptions.DEFAULT.withInput(Input.FLOAT_PIXELS))) {
            NdArray expected = model.predict(new NdArray(batch, numbers));
            Closeness.requireClose("bytes", bytes.predict(pixels, batch), expected, TOLERANCE);
            Closeness.requireClose("floats", floats.predict(new NdArray(batch, asFloats)), expected, TOLERANCE);
        }
    }

    @Test
    void takesAndGivesChannelsFirst() {
        Shape shape = Shape.of(9, 6, 4);
        SavedModel saved = OnnxComparison.withLivelyWeights(OnnxComparison.network(shape, new Conv2D(5, 3)));
        NdArray pictures = TestArrays.normal(shape.withBatch(3), 4);
        try (Model model = Model.of(saved, Device.CPU);
                OnnxRun run = OnnxRun.of(saved, OnnxOptions.DEFAULT.withLayout(Layout.NCHW))) {
            Closeness.requireClose(
                    "channels first",
                    run.predict(channelsFirst(pictures)),
                    channelsFirst(model.predict(pictures)),
                    TOLERANCE);
        }
    }

    private static NdArray channelsFirst(NdArray pictures) {
        Shape shape = pictures.shape();
        int channels = shape.channels();
        int pixels = shape.height() * shape.width();
        float[] values = new float[pictures.values().length];
        for (int index = 0; index < values.length; index++) {
            int picture = index / (pixels * channels);
            int channel = index / pixels % channels;
            values[index] = pictures.values()[(picture * pixels + index % pixels) * channels + channel];
        }
        return new NdArray(Shape.of(shape.dimension(0), channels, shape.height(), shape.width()), values);
    }

    @Test
    void tellsClassNamesAndPreprocessing() {
        TrainingFacts facts = new TrainingFacts("caffe", List.of("kočka", "\"dog\""), History.EMPTY, Map.of());
        SavedModel saved = OnnxComparison.withLivelyWeights(OnnxComparison.network(Shape.of(5), new Dense(2)), facts);
        try (OnnxRun run = OnnxRun.of(saved, OnnxOptions.DEFAULT)) {
            assertThat(run.metadata())
                    .containsEntry("class_names", "[\"kočka\",\"\\\"dog\\\"\"]")
                    .containsEntry("preprocessing", "caffe")
                    .containsEntry("preprocessing_in_graph", "false")
                    .containsEntry("input_size", "5");
        }
    }
}
