package dev.resnet4j.conformance;

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
import dev.resnet4j.model.layer.RandomBrightness;
import dev.resnet4j.model.layer.RandomContrast;
import dev.resnet4j.model.layer.RandomCrop;
import dev.resnet4j.model.layer.RandomFlip;
import dev.resnet4j.model.layer.RandomRotation;
import dev.resnet4j.model.layer.RandomTranslation;
import dev.resnet4j.model.layer.RandomZoom;
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
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every layer in an ONNX file, run by ONNX Runtime, against resnet4j's own predictions. */
class OnnxLayerConformanceTest {
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
                layers.stream().map(OnnxLayerConformanceTest::picture),
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
            layers.add(new Conv2DTranspose(5, 1).withWindow(growing).withOutputPadding(1, 1));
            Window odd = new Window(new Size2D(3, 5), Size2D.square(2), padding);
            layers.add(new Conv2DTranspose(5, 1).withWindow(odd).withOutputPadding(0, 0));
            layers.add(new Conv2DTranspose(5, 1).withWindow(odd).withOutputPadding(0, 1));
        }
        layers.add(new Conv2D(6, 3).withGroups(2));
        return layers.stream().map(OnnxLayerConformanceTest::picture);
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
                new CenterCrop(9, 6),
                new RandomCrop(3, 4),
                new RandomCrop(9, 6),
                new RandomCrop(20, 7),
                new RandomBrightness(0.5),
                new RandomContrast(0.5),
                new RandomFlip(RandomFlip.Mode.HORIZONTAL),
                new RandomRotation(0.2),
                new RandomTranslation(0.2, 0.3),
                new RandomZoom(0.2),
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
                        onPictures.map(OnnxLayerConformanceTest::picture),
                        resizing.stream().map(OnnxLayerConformanceTest::picture),
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
    void saysTheShapesThatOnnxRuntimeFinds(Case layer) {
        OnnxComparison.requireShapes(OnnxComparison.withLivelyWeights(layer.network()));
    }

    @ParameterizedTest
    @EnumSource
    void saysTheShapesOfActivationsThatOnnxRuntimeFinds(ActivationFunction function) {
        OnnxComparison.requireShapes(OnnxComparison.withLivelyWeights(
                picture(new Activation(function)).network()));
    }

    private static void requireSame(Case layer) {
        OnnxComparison.requireSame(OnnxComparison.withLivelyWeights(layer.network()), OnnxComparison.LAYER_TOLERANCE);
    }
}
