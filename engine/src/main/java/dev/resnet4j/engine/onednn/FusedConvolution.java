package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.reorder;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/**
 * A convolution in one pass over memory with its bias, the sum with a residual and a ReLU, until closed. The kernel is
 * packed ahead in the order that the processor reads it in.
 *
 * <p>Feature maps are (batch, height, width, channels) in memory. For one thread at a time.
 */
public final class FusedConvolution implements AutoCloseable {
    /** A batch's size needs working memory, and may need a kernel packed in another way. */
    private static final int MOST_BATCH_SIZES = 4;

    private static final int RESIDUAL = dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1;

    private final ConvolutionDescriptor descriptor;
    private final NativeObjects owned = new NativeObjects();
    private final memory kernel;
    private final memory bias;
    /** By the size of batch, the oldest first. */
    private final Map<Integer, Execution> executions = new LinkedHashMap<>();

    private FusedConvolution(ConvolutionDescriptor descriptor, NdArray kernel, float[] bias) {
        this.descriptor = descriptor;
        memory plain = copy(descriptor.shape().kernelSizes(), descriptor.kerasOrder(), kernel.values());
        this.kernel = owned.keep(reordered(plain, descriptor.primitive(1).weights_desc()));
        this.bias = owned.keep(copy(new long[] {bias.length}, memory.format_tag.a, bias));
    }

    /**
     * Packs a kernel. Empty where oneDNN has no kernel made for this processor and this shape.
     *
     * @param kernel (kernel height, kernel width, in / groups, out), as in Keras
     * @param bias one number for each output channel
     * @param numbers of the feature maps, and of the kernel in use; the bias stays in 32 bits
     * @param addsResidual whether a feature map of the output's shape is added before the ReLU
     * @param relu whether what is below 0 becomes 0 at the end
     */
    public static Optional<FusedConvolution> of(
            ConvolutionShape shape,
            NdArray kernel,
            float[] bias,
            NumberType numbers,
            boolean addsResidual,
            boolean relu) {
        ConvolutionDescriptor descriptor = new ConvolutionDescriptor(shape, numbers, addsResidual, relu);
        try (PointerScope scope = new PointerScope()) {
            return descriptor.hasFastKernel()
                    ? Optional.of(new FusedConvolution(descriptor, kernel, bias))
                    : Optional.empty();
        }
    }

    private static memory copy(long[] sizes, memory.format_tag order, float[] values) {
        memory copy = new memory(new memory.desc(sizes, memory.data_type.f32, order), OneDnn.processor());
        new FloatPointer(copy.get_data_handle()).put(values);
        return copy;
    }

    private static memory reordered(memory from, memory.desc order) {
        memory to = new memory(order, OneDnn.processor());
        new reorder(from, to).execute(OneDnn.stream(), from, to);
        OneDnn.stream()._wait();
        return to;
    }

    /** What one feature map of the input must be, (height, width, channels). */
    public Shape inputShape() {
        return descriptor.shape().input();
    }

    /**
     * Convolves a batch. The three feature maps are apart from each other in memory.
     *
     * @param batch how many feature maps lie in each
     * @param residual what is added, where something is
     */
    public void run(int batch, Pointer input, Optional<Pointer> residual, Pointer output) {
        try (PointerScope scope = new PointerScope()) {
            execution(batch).run(input, residual, output);
        }
    }

    private Execution execution(int batch) {
        Execution known = executions.get(batch);
        if (known != null) {
            return known;
        }
        if (executions.size() == MOST_BATCH_SIZES) {
            Iterator<Execution> oldest = executions.values().iterator();
            oldest.next().close();
            oldest.remove();
        }
        Execution made = new Execution(batch);
        executions.put(batch, made);
        return made;
    }

    /** What is made ready once for batches of one size. */
    private final class Execution implements AutoCloseable {
        private final NativeObjects parts = new NativeObjects();
        private final convolution_forward primitive;
        private final memory input;
        private final memory residual;
        private final memory output;
        private final IntMemoryMap arguments;

        Execution(int batch) {
            convolution_forward.primitive_desc chosen = descriptor.primitive(batch);
            primitive = parts.keep(new convolution_forward(chosen));
            input = parts.keep(place(chosen.src_desc()));
            output = parts.keep(place(chosen.dst_desc()));
            residual = parts.keep(place(chosen.dst_desc()));
            arguments = parts.keep(new IntMemoryMap());
            arguments.put(dnnl.DNNL_ARG_SRC, input);
            arguments.put(dnnl.DNNL_ARG_WEIGHTS, packedAs(chosen.weights_desc()));
            arguments.put(dnnl.DNNL_ARG_BIAS, bias);
            arguments.put(dnnl.DNNL_ARG_DST, output);
            arguments.put(
                    dnnl.DNNL_ARG_SCRATCHPAD, parts.keep(new memory(chosen.scratchpad_desc(), OneDnn.processor())));
            if (descriptor.addsResidual()) {
                arguments.put(RESIDUAL, residual);
            }
        }

        /** The kernel; in an order of its own where this size of batch is best served by one. */
        private memory packedAs(memory.desc order) {
            return kernel.get_desc().equals(order) ? kernel : parts.keep(reordered(kernel, order));
        }

        /** A feature map that lies elsewhere in each run. */
        private static memory place(memory.desc featureMap) {
            return new memory(featureMap, OneDnn.processor(), (Pointer) null);
        }

        void run(Pointer inputNumbers, Optional<Pointer> residualNumbers, Pointer outputNumbers) {
            input.set_data_handle(inputNumbers);
            residualNumbers.ifPresent(residual::set_data_handle);
            output.set_data_handle(outputNumbers);
            primitive.execute(OneDnn.stream(), arguments);
            OneDnn.stream()._wait();
        }

        @Override
        public void close() {
            parts.close();
        }
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        executions.values().forEach(Execution::close);
        executions.clear();
        owned.close();
    }
}
