package dev.resnet4j.conformance;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.CenterCrop;
import dev.resnet4j.model.layer.Concatenate;
import dev.resnet4j.model.layer.Cropping2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.ELU;
import dev.resnet4j.model.layer.GaussianDropout;
import dev.resnet4j.model.layer.GaussianNoise;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.Interpolation;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.LeakyReLU;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.PReLU;
import dev.resnet4j.model.layer.Permute;
import dev.resnet4j.model.layer.RandomBrightness;
import dev.resnet4j.model.layer.RandomContrast;
import dev.resnet4j.model.layer.RandomCrop;
import dev.resnet4j.model.layer.RandomFlip;
import dev.resnet4j.model.layer.RandomRotation;
import dev.resnet4j.model.layer.RandomTranslation;
import dev.resnet4j.model.layer.RandomZoom;
import dev.resnet4j.model.layer.ReLU;
import dev.resnet4j.model.layer.Reshape;
import dev.resnet4j.model.layer.Resizing;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.SpatialDropout2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.layer.UpSampling2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that arrange numbers anew or work on each number or axis, against TensorFlow's, on tensors of several ranks. */
class ArrangingConformanceTest {
    private static final Size2D SIZE = new Size2D(5, 4);

    /** Arrangements of a (5, 4, 6) feature map as tensors of rank 1 to 4. */
    private static final List<Shape> SHAPES =
            List.of(Shape.of(120), Shape.of(8, 15), Shape.of(5, 4, 6), Shape.of(2, 5, 4, 3));

    @Test
    void reshapesInTheOrderOfKeras() {
        for (Shape shape : SHAPES) {
            LayerComparison.requireSame(SIZE, new Reshape(shape));
            LayerComparison.requireSame(
                    SIZE, x -> new Reshape("", List.of(4, -1, 10)).apply(new Reshape(shape).apply(x)));
        }
    }

    @Test
    void permutesAxes() {
        for (Integer[] order : new Integer[][] {{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}}) {
            LayerComparison.requireSame(SIZE, new Permute(order));
        }
        LayerComparison.requireSame(SIZE, x -> new Permute(2, 1).apply(new Reshape(Shape.of(8, 15)).apply(x)));
        LayerComparison.requireSame(
                SIZE, x -> new Permute(3, 1, 4, 2).apply(new Reshape(Shape.of(2, 5, 4, 3)).apply(x)));
    }

    @Test
    void multipliesTheLastAxis() {
        for (Shape shape : SHAPES) {
            for (ActivationFunction function : List.of(ActivationFunction.LINEAR, ActivationFunction.SOFTMAX)) {
                LayerComparison.requireSame(
                        SIZE,
                        x -> new Dense(7)
                                .withName("dense")
                                .withActivation(function)
                                .apply(new Reshape(shape).apply(x)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SOFTMAX", "LOG_SOFTMAX", "SPARSEMAX", "RELU"})
    void activatesTensorsOfAnyRank(ActivationFunction function) {
        for (Shape shape : SHAPES) {
            LayerComparison.requireSame(SIZE, x -> new Activation(function).apply(new Reshape(shape).apply(x)));
        }
    }

    @Test
    void takesTheSoftmaxAlongAnyAxis() {
        for (Shape shape : SHAPES) {
            for (int axis = 1; axis <= shape.rank(); axis++) {
                Softmax layer = new Softmax("", axis);
                LayerComparison.requireSame(SIZE, x -> layer.apply(new Reshape(shape).apply(x)));
                Softmax backwards = new Softmax("", axis - shape.rank() - 1);
                LayerComparison.requireSame(SIZE, x -> backwards.apply(new Reshape(shape).apply(x)));
            }
        }
    }

    @Test
    void takesTheLossOfASoftmaxLayerAtTheEnd() {
        for (int axis : new int[] {-1, 1}) {
            LayerComparison.requireSameStep(
                    LayerComparison.network(
                            SIZE,
                            x -> new Softmax("", axis)
                                    .apply(new Dense(LayerComparison.CLASSES)
                                            .withName("fc")
                                            .apply(new GlobalAveragePooling2D().apply(x)))),
                    LayerComparison.pictures(SIZE));
        }
    }

    @Test
    void concatenatesAlongAnyAxis() {
        for (Shape shape : SHAPES) {
            for (int axis = 1; axis <= shape.rank(); axis++) {
                Concatenate layer = new Concatenate("", axis);
                Concatenate backwards = new Concatenate("", axis - shape.rank() - 1);
                LayerComparison.requireSame(SIZE, x -> {
                    SymbolicTensor shaped = new Reshape(shape).apply(x);
                    SymbolicTensor tanh = new Activation(ActivationFunction.TANH).apply(shaped);
                    return backwards.apply(layer.apply(shaped, tanh), layer.apply(tanh, tanh));
                });
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void mergesNumberByNumber(Merge.Operation operation) {
        for (Shape shape : SHAPES) {
            LayerComparison.requireSame(SIZE, x -> {
                SymbolicTensor first = new Reshape(shape).apply(x);
                SymbolicTensor second = new Activation(ActivationFunction.TANH).apply(first);
                SymbolicTensor both = new Merge(operation).apply(second, first);
                return operation == Merge.Operation.SUBTRACT ? both : new Merge(operation).apply(both, second, first);
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void mergesTensorsOfDifferentShapes(Merge.Operation operation) {
        Merge merge = new Merge(operation);
        LayerComparison.requireSame(SIZE, x -> merge.apply(x, new GlobalAveragePooling2D("", true).apply(x)));
        LayerComparison.requireSame(SIZE, x -> merge.apply(new GlobalAveragePooling2D("", true).apply(x), x));
        LayerComparison.requireSame(SIZE, x -> merge.apply(x, new GlobalMaxPooling2D().apply(x)));
        LayerComparison.requireSame(SIZE, x -> merge.apply(new GlobalMaxPooling2D().apply(x), x));
        LayerComparison.requireSame(SIZE, x -> {
            SymbolicTensor row = new Reshape(Shape.of(4, 6)).apply(new Cropping2D("", 2, 2, 0, 0).apply(x));
            return merge.apply(merge.apply(x, row), new Reshape(Shape.of(1, 4, 6)).apply(row));
        });
        LayerComparison.requireSame(SIZE, x -> {
            SymbolicTensor half = new Dense(3).withName("half").apply(x);
            return merge.apply(half, new Reshape(Shape.of(2, 5, 4, 3)).apply(x));
        });
    }

    /** Numbers that are often equal: both are 0 after a ReLU. */
    @ParameterizedTest
    @EnumSource(names = {"MAXIMUM", "MINIMUM"})
    void givesTheGradientOfEqualNumbersToTheFirst(Merge.Operation operation) {
        LayerComparison.requireSame(SIZE, x -> {
            SymbolicTensor first = new Activation(ActivationFunction.RELU).apply(x);
            SymbolicTensor second = new Activation(ActivationFunction.RELU)
                    .apply(new Dense(6).withName("d").apply(x));
            return new Merge(operation).apply(first, second);
        });
    }

    @Test
    void cropsEachSideByItsOwnWidth() {
        LayerComparison.requireSame(SIZE, new Cropping2D(1));
        LayerComparison.requireSame(SIZE, new Cropping2D("", 1, 0, 2, 1));
    }

    /** A view of numbers that others still need must never be overwritten. */
    @Test
    void leavesNumbersThatAViewStillShowsAsTheyAre() {
        Activation relu = new Activation(ActivationFunction.RELU);
        for (Layer view : List.of(
                new Dropout(0.5),
                new Cropping2D(0),
                new Permute(1, 2, 3),
                new Reshape(Shape.of(5, 4, 6)),
                new Activation(ActivationFunction.LINEAR),
                new CenterCrop(5, 4))) {
            LayerComparison.requireSame(SIZE, x -> {
                SymbolicTensor seen = view.apply(x);
                return Merge.add().apply(relu.apply(seen), Merge.add().apply(seen, relu.apply(x)));
            });
            LayerComparison.requireSame(
                    SIZE,
                    x -> Merge.add()
                            .apply(
                                    view.apply(x),
                                    relu.apply(view.withName("again").apply(x))));
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 4", "10, 8", "3, 3", "7, 9", "1, 1", "2, 11", "13, 5", "9, 4"})
    void resizesAsTensorFlow(int height, int width) {
        for (Interpolation interpolation : Interpolation.values()) {
            for (boolean crop : new boolean[] {false, true}) {
                LayerComparison.requireSame(SIZE, new Resizing("", height, width, interpolation, crop));
                LayerComparison.requireSame(new Size2D(7, 12), new Resizing("", height, width, interpolation, crop));
            }
        }
    }

    @Test
    void findsTheNearestPixelForAllSmallSizes() {
        for (int from = 1; from <= 23; from++) {
            Size2D size = new Size2D(from, 2);
            for (int to = 1; to <= 40; to += 3) {
                LayerComparison.requireSameOutputs(
                        LayerComparison.network(size, new Resizing("", to, 2, Interpolation.NEAREST, false)::apply),
                        LayerComparison.pictures(size));
            }
        }
    }

    @Test
    void makesLargerByWholeFactors() {
        for (Interpolation interpolation : Interpolation.values()) {
            for (Size2D factors : List.of(new Size2D(1, 1), new Size2D(2, 2), new Size2D(3, 1), new Size2D(2, 5))) {
                LayerComparison.requireSame(SIZE, new UpSampling2D("", factors, interpolation));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"5, 4", "3, 2", "2, 4", "4, 1", "8, 2", "3, 7", "9, 9"})
    void cutsTheMiddleOut(int height, int width) {
        LayerComparison.requireSame(SIZE, new CenterCrop(height, width));
        LayerComparison.requireSame(SIZE, new RandomCrop(height, width));
    }

    @Test
    void learnsTheSlopeOfEachNumber() {
        for (Shape shape : SHAPES) {
            LayerComparison.requireSame(SIZE, x -> new PReLU().withName("p").apply(new Reshape(shape).apply(x)));
        }
        LayerComparison.requireSame(SIZE, new PReLU().withSharedAxes(1, 2).withName("p"));
        LayerComparison.requireSame(SIZE, new PReLU().withSharedAxes(3).withName("p"));
        LayerComparison.requireSame(SIZE, new PReLU().withSharedAxes(2).withName("p"));
    }

    private static Stream<Layer> rectifiers() {
        return Stream.of(
                new ReLU(),
                new ReLU("", 6, 0, 0),
                new ReLU("", 1, 0, 0),
                new ReLU("", Double.POSITIVE_INFINITY, 0.2, 0),
                new ReLU("", Double.POSITIVE_INFINITY, 0, 0.5),
                new ReLU("", 1.5, 0.1, 0.25),
                new LeakyReLU(),
                new LeakyReLU("", 0),
                new ELU(),
                new ELU("", 0.3));
    }

    @ParameterizedTest
    @MethodSource("rectifiers")
    void rectifies(Layer layer) {
        LayerComparison.requireSame(SIZE, layer);
        LayerComparison.requireSame(SIZE, x -> layer.apply(new Reshape(Shape.of(8, 15)).apply(x)));
    }

    private static Stream<Layer> random() {
        return Stream.of(
                new Dropout(0.5),
                new SpatialDropout2D(0.5),
                new GaussianDropout(0.5),
                new GaussianNoise(3),
                new RandomBrightness(0.9),
                new RandomContrast(0.9),
                new RandomFlip(RandomFlip.Mode.HORIZONTAL_AND_VERTICAL),
                new RandomRotation(0.5),
                new RandomTranslation(0.5, 0.5),
                new RandomZoom(0.5));
    }

    @ParameterizedTest
    @MethodSource("random")
    void passesItsInputOnOutsideTraining(Layer layer) {
        LayerComparison.requireSame(SIZE, layer);
    }
}
