package dev.resnet4j.benchmarks.limit;

import dev.resnet4j.benchmarks.contest.ConvolutionShape;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.PointerScope;

/**
 * A convolution of a batch as oneDNN's primitives. Kernels lie in the order that oneDNN likes best for the primitive.
 *
 * @param shape its sizes
 * @param turn says how many pictures, and of what numbers
 * @param layout order of the feature maps in memory
 */
record ConvolutionPrimitives(ConvolutionShape shape, Turn turn, memory.format_tag layout) {
    private static final dnnl.algorithm DIRECT = dnnl.algorithm.convolution_direct;

    /** One direction, with the maps given and kernels of its own. */
    Call call(Direction direction, FeatureMaps maps) {
        try (PointerScope scope = new PointerScope()) {
            return switch (direction) {
                case FORWARD -> forward(maps);
                case INPUT_GRADIENT -> inputGradient(maps);
                case KERNEL_GRADIENT -> kernelGradient(maps);
            };
        }
    }

    private Call forward(FeatureMaps maps) {
        convolution_forward.primitive_desc chosen = forward();
        return new Call(new convolution_forward(chosen))
                .with(dnnl.DNNL_ARG_SRC, maps.input(chosen.src_desc()))
                .with(dnnl.DNNL_ARG_WEIGHTS, Noise.memory(chosen.weights_desc()))
                .with(dnnl.DNNL_ARG_DST, maps.result(chosen.dst_desc()));
    }

    private Call inputGradient(FeatureMaps maps) {
        convolution_backward_data.primitive_desc chosen = new convolution_backward_data.primitive_desc(
                OneDnn.processor(),
                DIRECT,
                input(),
                kernel(numbers()),
                output(),
                strides(),
                padding(),
                padding(),
                forward());
        return new Call(new convolution_backward_data(chosen))
                .with(dnnl.DNNL_ARG_DIFF_DST, maps.outputGradient(chosen.diff_dst_desc()))
                .with(dnnl.DNNL_ARG_WEIGHTS, Noise.memory(chosen.weights_desc()))
                .with(dnnl.DNNL_ARG_DIFF_SRC, maps.result(chosen.diff_src_desc()));
    }

    private Call kernelGradient(FeatureMaps maps) {
        // In 32 bits, since the optimizer's weights are.
        convolution_backward_weights.primitive_desc chosen = new convolution_backward_weights.primitive_desc(
                OneDnn.processor(),
                DIRECT,
                input(),
                kernel(memory.data_type.f32),
                output(),
                strides(),
                padding(),
                padding(),
                forward());
        return new Call(new convolution_backward_weights(chosen))
                .with(dnnl.DNNL_ARG_SRC, maps.input(chosen.src_desc()))
                .with(dnnl.DNNL_ARG_DIFF_DST, maps.outputGradient(chosen.diff_dst_desc()))
                .with(dnnl.DNNL_ARG_DIFF_WEIGHTS, Noise.memory(chosen.diff_weights_desc()));
    }

    private convolution_forward.primitive_desc forward() {
        return new convolution_forward.primitive_desc(
                OneDnn.processor(),
                turn.task() == Task.TRAINING ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference,
                DIRECT,
                input(),
                kernel(numbers()),
                output(),
                strides(),
                padding(),
                padding());
    }

    private memory.data_type numbers() {
        return OneDnn.dataType(turn.precision());
    }

    private memory.desc input() {
        return featureMap(shape.inputs(), shape.side());
    }

    private memory.desc output() {
        return featureMap(shape.outputs(), shape.outputSide());
    }

    private memory.desc featureMap(int channels, int side) {
        return new memory.desc(new long[] {turn.batch(), channels, side, side}, numbers(), layout);
    }

    private memory.desc kernel(memory.data_type numbers) {
        long[] sizes = {shape.outputs(), shape.inputs(), shape.kernel(), shape.kernel()};
        return new memory.desc(sizes, numbers, memory.format_tag.any);
    }

    private long[] strides() {
        return new long[] {shape.strides(), shape.strides()};
    }

    private long[] padding() {
        return new long[] {shape.padding(), shape.padding()};
    }
}
