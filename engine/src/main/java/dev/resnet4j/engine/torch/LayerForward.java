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
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.LayerNormalization;
import dev.resnet4j.model.layer.LayerVisitor;
import dev.resnet4j.model.layer.LeakyReLU;
import dev.resnet4j.model.layer.MaxPooling2D;
import dev.resnet4j.model.layer.Merge;
import dev.resnet4j.model.layer.Network;
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
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * One layer's output from its inputs: what each kind of layer is in libtorch's operations, with Keras's rules.
 *
 * @param inputs (batch, channels, height, width) or (batch, length)
 * @param weights of the whole network
 * @param statistics which statistics batch normalisation takes; dropout drops only where these are updated
 * @param precision in which kernels multiply
 * @param mayOverwrite whether the first input's memory may take the result
 * @param withoutSoftmax whether a softmax at the end is left out
 */
record LayerForward(
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

    @Override
    public Tensor visit(Activation layer) {
        return activate(layer.function(), input(), mayOverwrite);
    }

    @Override
    public Tensor visit(Merge layer) {
        if (layer.operation() != Merge.Operation.ADD) {
            throw notRunYet(layer);
        }
        Tensor sum = mayOverwrite ? owner(input().add_(inputs.get(1))) : input().add(inputs.get(1));
        for (Tensor further : inputs.subList(2, inputs.size())) {
            sum = sum.add(further);
        }
        return sum;
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
        Tensor movingMean = weight(layer.name(), "moving_mean");
        Tensor movingVariance = weight(layer.name(), "moving_variance");
        return switch (statistics) {
            case MOVING -> normalize(layer, movingMean, movingVariance, false);
            case BATCH -> normalize(layer, null, null, true);
            case BATCH_AND_UPDATE -> {
                if (valuesPerChannel() > 1) {
                    yield normalize(layer, movingMean, movingVariance, true);
                }
                updateFromSingleValue(layer, movingMean, movingVariance);
                yield normalize(layer, null, null, true);
            }
        };
    }

    private Tensor normalize(BatchNormalization layer, Tensor mean, Tensor variance, boolean batchStatistics) {
        return torch.batch_norm(
                input(),
                optional(layer.scale() ? weight(layer.name(), "gamma") : null),
                optional(layer.center() ? weight(layer.name(), "beta") : null),
                optional(mean),
                optional(variance),
                batchStatistics,
                1 - layer.momentum(),
                layer.epsilon(),
                true);
    }

    private long valuesPerChannel() {
        return input().numel() / input().size(CHANNEL_AXIS);
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
    public Tensor visit(Conv2D layer) {
        SlidingWindow window = new SlidingWindow(layer.window(), input());
        boolean symmetric = window.isSymmetric();
        Tensor output = torch.conv2d(
                symmetric ? input() : window.pad(input(), 0),
                kernel(layer.name()),
                bias(layer.name(), layer.useBias()),
                window.strides(),
                symmetric ? window.padding() : NO_PADDING,
                window.dilation(),
                layer.groups());
        return activate(layer.activation(), output, true);
    }

    @Override
    public Tensor visit(Dense layer) {
        Tensor output = torch.linear(input(), kernel(layer.name()), bias(layer.name(), layer.useBias()));
        return activate(layer.activation(), output, true);
    }

    @Override
    public Tensor visit(Dropout layer) {
        return switch (statistics) {
            case BATCH_AND_UPDATE -> torch.dropout(input(), layer.rate(), true);
            case BATCH, MOVING -> owner(input());
        };
    }

    @Override
    public Tensor visit(Flatten layer) {
        Tensor x = input();
        Tensor kerasOrder = x.dim() == 4 ? x.permute(0, 2, 3, 1) : x;
        return kerasOrder.reshape(x.size(0), -1);
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
    public Tensor visit(InputLayer layer) {
        throw new IllegalStateException("the input layer '" + layer.name() + "' is given, not run");
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
    public Tensor visit(ZeroPadding2D layer) {
        long[] sides = {layer.left(), layer.right(), layer.top(), layer.bottom()};
        return torch.constant_pad_nd(input(), sides, new Scalar(0));
    }

    @Override
    public Tensor visit(CenterCrop layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(Concatenate layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(Conv2DTranspose layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(Cropping2D layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(DepthwiseConv2D layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(ELU layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(GaussianDropout layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(GaussianNoise layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(GroupNormalization layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(LayerNormalization layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(LeakyReLU layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(Network layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(Normalization layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(PReLU layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(Permute layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(RandomBrightness layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(RandomContrast layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(RandomCrop layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(RandomFlip layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(RandomRotation layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(RandomTranslation layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(RandomZoom layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(ReLU layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(Rescaling layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(Reshape layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(Resizing layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(SeparableConv2D layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(Softmax layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(SpatialDropout2D layer) {
        throw notRunYet(layer);
    }

    @Override
    public Tensor visit(UpSampling2D layer) {
        throw notRunYet(layer);
    }

    private static UnsupportedOperationException notRunYet(Layer layer) {
        return new UnsupportedOperationException("layers of class " + layer.className() + " are not run yet");
    }

    private Tensor activate(ActivationFunction function, Tensor x, boolean overwrite) {
        return switch (function) {
            case LINEAR -> owner(x);
            case RELU -> overwrite ? owner(torch.relu_(x)) : torch.relu(x);
            case SOFTMAX -> withoutSoftmax ? owner(x) : torch.softmax(x, CHANNEL_AXIS);
            case SIGMOID -> torch.sigmoid(x);
            case TANH -> torch.tanh(x);
            default -> throw new UnsupportedOperationException(function.kerasName());
        };
    }

    /** A handle of its own to the same numbers: every layer's output is let go for itself. */
    private static Tensor owner(Tensor shared) {
        return new Tensor(shared);
    }

    private Tensor input() {
        return inputs.get(0);
    }

    private Tensor weight(String layer, String weight) {
        return weights.get(layer, weight);
    }

    private Tensor kernel(String layer) {
        return inPrecision(weight(layer, "kernel"));
    }

    private TensorOptional bias(String layer, boolean used) {
        return used ? new TensorOptional(inPrecision(weight(layer, "bias"))) : new TensorOptional();
    }

    private Tensor inPrecision(Tensor weight) {
        return switch (precision) {
            case FP32 -> weight;
            case BF16 -> weight.toType(torch.ScalarType.BFloat16);
        };
    }

    private static TensorOptional optional(Tensor tensor) {
        return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
    }
}
