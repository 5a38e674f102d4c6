package dev.resnet4j.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;

/** A convolution's kernel in native memory, packed in the orders that were asked for, and its bias; until closed. */
final class ConvolutionWeights implements AutoCloseable {
    private final NativeObjects owned = new NativeObjects();
    /** All are made of the first. */
    private final List<memory> kernels = new ArrayList<>();

    private final memory bias;
    private final memory steps;

    /**
     * In floating point.
     *
     * @param order of the kernel in use, and its numbers
     */
    ConvolutionWeights(ConvolutionShape shape, FoldedKernel folded, memory.desc order) {
        try (memory plain = keras(shape, memory.data_type.f32)) {
            new FloatPointer(plain.get_data_handle()).put(folded.kernel().values());
            kernels.add(owned.keep(reordered(plain, order)));
        }
        bias = channels(folded.bias());
        steps = null;
    }

    /** In bytes. The kernel is kept in Keras's order, too: a packed one may hold sums that help to work in bytes. */
    ConvolutionWeights(ConvolutionShape shape, FoldedKernel folded) {
        ByteKernel bytes = ByteKernel.of(folded);
        memory plain = owned.keep(keras(shape, memory.data_type.s8));
        new BytePointer(plain.get_data_handle()).put(bytes.values());
        kernels.add(plain);
        bias = channels(folded.bias());
        steps = channels(bytes.steps());
    }

    private static memory keras(ConvolutionShape shape, memory.data_type type) {
        return new memory(new memory.desc(shape.kernelSizes(), type, shape.kerasOrder()), OneDnn.processor());
    }

    private memory channels(float[] values) {
        memory channels = owned.keep(new memory(Layouts.channels(values.length), OneDnn.processor()));
        new FloatPointer(channels.get_data_handle()).put(values);
        return channels;
    }

    private static memory reordered(memory from, memory.desc order) {
        memory to = new memory(order, OneDnn.processor());
        new reorder(from, to).execute(OneDnn.stream(), from, to);
        OneDnn.stream()._wait();
        return to;
    }

    /** The kernel in an order. */
    memory kernel(memory.desc order) {
        for (memory kernel : kernels) {
            if (kernel.get_desc().equals(order)) {
                return kernel;
            }
        }
        memory other = owned.keep(reordered(kernels.get(0), order));
        kernels.add(other);
        return other;
    }

    memory bias() {
        return bias;
    }

    /** Of a kernel in bytes: what one is worth in each output channel. */
    memory steps() {
        return steps;
    }

    @Override
    public void close() {
        owned.close();
    }
}
