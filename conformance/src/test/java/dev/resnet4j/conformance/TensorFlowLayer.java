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
import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.Interpolation;
import dev.resnet4j.model.layer.LayerNormalization;
import dev.resnet4j.model.layer.LayerVisitor;
import dev.resnet4j.model.layer.LeakyReLU;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
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
import dev.resnet4j.model.layer.UpSampling2D;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.image.ResizeBilinear;
import org.tensorflow.op.image.ResizeNearestNeighbor;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * One layer as the operations that Keras calls for it in TensorFlow, on channels-last feature maps. What is random does
 * nothing: its random stream is no part of what is compared.
 *
 * @param tf of the graph that is built
 * @param node the layer in its network
 * @param inputShapes of the inputs, batch axis left out
 * @param inputs with the batch axis in front
 * @param weights of the whole network
 * @param training whether batch normalisation takes the batch's statistics
 * @param movedStatistics takes the moving statistics after this batch, in training
 * @param withoutSoftmax whether a softmax at the end is left out
 */
record TensorFlowLayer(
        Ops tf,
        Node node,
        List<Shape> inputShapes,
        List<Operand<TFloat32>> inputs,
        Map<WeightName, Operand<TFloat32>> weights,
        boolean training,
        Map<WeightName, Operand<TFloat32>> movedStatistics,
        boolean withoutSoftmax)
        implements LayerVisitor<Operand<TFloat32>> {
    private static final int[] PIXEL_AXES = {1, 2};

    @Override
    public Operand<TFloat32> visit(Activation layer) {
        return activate(layer.function(), input());
    }

    @Override
    public Operand<TFloat32> visit(AveragePooling2D layer) {
        Window window = layer.window();
        return tf.nn.avgPool(input(), sizes(window.size()), sizes(window.strides()), name(window.padding()));
    }

    @Override
    public Operand<TFloat32> visit(BatchNormalization layer) {
        if (node.outputShape().rank() != 3) {
            throw new IllegalArgumentException("TensorFlow's fused batch normalisation takes feature maps only, but '"
                    + layer.name() + "' has an output of shape " + node.outputShape());
        }
        boolean byTheBatch = training && !node.frozen();
        FusedBatchNorm<TFloat32, TFloat32> normalized = tf.nn.fusedBatchNorm(
                input(),
                layer.scale() ? weight("gamma") : tf.onesLike(weight("moving_mean")),
                layer.center() ? weight("beta") : tf.zerosLike(weight("moving_mean")),
                weight("moving_mean"),
                weight("moving_variance"),
                FusedBatchNorm.epsilon((float) layer.epsilon()),
                FusedBatchNorm.isTraining(byTheBatch));
        if (byTheBatch) {
            move("moving_mean", normalized.batchMean(), layer.momentum());
            move("moving_variance", normalized.batchVariance(), layer.momentum());
        }
        return normalized.y();
    }

    private void move(String statistic, Operand<TFloat32> ofBatch, double momentum) {
        Operand<TFloat32> kept = tf.math.mul(weight(statistic), number(momentum));
        Operand<TFloat32> added = tf.math.mul(ofBatch, number(1 - momentum));
        movedStatistics.put(new WeightName(node.layer().name(), statistic), tf.math.add(kept, added));
    }

    @Override
    public Operand<TFloat32> visit(CenterCrop layer) {
        Shape shape = inputShapes.get(0);
        int rows = shape.height() - layer.height();
        int columns = shape.width() - layer.width();
        return rows >= 0 && columns >= 0
                ? part(rows / 2, columns / 2, layer.height(), layer.width())
                : smartResized(layer.height(), layer.width(), Interpolation.BILINEAR);
    }

    private Operand<TFloat32> part(int top, int left, int height, int width) {
        return tf.slice(
                input(), tf.constant(new int[] {0, top, left, 0}), tf.constant(new int[] {-1, height, width, -1}));
    }

    /** Keras's {@code smart_resize}, its sizes worked out as there. */
    private Operand<TFloat32> smartResized(int height, int width, Interpolation interpolation) {
        Shape shape = inputShapes.get(0);
        int cropHeight = (int) ((double) (shape.width() * height) / width);
        int cropWidth = (int) ((double) (shape.height() * width) / height);
        cropHeight = Math.max(Math.min(shape.height(), cropHeight), 1);
        cropWidth = Math.max(Math.min(shape.width(), cropWidth), 1);
        int top = (int) ((shape.height() - cropHeight) / 2.0);
        int left = (int) ((shape.width() - cropWidth) / 2.0);
        return resized(part(top, left, cropHeight, cropWidth), height, width, interpolation);
    }

    private Operand<TFloat32> resized(Operand<TFloat32> x, int height, int width, Interpolation interpolation) {
        Operand<TInt32> size = tf.constant(new int[] {height, width});
        return switch (interpolation) {
            case NEAREST -> tf.image.resizeNearestNeighbor(x, size, ResizeNearestNeighbor.halfPixelCenters(true));
            case BILINEAR ->
                tf.image
                        .resizeBilinear(x, size, ResizeBilinear.halfPixelCenters(true))
                        .resizedImages();
        };
    }

    @Override
    public Operand<TFloat32> visit(Concatenate layer) {
        return tf.concat(inputs, tf.constant(layer.axis()));
    }

    @Override
    public Operand<TFloat32> visit(Conv2D layer) {
        Window window = layer.window();
        Operand<TFloat32> kernel = dilated(weight("kernel"), window, layer.kernelSize());
        List<Operand<TFloat32>> outputs = new ArrayList<>();
        int channels = inputShapes.get(0).channels() / layer.groups();
        int filters = layer.filters() / layer.groups();
        for (int group = 0; group < layer.groups(); group++) {
            outputs.add(tf.nn.conv2d(
                    channels(input(), group * channels, channels),
                    channels(kernel, group * filters, filters),
                    sizes(window.strides()),
                    name(window.padding())));
        }
        Operand<TFloat32> output = outputs.size() == 1 ? outputs.get(0) : tf.concat(outputs, tf.constant(3));
        return activate(layer.activation(), withBias(output, layer.useBias()));
    }

    /** Some of the last axis of four. */
    private Operand<TFloat32> channels(Operand<TFloat32> x, int first, int count) {
        return tf.slice(x, tf.constant(new int[] {0, 0, 0, first}), tf.constant(new int[] {-1, -1, -1, count}));
    }

    /**
     * The kernel with zeros between its numbers: what dilation means. TensorFlow's kernels on processors know dilation
     * forward only.
     */
    private Operand<TFloat32> dilated(Operand<TFloat32> kernel, Window window, Size2D size) {
        Operand<TFloat32> tall =
                spread(kernel, 0, size.height(), window.dilation().height());
        return spread(tall, 1, size.width(), window.dilation().width());
    }

    private Operand<TFloat32> spread(Operand<TFloat32> x, int axis, int size, int step) {
        if (step == 1 || size == 1) {
            return x;
        }
        List<Operand<TFloat32>> parts = new ArrayList<>();
        for (int index = 0; index < size; index++) {
            int[] begin = new int[4];
            int[] count = {-1, -1, -1, -1};
            begin[axis] = index;
            count[axis] = 1;
            Operand<TFloat32> part = tf.slice(x, tf.constant(begin), tf.constant(count));
            parts.add(part);
            for (int gap = 1; gap < step && index < size - 1; gap++) {
                parts.add(tf.zerosLike(part));
            }
        }
        return tf.concat(parts, tf.constant(axis));
    }

    @Override
    public Operand<TFloat32> visit(Conv2DTranspose layer) {
        Window window = layer.window();
        Shape output = node.outputShape();
        Operand<TInt32> batch = tf.slice(tf.shape(input()), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
        Operand<TInt32> outputSize = tf.concat(
                List.of(batch, tf.constant(new int[] {output.height(), output.width(), output.channels()})),
                tf.constant(0));
        Operand<TFloat32> transposed = tf.nn.conv2dBackpropInput(
                outputSize,
                atLeastAsLargeAsTheStrides(dilated(weight("kernel"), window, window.size()), window),
                input(),
                sizes(window.strides()),
                name(window.padding()));
        return activate(layer.activation(), withBias(transposed, layer.useBias()));
    }

    /** With zeros at the end, which change nothing: TensorFlow crashes on the way back of smaller kernels. */
    private Operand<TFloat32> atLeastAsLargeAsTheStrides(Operand<TFloat32> kernel, Window window) {
        int rows = Math.max(window.strides().height() - window.extent().height(), 0);
        int columns = Math.max(window.strides().width() - window.extent().width(), 0);
        return tf.pad(kernel, tf.constant(new int[][] {{0, rows}, {0, columns}, {0, 0}, {0, 0}}), number(0));
    }

    @Override
    public Operand<TFloat32> visit(Cropping2D layer) {
        Shape output = node.outputShape();
        return part(layer.top(), layer.left(), output.height(), output.width());
    }

    @Override
    public Operand<TFloat32> visit(Dense layer) {
        int length = inputShapes.get(0).channels();
        Operand<TFloat32> rows = tf.reshape(input(), tf.constant(new int[] {-1, length}));
        Operand<TFloat32> output = tf.linalg.matMul(rows, weight("kernel"));
        return activate(layer.activation(), outputShaped(withBias(output, layer.useBias())));
    }

    private Operand<TFloat32> outputShaped(Operand<TFloat32> x) {
        int[] sizes = IntStream.concat(
                        IntStream.of(-1),
                        node.outputShape().dimensions().stream().mapToInt(Integer::intValue))
                .toArray();
        return tf.reshape(x, tf.constant(sizes));
    }

    private Operand<TFloat32> withBias(Operand<TFloat32> output, boolean useBias) {
        return useBias ? tf.nn.biasAdd(output, weight("bias")) : output;
    }

    @Override
    public Operand<TFloat32> visit(DepthwiseConv2D layer) {
        return activate(layer.activation(), withBias(depthwise(layer.window()), layer.useBias()));
    }

    private Operand<TFloat32> depthwise(Window window) {
        return tf.nn.depthwiseConv2dNative(
                input(),
                dilated(weight("depthwise_kernel"), window, window.size()),
                sizes(window.strides()),
                name(window.padding()));
    }

    @Override
    public Operand<TFloat32> visit(Dropout layer) {
        return input();
    }

    @Override
    public Operand<TFloat32> visit(ELU layer) {
        Operand<TFloat32> below = tf.math.mul(number(layer.alpha()), tf.nn.elu(input()));
        return tf.select(tf.math.greater(input(), number(0)), input(), below);
    }

    @Override
    public Operand<TFloat32> visit(Flatten layer) {
        return outputShaped(input());
    }

    @Override
    public Operand<TFloat32> visit(GaussianDropout layer) {
        return input();
    }

    @Override
    public Operand<TFloat32> visit(GaussianNoise layer) {
        return input();
    }

    @Override
    public Operand<TFloat32> visit(GlobalAveragePooling2D layer) {
        return tf.math.mean(input(), tf.constant(PIXEL_AXES), Mean.keepDims(layer.keepDimensions()));
    }

    @Override
    public Operand<TFloat32> visit(GlobalMaxPooling2D layer) {
        return tf.reduceMax(input(), tf.constant(PIXEL_AXES), ReduceMax.keepDims(layer.keepDimensions()));
    }

    @Override
    public Operand<TFloat32> visit(GroupNormalization layer) {
        List<Integer> shape = inputShapes.get(0).dimensions();
        int channels = inputShapes.get(0).channels();
        int groups = layer.groupsOf(channels);
        int[] grouped = IntStream.concat(
                        IntStream.concat(
                                IntStream.of(-1),
                                shape.subList(0, shape.size() - 1).stream().mapToInt(Integer::intValue)),
                        IntStream.of(groups, channels / groups))
                .toArray();
        int[] axes = IntStream.range(1, grouped.length)
                .filter(axis -> axis != grouped.length - 2)
                .toArray();
        Operand<TFloat32> normalized = standardized(tf.reshape(input(), tf.constant(grouped)), axes, layer.epsilon());
        return scaledAndCentered(outputShaped(normalized), layer.scale(), layer.center());
    }

    private Operand<TFloat32> standardized(Operand<TFloat32> x, int[] axes, double epsilon) {
        Operand<TFloat32> mean = tf.math.mean(x, tf.constant(axes), Mean.keepDims(true));
        Operand<TFloat32> distance = tf.math.sub(x, mean);
        Operand<TFloat32> variance = tf.math.mean(tf.math.square(distance), tf.constant(axes), Mean.keepDims(true));
        return tf.math.mul(distance, tf.math.rsqrt(tf.math.add(variance, number(epsilon))));
    }

    private Operand<TFloat32> scaledAndCentered(Operand<TFloat32> x, boolean scale, boolean center) {
        Operand<TFloat32> scaled = scale ? tf.math.mul(x, weight("gamma")) : x;
        return center ? tf.math.add(scaled, weight("beta")) : scaled;
    }

    @Override
    public Operand<TFloat32> visit(InputLayer layer) {
        throw new IllegalStateException("the input layer '" + layer.name() + "' is given, not run");
    }

    @Override
    public Operand<TFloat32> visit(LayerNormalization layer) {
        int rank = inputShapes.get(0).rank();
        int[] axes = IntStream.rangeClosed(rank - layer.axes() + 1, rank).toArray();
        return scaledAndCentered(standardized(input(), axes, layer.epsilon()), layer.scale(), layer.center());
    }

    @Override
    public Operand<TFloat32> visit(LeakyReLU layer) {
        return tf.nn.leakyRelu(input(), LeakyRelu.alpha((float) layer.negativeSlope()));
    }

    @Override
    public Operand<TFloat32> visit(MaxPooling2D layer) {
        Window window = layer.window();
        Size2D size = window.size();
        Size2D strides = window.strides();
        return tf.nn.maxPool(
                input(),
                tf.constant(new int[] {1, size.height(), size.width(), 1}),
                tf.constant(new int[] {1, strides.height(), strides.width(), 1}),
                name(window.padding()));
    }

    @Override
    public Operand<TFloat32> visit(Merge layer) {
        BinaryOperator<Operand<TFloat32>> pairwise = switch (layer.operation()) {
            case ADD, AVERAGE -> tf.math::add;
            case SUBTRACT -> tf.math::sub;
            case MULTIPLY -> tf.math::mul;
            case MAXIMUM -> tf.math::maximum;
            case MINIMUM -> tf.math::minimum;
        };
        List<Operand<TFloat32>> ofOneRank =
                IntStream.range(0, inputs.size()).mapToObj(this::ofOutputRank).toList();
        Operand<TFloat32> merged = ofOneRank.stream().reduce(pairwise).orElseThrow();
        return layer.operation() == Merge.Operation.AVERAGE ? tf.math.div(merged, number(inputs.size())) : merged;
    }

    private Operand<TFloat32> ofOutputRank(int index) {
        Operand<TFloat32> x = inputs.get(index);
        for (int rank = inputShapes.get(index).rank(); rank < node.outputShape().rank(); rank++) {
            x = tf.expandDims(x, tf.constant(1));
        }
        return x;
    }

    @Override
    public Operand<TFloat32> visit(Network layer) {
        throw new IllegalStateException("the nested network '" + layer.name() + "' was to be flattened");
    }

    @Override
    public Operand<TFloat32> visit(Normalization layer) {
        boolean adapted = layer.mean().isEmpty();
        Operand<TFloat32> mean = adapted ? weight("mean") : numbers(layer.mean());
        Operand<TFloat32> variance = adapted ? weight("variance") : numbers(layer.variance());
        Operand<TFloat32> deviation = tf.math.maximum(tf.math.sqrt(variance), number(1e-7));
        return layer.invert()
                ? tf.math.add(mean, tf.math.mul(input(), deviation))
                : tf.math.div(tf.math.sub(input(), mean), deviation);
    }

    @Override
    public Operand<TFloat32> visit(PReLU layer) {
        Operand<TFloat32> below = tf.math.mul(tf.math.neg(weight("alpha")), tf.nn.relu(tf.math.neg(input())));
        return tf.math.add(tf.nn.relu(input()), below);
    }

    @Override
    public Operand<TFloat32> visit(Permute layer) {
        int[] axes = IntStream.concat(
                        IntStream.of(0), layer.dimensions().stream().mapToInt(Integer::intValue))
                .toArray();
        return tf.linalg.transpose(input(), tf.constant(axes));
    }

    @Override
    public Operand<TFloat32> visit(RandomBrightness layer) {
        return input();
    }

    @Override
    public Operand<TFloat32> visit(RandomContrast layer) {
        return input();
    }

    @Override
    public Operand<TFloat32> visit(RandomCrop layer) {
        return smartResized(layer.height(), layer.width(), Interpolation.BILINEAR);
    }

    @Override
    public Operand<TFloat32> visit(RandomFlip layer) {
        return input();
    }

    @Override
    public Operand<TFloat32> visit(RandomRotation layer) {
        return input();
    }

    @Override
    public Operand<TFloat32> visit(RandomTranslation layer) {
        return input();
    }

    @Override
    public Operand<TFloat32> visit(RandomZoom layer) {
        return input();
    }

    @Override
    public Operand<TFloat32> visit(ReLU layer) {
        Operand<TFloat32> threshold = number(layer.threshold());
        Operand<TFloat32> above = layer.threshold() == 0
                ? tf.nn.relu(input())
                : tf.math.mul(input(), tf.dtypes.cast(tf.math.greater(input(), threshold), TFloat32.class));
        Operand<TFloat32> cut =
                Double.isInfinite(layer.maxValue()) ? above : tf.math.minimum(above, number(layer.maxValue()));
        Operand<TFloat32> below = tf.nn.relu(tf.math.sub(threshold, input()));
        return layer.negativeSlope() == 0 ? cut : tf.math.sub(cut, tf.math.mul(number(layer.negativeSlope()), below));
    }

    @Override
    public Operand<TFloat32> visit(Rescaling layer) {
        return tf.math.add(tf.math.mul(input(), numbers(layer.scale())), numbers(layer.offset()));
    }

    @Override
    public Operand<TFloat32> visit(Reshape layer) {
        return outputShaped(input());
    }

    @Override
    public Operand<TFloat32> visit(Resizing layer) {
        return layer.cropToAspectRatio()
                ? smartResized(layer.height(), layer.width(), layer.interpolation())
                : resized(input(), layer.height(), layer.width(), layer.interpolation());
    }

    @Override
    public Operand<TFloat32> visit(SeparableConv2D layer) {
        Operand<TFloat32> output =
                tf.nn.conv2d(depthwise(layer.window()), weight("pointwise_kernel"), List.of(1L, 1L, 1L, 1L), "VALID");
        return activate(layer.activation(), withBias(output, layer.useBias()));
    }

    @Override
    public Operand<TFloat32> visit(Softmax layer) {
        if (withoutSoftmax) {
            return input();
        }
        int rank = inputShapes.get(0).rank() + 1;
        int axis = Math.floorMod(layer.axis(), rank);
        int[] toLast = IntStream.range(0, rank).toArray();
        toLast[axis] = rank - 1;
        toLast[rank - 1] = axis;
        Operand<TFloat32> last = tf.linalg.transpose(input(), tf.constant(toLast));
        return tf.linalg.transpose(tf.nn.softmax(last), tf.constant(toLast));
    }

    @Override
    public Operand<TFloat32> visit(SpatialDropout2D layer) {
        return input();
    }

    @Override
    public Operand<TFloat32> visit(UpSampling2D layer) {
        Shape output = node.outputShape();
        return resized(input(), output.height(), output.width(), layer.interpolation());
    }

    @Override
    public Operand<TFloat32> visit(ZeroPadding2D layer) {
        int[][] paddings = {{0, 0}, {layer.top(), layer.bottom()}, {layer.left(), layer.right()}, {0, 0}};
        return tf.pad(input(), tf.constant(paddings), number(0));
    }

    private Operand<TFloat32> activate(ActivationFunction function, Operand<TFloat32> x) {
        boolean leftOut = withoutSoftmax && function == ActivationFunction.SOFTMAX;
        return leftOut ? x : new TensorFlowActivation(tf, x, node.outputShape().channels()).of(function);
    }

    private static List<Long> sizes(Size2D size) {
        return List.of(1L, (long) size.height(), (long) size.width(), 1L);
    }

    private static String name(Padding padding) {
        return switch (padding) {
            case VALID -> "VALID";
            case SAME -> "SAME";
        };
    }

    private Operand<TFloat32> number(double value) {
        return tf.constant((float) value);
    }

    private Operand<TFloat32> numbers(List<Double> values) {
        float[] numbers = new float[values.size()];
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] = values.get(index).floatValue();
        }
        return tf.constant(numbers);
    }

    private Operand<TFloat32> input() {
        return inputs.get(0);
    }

    private Operand<TFloat32> weight(String weight) {
        return weights.get(new WeightName(node.layer().name(), weight));
    }
}
