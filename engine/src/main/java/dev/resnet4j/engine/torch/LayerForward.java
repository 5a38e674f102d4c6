package dev.resnet4j.engine.torch;

import dev.resnet4j.engine.Precision;
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
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.SpatialDropout2D;
import dev.resnet4j.model.layer.UpSampling2D;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * One layer's output from its inputs: what each kind of layer is in libtorch's operations, with Keras's rules. Outputs
 * are in the precision that kernels multiply in; what sums up many numbers to normalise does so in 32 bits.
 *
 * @param node the layer in its place
 * @param inputs (batch, channels, height, width) of feature maps, with Keras's axes otherwise
 * @param weights of the whole network
 * @param statistics which statistics batch normalisation takes; what is random is active only where these are updated
 * @param precision in which kernels multiply
 * @param mayOverwrite whether the first input's memory may take the result
 * @param withoutSoftmax whether a softmax at the end is left out
 */
record LayerForward(
        Node node,
        List<Tensor> inputs,
        NativeWeights weights,
        Statistics statistics,
        Precision precision,
        boolean mayOverwrite,
        boolean withoutSoftmax)
        implements LayerVisitor<Tensor> {
    private static final long[] NO_PADDING = {0, 0};
    private static final long[] NO_DILATION = {1, 1};
    private static final long CHANNEL_AXIS = 1;
    private static final long[] PIXEL_AXES = {2, 3};

    /** Keras's {@code epsilon()}: what a standard deviation is at least. */
    private static final double SMALLEST_DEVIATION = 1e-7;

    @Override
    public Tensor visit(Activation layer) {
        return activate(layer.function(), input(), mayOverwrite);
    }

    @Override
    public Tensor visit(AveragePooling2D layer) {
        SlidingWindow window = new SlidingWindow(layer.window(), input());
        if (window.isSymmetric()) {
            return averagePool(input(), window, window.padding(), new LongOptional());
        }
        // libtorch pads both sides alike, so the uneven edge is padded first: sums over real pixels by their number.
        Tensor sums = averagePool(window.pad(input(), 0), window, NO_PADDING, new LongOptional(1));
        Tensor realPixels = torch.ones_like(input().narrow(0, 0, 1).narrow(CHANNEL_AXIS, 0, 1));
        return sums.div(averagePool(window.pad(realPixels, 0), window, NO_PADDING, new LongOptional(1)));
    }

    private static Tensor averagePool(Tensor x, SlidingWindow window, long[] padding, LongOptional divisor) {
        return torch.avg_pool2d(x, window.size(), window.strides(), padding, false, false, divisor);
    }

    @Override
    public Tensor visit(BatchNormalization layer) {
        Tensor movingMean = weight("moving_mean");
        Tensor movingVariance = weight("moving_variance");
        return switch (node.frozen() ? Statistics.MOVING : statistics) {
            case MOVING -> normalize(layer, movingMean, movingVariance, false);
            case BATCH -> normalize(layer, null, null, true);
            case BATCH_AND_UPDATE -> {
                if (input().numel() > movingMean.numel()) {
                    yield normalize(layer, movingMean, movingVariance, true);
                }
                updateFromSingleValue(layer, movingMean, movingVariance);
                yield normalize(layer, null, null, true);
            }
        };
    }

    private Tensor normalize(BatchNormalization layer, Tensor mean, Tensor variance, boolean batchStatistics) {
        Tensor normalized = torch.batch_norm(
                KerasOrder.withChannelsSecond(input()),
                weight("gamma", layer.scale()),
                weight("beta", layer.center()),
                optional(mean),
                optional(variance),
                batchStatistics,
                1 - layer.momentum(),
                layer.epsilon(),
                true);
        return KerasOrder.withChannelsSecond(normalized);
    }

    /** A single value has no unbiased variance; TensorFlow takes the biased one then, which is 0. */
    private void updateFromSingleValue(BatchNormalization layer, Tensor movingMean, Tensor movingVariance) {
        try (NoGradGuard noGradients = new NoGradGuard()) {
            Tensor value = input().reshape(-1).toType(torch.ScalarType.Float);
            movingMean.lerp_(value, new Scalar(1 - layer.momentum()));
            movingVariance.mul_(new Scalar(layer.momentum()));
        }
    }

    @Override
    public Tensor visit(CenterCrop layer) {
        boolean fits = layer.height() <= input().size(2) && layer.width() <= input().size(3);
        if (fits) {
            return Resize.middle(layer.height(), layer.width(), input());
        }
        Tensor part = Resize.largestPartOfForm(layer.height(), layer.width(), input());
        return Resize.to(layer.height(), layer.width(), Interpolation.BILINEAR, part);
    }

    @Override
    public Tensor visit(Concatenate layer) {
        return torch.cat(new TensorVector(inputs.toArray(Tensor[]::new)), KerasOrder.axis(layer.axis(), input()));
    }

    @Override
    public Tensor visit(Conv2D layer) {
        Tensor output = Convolution.of(
                input(),
                kernel("kernel"),
                bias(layer.useBias()),
                new SlidingWindow(layer.window(), input()),
                layer.groups());
        return activate(layer.activation(), output, true);
    }

    @Override
    public Tensor visit(Conv2DTranspose layer) {
        Tensor output = Convolution.transposed(
                input(), kernel("kernel"), layer.window(), node.outputShape(), bias(layer.useBias()));
        return activate(layer.activation(), output, true);
    }

    @Override
    public Tensor visit(Cropping2D layer) {
        long height = input().size(2) - layer.top() - layer.bottom();
        long width = input().size(3) - layer.left() - layer.right();
        return Resize.part(layer.top(), layer.left(), height, width, input());
    }

    @Override
    public Tensor visit(Dense layer) {
        Tensor output = torch.linear(KerasOrder.of(input()), kernel("kernel"), bias(layer.useBias()));
        return activate(layer.activation(), KerasOrder.undo(output), true);
    }

    @Override
    public Tensor visit(DepthwiseConv2D layer) {
        Tensor output = Convolution.depthwise(
                input(), kernel("depthwise_kernel"), bias(layer.useBias()), new SlidingWindow(layer.window(), input()));
        return activate(layer.activation(), output, true);
    }

    @Override
    public Tensor visit(Dropout layer) {
        return isTraining() ? torch.dropout(input(), layer.rate(), true) : unchanged();
    }

    @Override
    public Tensor visit(ELU layer) {
        Scalar one = new Scalar(1.0);
        return torch.elu(input(), new Scalar(layer.alpha()), one, one);
    }

    @Override
    public Tensor visit(Flatten layer) {
        return KerasOrder.of(input()).reshape(input().size(0), -1);
    }

    @Override
    public Tensor visit(GaussianDropout layer) {
        if (!isTraining()) {
            return unchanged();
        }
        double deviation = Math.sqrt(layer.rate() / (1 - layer.rate()));
        return input().mul(noise(deviation).add(new Scalar(1.0)));
    }

    @Override
    public Tensor visit(GaussianNoise layer) {
        return isTraining() ? input().add(noise(layer.standardDeviation())) : unchanged();
    }

    private Tensor noise(double standardDeviation) {
        return torch.randn_like(input()).mul(new Scalar(standardDeviation));
    }

    @Override
    public Tensor visit(GlobalAveragePooling2D layer) {
        return input().mean(PIXEL_AXES, layer.keepDimensions(), new ScalarTypeOptional());
    }

    @Override
    public Tensor visit(GlobalMaxPooling2D layer) {
        return torch.amax(input(), PIXEL_AXES, layer.keepDimensions());
    }

    @Override
    public Tensor visit(GroupNormalization layer) {
        Tensor x = KerasOrder.withChannelsSecond(in32Bits(input()));
        int groups = layer.groupsOf(Math.toIntExact(x.size(CHANNEL_AXIS)));
        // libtorch's own scaling fails on the way back where only one of gamma and beta is there.
        Tensor normalized =
                torch.group_norm(x, groups, new TensorOptional(), new TensorOptional(), layer.epsilon(), true);
        Tensor keras = KerasOrder.of(KerasOrder.withChannelsSecond(normalized));
        Tensor scaled = layer.scale() ? keras.mul(weight("gamma")) : keras;
        Tensor centered = layer.center() ? scaled.add(weight("beta")) : scaled;
        return inPrecision(KerasOrder.undo(centered));
    }

    @Override
    public Tensor visit(InputLayer layer) {
        throw new IllegalStateException("the input layer '" + layer.name() + "' is given, not run");
    }

    @Override
    public Tensor visit(LayerNormalization layer) {
        List<Integer> sizes = node.outputShape().dimensions();
        Shape last = new Shape(sizes.subList(sizes.size() - layer.axes(), sizes.size()));
        Tensor normalized = torch.layer_norm(
                KerasOrder.of(in32Bits(input())),
                Tensors.sizes(last),
                weight("gamma", layer.scale()),
                weight("beta", layer.center()),
                layer.epsilon(),
                true);
        return inPrecision(KerasOrder.undo(normalized));
    }

    @Override
    public Tensor visit(LeakyReLU layer) {
        return torch.leaky_relu(input(), new Scalar(layer.negativeSlope()));
    }

    @Override
    public Tensor visit(MaxPooling2D layer) {
        SlidingWindow window = new SlidingWindow(layer.window(), input());
        boolean symmetric = window.isSymmetric();
        return torch.max_pool2d(
                symmetric ? input() : window.pad(input(), Double.NEGATIVE_INFINITY),
                window.size(),
                window.strides(),
                symmetric ? window.padding() : NO_PADDING,
                NO_DILATION,
                false);
    }

    @Override
    public Tensor visit(Merge layer) {
        if (layer.operation() == Merge.Operation.ADD && mayOverwrite && hasOutputShape(input())) {
            Tensor sum = owner(input().add_(ofOutputRank(inputs.get(1))));
            return inputs.subList(2, inputs.size()).stream()
                    .map(this::ofOutputRank)
                    .reduce(sum, Tensor::add);
        }
        return inputs.stream()
                .map(this::ofOutputRank)
                .reduce(pairwise(layer.operation()))
                .map(merged -> ofAll(layer.operation(), merged))
                .orElseThrow();
    }

    private static BinaryOperator<Tensor> pairwise(Merge.Operation operation) {
        return switch (operation) {
            case ADD, AVERAGE -> Tensor::add;
            case SUBTRACT -> Tensor::sub;
            case MULTIPLY -> Tensor::mul;
            case MAXIMUM -> (first, second) -> select(first.ge(second), first, second);
            case MINIMUM -> (first, second) -> select(first.le(second), first, second);
        };
    }

    /** Of two equal numbers the first has the gradient, as in TensorFlow, where libtorch's own would share it out. */
    private static Tensor select(Tensor isFirst, Tensor first, Tensor second) {
        return torch.where(isFirst.logical_or(torch.isnan(first)), first, second);
    }

    private Tensor ofAll(Merge.Operation operation, Tensor merged) {
        return operation == Merge.Operation.AVERAGE ? merged.div(new Scalar((double) inputs.size())) : merged;
    }

    private boolean hasOutputShape(Tensor x) {
        return x.dim() == node.outputShape().rank() + 1
                && x.numel() == x.size(0) * node.outputShape().elements();
    }

    /** With axes of size 1 after the batch's, where the output has more axes. */
    private Tensor ofOutputRank(Tensor x) {
        int rank = node.outputShape().rank() + 1;
        if (x.dim() == rank) {
            return x;
        }
        Tensor stretched = KerasOrder.of(x);
        while (stretched.dim() < rank) {
            stretched = stretched.unsqueeze(1);
        }
        return KerasOrder.undo(stretched);
    }

    @Override
    public Tensor visit(Network layer) {
        throw new IllegalStateException("the nested network '" + layer.name() + "' was to be flattened");
    }

    @Override
    public Tensor visit(Normalization layer) {
        boolean adapted = layer.mean().isEmpty();
        Tensor mean = adapted ? weight("mean") : constant(layer.mean());
        Tensor variance = adapted ? weight("variance") : constant(layer.variance());
        Tensor deviation = variance.sqrt().clamp_min(new Scalar(SMALLEST_DEVIATION));
        Tensor x = KerasOrder.of(in32Bits(input()));
        Tensor normalized =
                layer.invert() ? x.mul(deviation).add(mean) : x.sub(mean).div(deviation);
        return inPrecision(KerasOrder.undo(normalized));
    }

    @Override
    public Tensor visit(PReLU layer) {
        Tensor x = KerasOrder.of(input());
        Tensor below = torch.relu(x.neg()).mul(inPrecision(weight("alpha")));
        return KerasOrder.undo(torch.relu(x).sub(below));
    }

    @Override
    public Tensor visit(Permute layer) {
        long[] axes = LongStream.concat(
                        LongStream.of(0), layer.dimensions().stream().mapToLong(Integer::longValue))
                .toArray();
        return KerasOrder.undo(KerasOrder.of(input()).permute(axes));
    }

    @Override
    public Tensor visit(RandomBrightness layer) {
        return isTraining() ? new Augmentation(input()).brighten(layer) : unchanged();
    }

    @Override
    public Tensor visit(RandomContrast layer) {
        return isTraining() ? new Augmentation(input()).contrast(layer) : unchanged();
    }

    @Override
    public Tensor visit(RandomCrop layer) {
        Augmentation augmentation = new Augmentation(input());
        return isTraining() ? augmentation.crop(layer) : augmentation.resizedCrop(layer);
    }

    @Override
    public Tensor visit(RandomFlip layer) {
        return isTraining() ? new Augmentation(input()).flip(layer) : unchanged();
    }

    @Override
    public Tensor visit(RandomRotation layer) {
        return isTraining() ? new Augmentation(input()).rotate(layer) : unchanged();
    }

    @Override
    public Tensor visit(RandomTranslation layer) {
        return isTraining() ? new Augmentation(input()).translate(layer) : unchanged();
    }

    @Override
    public Tensor visit(RandomZoom layer) {
        return isTraining() ? new Augmentation(input()).zoom(layer) : unchanged();
    }

    @Override
    public Tensor visit(ReLU layer) {
        boolean plain = layer.equals(new ReLU().withName(layer.name()));
        return plain ? activate(ActivationFunction.RELU, input(), mayOverwrite) : Activations.relu(layer, input());
    }

    @Override
    public Tensor visit(Rescaling layer) {
        Tensor x = KerasOrder.of(in32Bits(input()));
        Tensor rescaled = x.mul(constant(layer.scale())).add(constant(layer.offset()));
        return inPrecision(KerasOrder.undo(rescaled));
    }

    @Override
    public Tensor visit(Reshape layer) {
        long[] sizes = Tensors.sizes(node.outputShape().withBatch(Math.toIntExact(input().size(0))));
        return KerasOrder.undo(KerasOrder.of(input()).reshape(sizes));
    }

    @Override
    public Tensor visit(Resizing layer) {
        Tensor part =
                layer.cropToAspectRatio() ? Resize.largestPartOfForm(layer.height(), layer.width(), input()) : input();
        return Resize.to(layer.height(), layer.width(), layer.interpolation(), part);
    }

    @Override
    public Tensor visit(SeparableConv2D layer) {
        Tensor between = Convolution.depthwise(
                input(), kernel("depthwise_kernel"), bias(false), new SlidingWindow(layer.window(), input()));
        Tensor output = Convolution.ofPixels(between, kernel("pointwise_kernel"), bias(layer.useBias()));
        return activate(layer.activation(), output, true);
    }

    @Override
    public Tensor visit(Softmax layer) {
        return withoutSoftmax ? unchanged() : torch.softmax(input(), KerasOrder.axis(layer.axis(), input()));
    }

    @Override
    public Tensor visit(SpatialDropout2D layer) {
        return isTraining() ? torch.feature_dropout(input(), layer.rate(), true) : unchanged();
    }

    @Override
    public Tensor visit(UpSampling2D layer) {
        Shape output = node.outputShape();
        return Resize.to(output.height(), output.width(), layer.interpolation(), input());
    }

    @Override
    public Tensor visit(ZeroPadding2D layer) {
        long[] sides = {layer.left(), layer.right(), layer.top(), layer.bottom()};
        return torch.constant_pad_nd(input(), sides, new Scalar(0));
    }

    private Tensor activate(ActivationFunction function, Tensor x, boolean overwrite) {
        boolean leftOut = withoutSoftmax && function == ActivationFunction.SOFTMAX;
        return Activations.apply(leftOut ? ActivationFunction.LINEAR : function, x, overwrite);
    }

    private boolean isTraining() {
        return statistics == Statistics.BATCH_AND_UPDATE;
    }

    private Tensor input() {
        return inputs.get(0);
    }

    private Tensor unchanged() {
        return owner(input());
    }

    /** A handle of its own to the same numbers: every layer's output is let go for itself. */
    private static Tensor owner(Tensor shared) {
        return new Tensor(shared);
    }

    private Tensor weight(String weight) {
        return weights.get(node.layer().name(), weight);
    }

    private TensorOptional weight(String weight, boolean used) {
        return used ? new TensorOptional(weight(weight)) : new TensorOptional();
    }

    private Tensor kernel(String weight) {
        return inPrecision(weight(weight));
    }

    private TensorOptional bias(boolean used) {
        return used ? new TensorOptional(inPrecision(weight("bias"))) : new TensorOptional();
    }

    /** One number, or one a channel, to go with a tensor of Keras's axes. */
    private Tensor constant(List<Double> values) {
        float[] numbers = new float[values.size()];
        for (int index = 0; index < numbers.length; index++) {
            numbers[index] = values.get(index).floatValue();
        }
        return Tensors.upload(new NdArray(Shape.of(numbers.length), numbers), input().device());
    }

    private static Tensor in32Bits(Tensor x) {
        return x.toType(torch.ScalarType.Float);
    }

    private Tensor inPrecision(Tensor x) {
        return switch (precision) {
            case FP32, INT8 -> x;
            case BF16 -> x.toType(torch.ScalarType.BFloat16);
        };
    }

    private static TensorOptional optional(Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
    }
}
