package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
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
    private static final int RESIDUAL = dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1;

    private final ConvolutionShape shape;
    private final NumberType numbers;
    private final boolean addsResidual;
    private final boolean relu;
    private final List<Pointer> owned = new ArrayList<>();
    private final memory kernel;
    private final memory bias;
    private final Map<Integer, Execution> executions = new HashMap<>();

    /**
     * Packs a kernel.
     *
     * @param kernel (kernel height, kernel width, in / groups, out), as in Keras
     * @param bias one number for each output channel
     * @param numbers of the feature maps, and of the kernel in use; the bias stays in 32 bits
     * @param addsResidual whether a feature map of the output's shape is added before the ReLU
     * @param relu whether what is below 0 becomes 0 at the end
     */
    public FusedConvolution(
            ConvolutionShape shape,
            NdArray kernel,
            float[] bias,
            NumberType numbers,
            boolean addsResidual,
            boolean relu) {
        this.shape = shape;
        this.numbers = numbers;
        this.addsResidual = addsResidual;
        this.relu = relu;
        try (PointerScope scope = new PointerScope()) {
            memory.format_tag kerasOrder = shape.groups() == 1 ? memory.format_tag.cdba : memory.format_tag.decab;
            memory plain = copy(kernelSizes(), kerasOrder, kernel.values());
            this.kernel = own(reordered(plain, descriptor(1).weights_desc()));
            this.bias = own(copy(new long[] {bias.length}, memory.format_tag.a, bias));
        }
    }

    /** Whether the processor convolves such numbers. */
    static boolean isPossible(NumberType numbers) {
        Size2D one = Size2D.square(1);
        Shape pixel = Shape.of(1, 1, 1);
        ConvolutionShape smallest = new ConvolutionShape(pixel, pixel, one, one, one, 0, 0, 1);
        NdArray kernel = new NdArray(Shape.of(1, 1, 1, 1), new float[1]);
        try (FusedConvolution tried = new FusedConvolution(smallest, kernel, new float[1], numbers, false, false)) {
            return true;
        } catch (RuntimeException notPossible) {
            return false;
        }
    }

    private <P extends Pointer> P own(P pointer) {
        pointer.retainReference();
        owned.add(pointer);
        return pointer;
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

    private convolution_forward.primitive_desc descriptor(int batch) {
        return new convolution_forward.primitive_desc(
                OneDnn.processor(),
                dnnl.prop_kind.forward_inference,
                dnnl.algorithm.convolution_direct,
                featureMap(batch, shape.input()),
                new memory.desc(kernelSizes(), numbers.dataType(), memory.format_tag.any),
                new memory.desc(new long[] {shape.output().channels()}, memory.data_type.f32, memory.format_tag.a),
                featureMap(batch, shape.output()),
                sides(shape.strides()),
                // oneDNN counts the rows and columns that are left out.
                new long[] {shape.dilation().height() - 1, shape.dilation().width() - 1},
                new long[] {shape.top(), shape.left()},
                new long[] {shape.bottom(), shape.right()},
                attributes(batch),
                false);
    }

    private primitive_attr attributes(int batch) {
        post_ops after = new post_ops();
        if (addsResidual) {
            after.append_binary(dnnl.algorithm.binary_add, featureMap(batch, shape.output()));
        }
        if (relu) {
            after.append_eltwise(dnnl.algorithm.eltwise_relu, 0, 0);
        }
        primitive_attr attributes = new primitive_attr();
        attributes.set_post_ops(after);
        return attributes;
    }

    /** (batch, channels, height, width) as oneDNN counts, the channels last in memory. */
    private memory.desc featureMap(int batch, Shape shapeOfOne) {
        long[] sizes = {batch, shapeOfOne.channels(), shapeOfOne.height(), shapeOfOne.width()};
        return new memory.desc(sizes, numbers.dataType(), memory.format_tag.acdb);
    }

    /** (out, in, height, width), with the groups in front where there are several. */
    private long[] kernelSizes() {
        long groups = shape.groups();
        long out = shape.output().channels() / groups;
        long in = shape.input().channels() / groups;
        Size2D kernelSize = shape.kernel();
        return groups == 1
                ? new long[] {out, in, kernelSize.height(), kernelSize.width()}
                : new long[] {groups, out, in, kernelSize.height(), kernelSize.width()};
    }

    private static long[] sides(Size2D size) {
        return new long[] {size.height(), size.width()};
    }

    /**
     * Convolves a batch. The three feature maps are apart from each other in memory.
     *
     * @param batch how many feature maps lie in each
     * @param residual what is added, where something is
     */
    public void run(int batch, Pointer input, Optional<Pointer> residual, Pointer output) {
        try (PointerScope scope = new PointerScope()) {
            executions.computeIfAbsent(batch, Execution::new).run(input, residual, output);
        }
    }

    /** What is made ready once for batches of one size. */
    private final class Execution {
        private final convolution_forward primitive;
        private final memory input;
        private final memory residual;
        private final memory output;
        private final IntMemoryMap arguments;

        Execution(int batch) {
            convolution_forward.primitive_desc descriptor = descriptor(batch);
            primitive = own(new convolution_forward(descriptor));
            input = own(place(descriptor.src_desc()));
            output = own(place(descriptor.dst_desc()));
            residual = own(place(descriptor.dst_desc()));
            arguments = own(new IntMemoryMap());
            arguments.put(dnnl.DNNL_ARG_SRC, input);
            arguments.put(dnnl.DNNL_ARG_WEIGHTS, packedAs(descriptor.weights_desc()));
            arguments.put(dnnl.DNNL_ARG_BIAS, bias);
            arguments.put(dnnl.DNNL_ARG_DST, output);
            if (addsResidual) {
                arguments.put(RESIDUAL, residual);
            }
        }

        /** The kernel; in an order of its own where this size of batch is best served by one. */
        private memory packedAs(memory.desc order) {
            return kernel.get_desc().equals(order) ? kernel : own(reordered(kernel, order));
        }

        /** A feature map that lies elsewhere in each run. */
        private static memory place(memory.desc descriptor) {
            return new memory(descriptor, OneDnn.processor(), (Pointer) null);
        }

        void run(Pointer inputNumbers, Optional<Pointer> residualNumbers, Pointer outputNumbers) {
            input.set_data_handle(inputNumbers);
            residualNumbers.ifPresent(residual::set_data_handle);
            output.set_data_handle(outputNumbers);
            primitive.execute(OneDnn.stream(), arguments);
            OneDnn.stream()._wait();
        }
    }

    /** Frees the native memory. */
    @Override
    public void close() {
        executions.clear();
        owned.forEach(Pointer::close);
        owned.clear();
    }
}
