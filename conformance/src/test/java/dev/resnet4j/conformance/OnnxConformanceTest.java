package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Model;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.TrainingFacts;
import dev.resnet4j.formats.onnx.OnnxOptions;
import dev.resnet4j.formats.onnx.OnnxOptions.Input;
import dev.resnet4j.formats.onnx.OnnxOptions.Layout;
import dev.resnet4j.formats.onnx.proto.ModelProto;
import dev.resnet4j.formats.onnx.proto.TensorShapeProto.Dimension;
import dev.resnet4j.formats.onnx.proto.ValueInfoProto;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.AveragePooling2D;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.CenterCrop;
import dev.resnet4j.model.layer.Concatenate;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Conv2DTranspose;
import dev.resnet4j.model.layer.Cropping2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.DepthwiseConv2D;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.ELU;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.GaussianDropout;
import dev.resnet4j.model.layer.GaussianNoise;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.GroupNormalization;
import dev.resnet4j.model.layer.Interpolation;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.LayerNormalization;
import dev.resnet4j.model.layer.LeakyReLU;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Normalization;
import dev.resnet4j.model.layer.PReLU;
import dev.resnet4j.model.layer.Padding;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.layer.RandomCrop;
import dev.resnet4j.model.layer.ReLU;
import dev.resnet4j.model.layer.Rescaling;
import dev.resnet4j.model.layer.Reshape;
import dev.resnet4j.model.layer.Resizing;
import dev.resnet4j.model.layer.SeparableConv2D;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.SpatialDropout2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.UpSampling2D;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.History;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ONNX files, run by ONNX Runtime, against resnet4j's own predictions. */
class OnnxConformanceTest {
    private static final int[] BATCHES = {1, 3};

    /** Of the largest number: sums of up to a few hundred products in another order. */
    private static final double LAYER_TOLERANCE = 1e-5;

    /** Of the largest number, behind 53 normalised layers. */
    private static final double NETWORK_TOLERANCE = 1e-4;

    private static final Shape PICTURE = Shape.of(9, 6, 4);

    /** A layer, or several, on an input of a shape. */
    private record Case(String what, Shape input, UnaryOperator<SymbolicTensor> layers) {
        Network network() {
            SymbolicTensor given = SymbolicTensor.input(input);
            return Network.of("case", given, layers.apply(given));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static Case on(Shape input, Layer layer) {
        return new Case(layer + " on " + input, input, layer::apply);
    }

    private static Case picture(Layer layer) {
        return on(PICTURE, layer);
    }

    private static List<Window> windows() {
        List<Window> windows = new ArrayList<>();
        for (Padding padding : Padding.values()) {
            for (int size : new int[] {1, 2, 3, 5}) {
                for (int stride = 1; stride <= 3; stride++) {
                    windows.add(new Window(Size2D.square(size), Size2D.square(stride), padding));
                }
            }
            windows.add(new Window(new Size2D(3, 2), new Size2D(1, 2), padding));
        }
        return windows;
    }

    private static Stream<Case> layersOfTheTutorial() {
        List<Layer> layers = new ArrayList<>();
        for (Window window : windows()) {
            layers.add(new Conv2D(6, 1).withWindow(window));
            layers.add(new MaxPooling2D("", window));
            layers.add(new AveragePooling2D("", window));
        }
        layers.add(new Conv2D(3, 3).withBias(false).withActivation(ActivationFunction.RELU));
        layers.add(new Conv2D(3, 3).withActivation(ActivationFunction.SOFTMAX));
        layers.add(new BatchNormalization());
        layers.add(new BatchNormalization().withScale(false));
        layers.add(new BatchNormalization().withCenter(false));
        layers.add(new Dropout(0.5));
        layers.add(new Flatten());
        layers.add(new GlobalAveragePooling2D());
        layers.add(new GlobalMaxPooling2D());
        layers.add(new ZeroPadding2D("", 1, 2, 3, 0));
        Shape vector = Shape.of(10);
        return Stream.concat(
                layers.stream().map(OnnxConformanceTest::picture),
                Stream.of(
                        on(vector, new Dense(5)),
                        on(vector, new Dense(5).withBias(false).withActivation(ActivationFunction.SOFTMAX)),
                        on(vector, new BatchNormalization()),
                        on(vector, new Flatten()),
                        new Case("sum of three", PICTURE, x -> Merge.add().apply(x, new Dropout(0).apply(x), x))));
    }

    @ParameterizedTest
    @MethodSource("layersOfTheTutorial")
    void calculatesTheTutorialsLayers(Case layer) {
        requireSame(layer);
    }

    @ParameterizedTest
    @EnumSource
    void calculatesActivations(ActivationFunction function) {
        requireSame(picture(new Activation(function)));
        requireSame(on(Shape.of(10), new Activation(function)));
        requireSame(picture(new Conv2D(5, 3).withActivation(function)));
    }

    private static Stream<Case> convolutions() {
        List<Layer> layers = new ArrayList<>();
        for (Window window : windows()) {
            layers.add(new DepthwiseConv2D(1).withWindow(window).withDepthMultiplier(2));
            layers.add(new SeparableConv2D(5, 1).withWindow(window).withDepthMultiplier(2));
            layers.add(new Conv2DTranspose(5, 1).withWindow(window));
        }
        for (Padding padding : Padding.values()) {
            Window dilated = new Window(new Size2D(3, 2), Size2D.square(1), padding, new Size2D(2, 3));
            layers.add(new Conv2D(6, 1).withWindow(dilated));
            layers.add(new DepthwiseConv2D(1).withWindow(dilated));
            layers.add(new SeparableConv2D(5, 1).withWindow(dilated));
            layers.add(new Conv2DTranspose(5, 1).withWindow(dilated));
            Window growing = new Window(new Size2D(3, 4), Size2D.square(2), padding);
            layers.add(new Conv2DTranspose(5, 1).withWindow(growing).withOutputPadding(0, 0));
            layers.add(new Conv2DTranspose(5, 1).withWindow(growing).withOutputPadding(1, 1));
        }
        layers.add(new Conv2D(6, 3).withGroups(2));
        return layers.stream().map(OnnxConformanceTest::picture);
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void calculatesKerassOtherConvolutions(Case layer) {
        requireSame(layer);
    }

    private static Stream<Case> otherLayers() {
        Stream<Layer> onPictures = Stream.of(
                new CenterCrop(4, 3),
                new CenterCrop(20, 3),
                new RandomCrop(3, 4),
                new Cropping2D("", 1, 2, 3, 0),
                new ELU("", 0.7),
                new GaussianDropout(0.3),
                new GaussianNoise("", 0.3),
                new SpatialDropout2D(0.3),
                new GlobalAveragePooling2D().withKeepDimensions(true),
                new GlobalMaxPooling2D().withKeepDimensions(true),
                new GroupNormalization("", 2, 1e-3, true, true),
                new GroupNormalization("", -1, 1e-3, true, false),
                new GroupNormalization("", 1, 1e-5, false, true),
                new LayerNormalization(),
                new LayerNormalization("", 2, 1e-3, true, false),
                new LayerNormalization("", 3, 1e-3, false, true),
                new LeakyReLU("", 0.1),
                new Normalization(),
                new Normalization("", List.of(0.5), List.of(4.0), true),
                new Normalization("", List.of(0.5, 1.0, 2.0, 0.0), List.of(4.0, 1.0, 0.0, 9.0), false),
                new PReLU(),
                new PReLU("", List.of(1, 2), new PReLU().alphaInitializer()),
                new PReLU("", List.of(1), new PReLU().alphaInitializer()),
                new Permute(2, 1, 3),
                new Permute(3, 1, 2),
                new Permute(2, 3, 1),
                new ReLU(),
                new ReLU("", 0.5, 0, 0),
                new ReLU("", 0.5, 0.1, 0),
                new ReLU("", Double.POSITIVE_INFINITY, 0.1, 0.2),
                new ReLU("", 0.7, 0.1, 0.2),
                new Rescaling(2, -1),
                new Rescaling("", List.of(1.0, 2.0, 3.0, 4.0), List.of(0.0)),
                new Reshape(Shape.of(6, 9, 4)),
                new Reshape(Shape.of(216)),
                new Reshape(Shape.of(27, 8)),
                new Reshape(Shape.of(2, 27, 2, 2)),
                new Softmax(),
                new Softmax("", 1),
                new Softmax("", 2),
                new Dense(5),
                new Dense(5).withBias(false).withActivation(ActivationFunction.SOFTMAX),
                new UpSampling2D(2),
                new UpSampling2D("", new Size2D(2, 3), Interpolation.BILINEAR));
        List<Layer> resizing = new ArrayList<>();
        for (Interpolation interpolation : Interpolation.values()) {
            for (boolean crop : new boolean[] {false, true}) {
                for (Size2D size : List.of(new Size2D(18, 12), new Size2D(5, 5), new Size2D(7, 11), new Size2D(3, 2))) {
                    resizing.add(new Resizing("", size.height(), size.width(), interpolation, crop));
                }
            }
        }
        Shape matrix = Shape.of(5, 8);
        return Stream.of(
                        onPictures.map(OnnxConformanceTest::picture),
                        resizing.stream().map(OnnxConformanceTest::picture),
                        Stream.of(
                                        new Dense(3),
                                        new Dense(3).withBias(false),
                                        new LayerNormalization(),
                                        new GroupNormalization("", 4, 1e-3, true, true),
                                        new BatchNormalization(),
                                        new Softmax("", 1),
                                        new Permute(2, 1),
                                        new PReLU(),
                                        new Normalization(),
                                        new Reshape(Shape.of(2, 5, 4)))
                                .map(layer -> on(matrix, layer)),
                        Stream.of(
                                on(Shape.of(8), new GroupNormalization("", 4, 1e-3, true, true)),
                                on(Shape.of(8), new LayerNormalization())))
                .flatMap(cases -> cases);
    }

    @ParameterizedTest
    @MethodSource("otherLayers")
    void calculatesKerassOtherLayers(Case layer) {
        requireSame(layer);
    }

    private static Stream<Case> layersOfSeveralInputs() {
        return Stream.concat(
                Arrays.stream(Merge.Operation.values()).flatMap(operation -> {
                    Merge merge = new Merge(operation);
                    return Stream.of(
                            new Case(operation + " of maps", PICTURE, x -> merge.apply(x, doubled(x))),
                            new Case(
                                    operation + " of a map and its means",
                                    PICTURE,
                                    x -> merge.apply(x, new GlobalAveragePooling2D("", true).apply(x))),
                            new Case(
                                    operation + " of a vector and a map",
                                    PICTURE,
                                    x -> merge.apply(new GlobalMaxPooling2D().apply(x), x)));
                }),
                Stream.of(
                        new Case(
                                "product of three",
                                PICTURE,
                                x -> Merge.multiply()
                                        .apply(new GlobalAveragePooling2D("", true).apply(x), x, doubled(x))),
                        new Case("channels joined", PICTURE, x -> new Concatenate().apply(x, doubled(x))),
                        new Case("rows joined", PICTURE, x -> new Concatenate("", 1).apply(x, doubled(x), x)),
                        new Case("columns joined", PICTURE, x -> new Concatenate("", -2).apply(x, doubled(x))),
                        new Case("a shared layer", PICTURE, x -> {
                            Conv2D shared = new Conv2D(4, 3).withPadding(Padding.SAME);
                            return shared.apply(shared.apply(x));
                        }),
                        new Case("a network in a network", PICTURE, x -> nested().apply(nested().apply(x)))));
    }

    private static SymbolicTensor doubled(SymbolicTensor x) {
        return new Rescaling(2, 0.5).apply(x);
    }

    private static Network nested() {
        SymbolicTensor input = SymbolicTensor.input(PICTURE);
        return Network.of(
                "",
                input,
                new ReLU().apply(new Conv2D(4, 3).withPadding(Padding.SAME).apply(input)));
    }

    @ParameterizedTest
    @MethodSource("layersOfSeveralInputs")
    void calculatesLayersOfSeveralInputsAndNestedNetworks(Case layer) {
        requireSame(layer);
    }

    private static Stream<Case> allLayers() {
        return Stream.of(layersOfTheTutorial(), convolutions(), otherLayers(), layersOfSeveralInputs())
                .flatMap(cases -> cases);
    }

    @ParameterizedTest
    @MethodSource("allLayers")
    void saysTheShapesThatOnnxRuntimeFinds(Case layer) throws InvalidProtocolBufferException {
        requireShapes(savedModel(layer.network(), TrainingFacts.NONE));
    }

    @ParameterizedTest
    @EnumSource
    void saysTheShapesOfActivationsThatOnnxRuntimeFinds(ActivationFunction function)
            throws InvalidProtocolBufferException {
        requireShapes(savedModel(picture(new Activation(function)).network(), TrainingFacts.NONE));
    }

    private static void requireShapes(SavedModel saved) throws InvalidProtocolBufferException {
        ModelProto model = ModelProto.parseFrom(OnnxRun.bytes(saved, OnnxOptions.DEFAULT));
        Map<String, List<Long>> said = new LinkedHashMap<>();
        said.put(model.getGraph().getOutput(0).getName(), sizes(model.getGraph().getOutput(0), -1));
        model.getGraph().getValueInfoList().forEach(value -> said.put(value.getName(), sizes(value, -1)));
        try (OnnxRun run = OnnxRun.withEveryValueAsOutput(model)) {
            assertThat(run.inferredShapes()).isEqualTo(said);
            NdArray input = TestArrays.normal(saved.network().inputShape().withBatch(3), 1);
            said.replaceAll((name, sizes) -> {
                List<Long> ofThree = new ArrayList<>(sizes);
                ofThree.set(0, 3L);
                return ofThree;
            });
            assertThat(run.shapesOf(input)).isEqualTo(said);
        }
    }

    private static List<Long> sizes(ValueInfoProto value, long free) {
        return value.getType().getTensorType().getShape().getDimList().stream()
                .map(size -> size.getValueCase() == Dimension.ValueCase.DIM_VALUE ? size.getDimValue() : free)
                .toList();
    }

    @Test
    void calculatesResNet50() throws InvalidProtocolBufferException {
        Network network = ResNet50.build(Shape.of(64, 64, 3), 6, 0);
        SavedModel saved = savedModel(network, TrainingFacts.NONE);
        requireSame(saved, NETWORK_TOLERANCE);
        requireShapes(saved);
    }

    @Test
    void givesLogitsWithoutTheSoftmax() {
        for (Layer last : List.of(
                new Dense(5).withActivation(ActivationFunction.SOFTMAX), new Activation(ActivationFunction.SOFTMAX))) {
            Network network = new Case("", Shape.of(5), last::apply).network();
            SavedModel saved = savedModel(network, TrainingFacts.NONE);
            NdArray input = TestArrays.normal(Shape.of(3, 5), 2);
            try (OnnxRun run = OnnxRun.of(saved, OnnxOptions.DEFAULT.withSoftmax(false));
                    Model model = Model.of(saved, Device.CPU)) {
                NdArray logits = run.predict(input);
                assertThat(Closeness.largest(logits)).isGreaterThan(1);
                Closeness.requireClose("softmax of logits", softmax(logits), model.predict(input), LAYER_TOLERANCE);
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
        Network network = new Case(
                        "",
                        shape,
                        x -> new Conv2D(4, 3)
                                .withActivation(ActivationFunction.TANH)
                                .apply(new Rescaling(1, 0).apply(x)))
                .network();
        SavedModel saved =
                savedModel(network, new TrainingFacts(preprocessing.toString(), List.of(), History.EMPTY, Map.of()));
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
            Closeness.requireClose("bytes", bytes.predict(pixels, batch), expected, LAYER_TOLERANCE);
            Closeness.requireClose("floats", floats.predict(new NdArray(batch, asFloats)), expected, LAYER_TOLERANCE);
        }
    }

    @Test
    void takesAndGivesChannelsFirst() {
        SavedModel saved = savedModel(picture(new Conv2D(5, 3)).network(), TrainingFacts.NONE);
        NdArray pictures = TestArrays.normal(PICTURE.withBatch(3), 4);
        try (Model model = Model.of(saved, Device.CPU);
                OnnxRun run = OnnxRun.of(saved, OnnxOptions.DEFAULT.withLayout(Layout.NCHW))) {
            Closeness.requireClose(
                    "channels first",
                    run.predict(channelsFirst(pictures)),
                    channelsFirst(model.predict(pictures)),
                    LAYER_TOLERANCE);
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
        SavedModel saved = savedModel(on(Shape.of(5), new Dense(2)).network(), facts);
        try (OnnxRun run = OnnxRun.of(saved, OnnxOptions.DEFAULT)) {
            assertThat(run.metadata())
                    .containsEntry("class_names", "[\"kočka\",\"\\\"dog\\\"\"]")
                    .containsEntry("preprocessing", "caffe")
                    .containsEntry("preprocessing_in_graph", "false")
                    .containsEntry("input_size", "5");
        }
    }

    private static void requireSame(Case layer) {
        requireSame(savedModel(layer.network(), TrainingFacts.NONE), LAYER_TOLERANCE);
    }

    private static void requireSame(SavedModel saved, double tolerance) {
        try (Model model = Model.of(saved, Device.CPU);
                OnnxRun run = OnnxRun.of(saved, OnnxOptions.DEFAULT)) {
            for (int batch : BATCHES) {
                NdArray input = TestArrays.normal(saved.network().inputShape().withBatch(batch), batch);
                Closeness.requireClose(
                        saved.network().name() + " on " + batch, run.predict(input), model.predict(input), tolerance);
            }
        }
    }

    /** Weights that leave nothing as it is: moving statistics too, variances above 0. */
    private static SavedModel savedModel(Network network, TrainingFacts facts) {
        Map<WeightName, NdArray> arrays = new LinkedHashMap<>();
        Weights.initialize(network).arrays().forEach((name, initial) -> arrays.put(name, changed(name, initial)));
        return new SavedModel(
                network, new Weights(arrays), java.util.Optional.empty(), java.util.Optional.empty(), facts);
    }

    private static NdArray changed(WeightName name, NdArray initial) {
        Random random = new Random(name.hashCode());
        boolean positive = name.weight().endsWith("variance");
        boolean kernel = name.weight().endsWith("kernel");
        float[] values = initial.values().clone();
        for (int index = 0; index < values.length; index++) {
            if (positive) {
                values[index] = 0.5f + random.nextFloat();
            } else if (!kernel) {
                values[index] += 0.1f * (float) random.nextGaussian();
            }
        }
        return new NdArray(initial.shape(), values);
    }
}
