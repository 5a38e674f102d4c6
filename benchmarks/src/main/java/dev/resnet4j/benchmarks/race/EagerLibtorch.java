package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.ConvolutionShape;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.benchmarks.contest.Turn;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The network that a Java user of libtorch writes by hand: the same ResNet-50 with operations called one at a time,
 * channels last; bf16 by autocast.
 */
final class EagerLibtorch implements AutoCloseable {
    private static final long[] NONE = {0, 0};
    private static final long[] ONE = {1, 1};

    private final boolean training;
    private final NumberFormat precision;
    private final List<Tensor> parameters = new ArrayList<>();
    private final List<Convolution> convolutions = new ArrayList<>();
    private final int pool;
    private final Tensor denseKernel;
    private final Tensor denseBias;

    /** A convolution with the batch normalisation after it. */
    private record Convolution(
            ConvolutionShape shape,
            Tensor kernel,
            Tensor bias,
            Tensor gamma,
            Tensor beta,
            Tensor mean,
            Tensor variance) {}

    EagerLibtorch(int side, NumberFormat precision, boolean training) {
        this.training = training;
        this.precision = precision;
        torch.manual_seed(0);
        ConvolutionShape.ofResNet50(side).forEach(shape -> convolutions.add(convolution(shape)));
        ConvolutionShape last = ConvolutionShape.lastOfResNet50(side);
        pool = last.poolBehind();
        denseKernel = parameter(torch.randn(Turn.CLASSES, last.featuresBehind()).mul(new Scalar(0.02)));
        denseBias = parameter(torch.zeros(Turn.CLASSES));
    }

    /** (batch, 3, height, width) in the order of memory that is (batch, height, width, 3). */
    static Tensor upload(SyntheticPictures batch) {
        return upload(batch.pixels(), batch.batch(), batch.side(), batch.side(), SyntheticPictures.CHANNELS)
                .permute(0, 3, 1, 2);
    }

    static Tensor upload(float[] values, long... sizes) {
        Tensor tensor = torch.empty(sizes);
        try (FloatPointer memory = tensor.data_ptr_float()) {
            memory.put(values);
        }
        return tensor;
    }

    private Tensor parameter(Tensor initial) {
        Tensor leaf = initial.detach().set_requires_grad(training);
        parameters.add(leaf);
        return leaf;
    }

    private Convolution convolution(ConvolutionShape shape) {
        Tensor weights = torch.randn(shape.outputs(), shape.inputs(), shape.kernel(), shape.kernel())
                .mul(new Scalar(shape.initialDeviation()))
                .contiguous(torch.MemoryFormat.ChannelsLast);
        return new Convolution(
                shape,
                parameter(weights),
                parameter(torch.zeros(shape.outputs())),
                parameter(torch.ones(shape.outputs())),
                parameter(torch.zeros(shape.outputs())),
                torch.zeros(shape.outputs()),
                torch.ones(shape.outputs()));
    }

    List<Tensor> parameters() {
        return parameters;
    }

    /** (batch, classes) of (batch, 3, height, width), in 32 bits. */
    Tensor logits(Tensor pictures) {
        if (precision == NumberFormat.FP32) {
            return forward(pictures);
        }
        torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
        torch.set_autocast_enabled(torch.DeviceType.CPU, true);
        try {
            return forward(pictures).toType(torch.ScalarType.Float);
        } finally {
            torch.clear_cache();
            torch.set_autocast_enabled(torch.DeviceType.CPU, false);
        }
    }

    private Tensor forward(Tensor pictures) {
        Iterator<Convolution> next = convolutions.iterator();
        int padding = ConvolutionShape.PICTURE_PADDING;
        Tensor x = torch.constant_pad_nd(pictures, padding, padding, padding, padding);
        x = torch.relu_(convolve(x, next.next()));
        x = torch.max_pool2d(x, new long[] {3, 3}, new long[] {2, 2}, NONE, ONE, false);
        for (int count : ConvolutionShape.BLOCKS) {
            for (int block = 0; block < count; block++) {
                x = block(x, block == 0, next);
            }
        }
        x = torch.avg_pool2d(x, pool, pool);
        return torch.linear(x.permute(0, 2, 3, 1).reshape(x.size(0), -1), denseKernel, new TensorOptional(denseBias));
    }

    private Tensor block(Tensor x, boolean projects, Iterator<Convolution> next) {
        Tensor main = torch.relu_(convolve(x, next.next()));
        main = torch.relu_(convolve(main, next.next()));
        main = convolve(main, next.next());
        Tensor shortcut = projects ? convolve(x, next.next()) : x;
        return torch.relu_(main.add_(shortcut));
    }

    private Tensor convolve(Tensor x, Convolution layer) {
        ConvolutionShape shape = layer.shape();
        Tensor output = torch.conv2d(
                x,
                layer.kernel(),
                new TensorOptional(layer.bias()),
                new long[] {shape.strides(), shape.strides()},
                new long[] {shape.padding(), shape.padding()},
                ONE,
                1);
        return torch.batch_norm(
                output,
                new TensorOptional(layer.gamma()),
                new TensorOptional(layer.beta()),
                new TensorOptional(layer.mean()),
                new TensorOptional(layer.variance()),
                training,
                0.01,
                1e-3,
                true);
    }

    @Override
    public void close() {
        parameters.forEach(Tensor::close);
    }
}
