package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.ConvolutionShape;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BoolPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * The convolutions of ResNet-50 by oneDNN's kernels, each once a step on tensors that are there already: forward, and in
 * training the gradients of kernels and inputs too, but for the pictures', which nobody needs.
 */
final class ConvolutionsAlone implements Contestant {
    private static final long[] NONE = {0, 0};
    private static final long[] ONE = {1, 1};

    private final List<Operands> convolutions = new ArrayList<>();
    private final boolean training;

    /**
     * What a convolution works on.
     *
     * @param needsInputGradient whether a layer in front learns
     */
    private record Operands(
            ConvolutionShape shape, Tensor input, Tensor kernel, Tensor outputGradient, boolean needsInputGradient) {
        long[] strides() {
            return new long[] {shape.strides(), shape.strides()};
        }

        long[] padding() {
            return new long[] {shape.padding(), shape.padding()};
        }
    }

    ConvolutionsAlone(Turn turn) {
        training = turn.task() == Task.TRAINING;
        for (ConvolutionShape shape : ConvolutionShape.ofResNet50(turn.side())) {
            Operands operands = operands(turn, shape, !convolutions.isEmpty());
            convolutions.add(training ? operands : packed(operands));
        }
    }

    private static Operands operands(Turn turn, ConvolutionShape shape, boolean needsInputGradient) {
        return new Operands(
                shape,
                tensor(turn, turn.batch(), shape.inputs(), shape.side(), shape.side()),
                tensor(turn, shape.outputs(), shape.inputs(), shape.kernel(), shape.kernel()),
                tensor(turn, turn.batch(), shape.outputs(), shape.outputSide(), shape.outputSide()),
                needsInputGradient);
    }

    /** In oneDNN's own layouts: weights that stay can be brought to them ahead; those that learn change each step. */
    private static Operands packed(Operands plain) {
        Tensor kernel = torch.mkldnn_reorder_conv2d_weight(
                plain.kernel().to_mkldnn(),
                plain.padding(),
                plain.strides(),
                ONE,
                1,
                plain.input().size(0),
                plain.input().size(1),
                plain.input().size(2),
                plain.input().size(3));
        return new Operands(
                plain.shape(), plain.input().to_mkldnn(), kernel, plain.outputGradient(), plain.needsInputGradient());
    }

    private static Tensor tensor(Turn turn, long... sizes) {
        Tensor numbers = torch.randn(sizes).contiguous(torch.MemoryFormat.ChannelsLast);
        return turn.precision() == NumberFormat.BF16 ? numbers.toType(torch.ScalarType.BFloat16) : numbers;
    }

    /**
     * Multiplications and additions for one picture.
     *
     * @param task training takes three times a prediction's, less the gradient of the pictures
     */
    static double operations(Task task, int side) {
        List<ConvolutionShape> shapes = ConvolutionShape.ofResNet50(side);
        double forward =
                shapes.stream().mapToDouble(ConvolutionShape::operations).sum();
        return switch (task) {
            case TRAINING -> 3 * forward - shapes.get(0).operations();
            case PREDICTION -> forward;
        };
    }

    @Override
    public double step() {
        try (NoGradGuard noGradients = new NoGradGuard()) {
            convolutions.forEach(this::run);
        }
        return 0;
    }

    private void run(Operands operands) {
        try (PointerScope scope = new PointerScope()) {
            // By name: libtorch's own choice leaves oneDNN aside for a single picture.
            torch.mkldnn_convolution(
                    operands.input(),
                    operands.kernel(),
                    new TensorOptional(),
                    operands.padding(),
                    operands.strides(),
                    ONE,
                    1);
            if (training) {
                BoolPointer wanted = new BoolPointer(3);
                wanted.put(0, operands.needsInputGradient()).put(1, true).put(2, false);
                torch.convolution_backward(
                        operands.outputGradient(),
                        operands.input(),
                        operands.kernel(),
                        new long[] {0},
                        operands.strides(),
                        operands.padding(),
                        ONE,
                        false,
                        NONE,
                        1,
                        wanted);
            }
        }
    }

    @Override
    public void close() {
        for (Operands operands : convolutions) {
            operands.input().close();
            operands.kernel().close();
            operands.outputGradient().close();
        }
    }
}
