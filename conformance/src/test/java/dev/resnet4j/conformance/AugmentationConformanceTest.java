package dev.resnet4j.conformance;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.engine.torch.TorchModel;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Fill;
import dev.resnet4j.model.layer.FillMode;
import dev.resnet4j.model.layer.Flatten;
import dev.resnet4j.model.layer.Interpolation;
import dev.resnet4j.model.layer.Interval;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.RandomRotation;
import dev.resnet4j.model.layer.RandomTranslation;
import dev.resnet4j.model.layer.RandomZoom;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.image.ImageProjectiveTransformV3;
import org.tensorflow.types.TFloat32;

/**
 * Pictures turned, zoomed and moved by known amounts, against TensorFlow's projective transform with the matrices that
 * Keras works out. A layer that draws from an interval of one number draws that.
 */
class AugmentationConformanceTest {
    /** Four products and their sum, at coordinates that have roundings themselves. */
    private static final double TOLERANCE = 2e-5;

    private static final List<Size2D> SIZES = List.of(new Size2D(7, 9), new Size2D(8, 5), new Size2D(1, 6));

    private static List<Fill> fills() {
        List<Fill> fills = new ArrayList<>();
        for (FillMode mode : FillMode.values()) {
            for (Interpolation interpolation : Interpolation.values()) {
                fills.add(new Fill(mode, interpolation, 0.75));
            }
        }
        return fills;
    }

    @ParameterizedTest
    @MethodSource("fills")
    void turnsCounterClockwise(Fill fill) {
        for (Size2D size : SIZES) {
            for (double turns : new double[] {0, 0.03, 0.21, -0.13, 0.4, -0.71}) {
                double angle = turns * 2 * Math.PI;
                float cosine = (float) Math.cos(angle);
                float sine = (float) Math.sin(angle);
                float x = (size.width() - 1) / 2f;
                float y = (size.height() - 1) / 2f;
                requireSame(size, new RandomRotation("", only(turns), fill), fill, new float[] {
                    cosine, -sine, x - x * cosine + y * sine, sine, cosine, y - x * sine - y * cosine, 0, 0
                });
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fills")
    void zoomsOutByPositiveFactors(Fill fill) {
        for (Size2D size : SIZES) {
            for (double height : new double[] {0, 0.35, -0.42, 2.3}) {
                for (double width : new double[] {height, -0.15}) {
                    float zoomY = (float) (1 + height);
                    float zoomX = (float) (1 + width);
                    Optional<Interval> ofWidth = width == height ? Optional.empty() : Optional.of(only(width));
                    requireSame(size, new RandomZoom("", only(height), ofWidth, fill), fill, new float[] {
                        zoomX,
                        0,
                        (size.width() - 1) / 2f * (1 - zoomX),
                        0,
                        zoomY,
                        (size.height() - 1) / 2f * (1 - zoomY),
                        0,
                        0
                    });
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("fills")
    void movesDownAndToTheRightByPositiveFactors(Fill fill) {
        for (Size2D size : SIZES) {
            for (double down : new double[] {0, 0.23, -0.37, 0.9, -1}) {
                for (double right : new double[] {0.11, -0.61, 1}) {
                    float dx = (float) right * size.width();
                    float dy = (float) down * size.height();
                    requireSame(size, new RandomTranslation("", only(down), only(right), fill), fill, new float[] {
                        1, 0, -dx, 0, 1, -dy, 0, 0
                    });
                }
            }
        }
    }

    private static Interval only(double value) {
        return new Interval(value, value);
    }

    private static void requireSame(Size2D size, Layer layer, Fill fill, float[] transform) {
        NdArray picture = TestArrays.normal(Shape.of(1, size.height(), size.width(), 2), 5);
        Closeness.requireWithin(
                layer.toString() + " of " + size,
                augmented(layer, picture),
                expected(picture, size, fill, transform),
                TOLERANCE);
    }

    /**
     * What a layer makes of a picture in training, found in the first step of a dense layer of zeros: its kernel's
     * gradient is the picture times its bias's.
     */
    private static NdArray augmented(Layer layer, NdArray picture) {
        Shape shape = new Shape(picture.shape().dimensions().subList(1, 4));
        SymbolicTensor input = SymbolicTensor.input(shape);
        SymbolicTensor output = new Dense(2)
                .withKernelInitializer(new Zeros())
                .withActivation(ActivationFunction.SOFTMAX)
                .withName("fc")
                .apply(new Flatten().apply(layer.apply(input)));
        Network network = Network.of("test", input, output);
        try (TorchModel model = new TorchModel(network, Weights.initialize(network), Device.CPU)) {
            model.setOptimizer(new Sgd(), Optional.empty());
            model.train(picture, TestArrays.labels(1, 2), Precision.FP32, 1, 0);
            NdArray kernel = model.weights().get("fc", "kernel");
            float bias = model.weights().get("fc", "bias").get(0);
            float[] pixels = new float[picture.values().length];
            for (int index = 0; index < pixels.length; index++) {
                pixels[index] = kernel.get(index, 0) / bias;
            }
            return new NdArray(picture.shape(), pixels);
        }
    }

    private static NdArray expected(NdArray picture, Size2D size, Fill fill, float[] transform) {
        try (Graph graph = new Graph();
                Session session = new Session(graph)) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> input = tf.placeholder(TFloat32.class);
            Operand<TFloat32> moved = tf.image.imageProjectiveTransformV3(
                    input,
                    tf.constant(new float[][] {transform}),
                    tf.constant(new int[] {size.height(), size.width()}),
                    tf.constant((float) fill.value()),
                    fill.interpolation().name(),
                    ImageProjectiveTransformV3.fillMode(fill.mode().name()));
            return TensorFlowRun.fetch(session, Map.of(input, picture), moved);
        }
    }
}
