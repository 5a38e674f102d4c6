package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.tensor.Shape;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.PointerScope;

/**
 * A convolution with what is fused into it, as oneDNN is told of it. What the methods return belongs to the scope around.
 *
 * @param shape how the kernel slides
 * @param numbers of the feature maps, and of the kernel in use; the bias has 32 bits
 * @param addsResidual whether the output is added to what lies in its place before the ReLU
 * @param relu whether what is below 0 becomes 0 at the end
 */
record ConvolutionDescriptor(ConvolutionShape shape, NumberType numbers, boolean addsResidual, boolean relu) {
    ConvolutionDescriptor(ConvolutionShape shape, NumberType numbers, FusedLayers layers) {
        this(shape, numbers, layers.addition().isPresent(), layers.endsWithRelu());
    }

    /**
     * Whether oneDNN has a kernel made for this processor and this shape. Its general ones are slower than libtorch.
     */
    boolean hasFastKernel() {
        try (PointerScope scope = new PointerScope()) {
            return isFast(primitive(1));
        } catch (RuntimeException noneAtAll) {
            return false;
        }
    }

    static boolean isFast(convolution_forward.primitive_desc chosen) {
        String name = chosen.impl_info_str().getString();
        return !name.startsWith("ref") && !name.startsWith("gemm");
    }

    /** For batches of a size, with feature maps and kernel in the order that serves them best. */
    convolution_forward.primitive_desc primitive(int batch) {
        return new convolution_forward.primitive_desc(
                OneDnn.processor(),
                dnnl.prop_kind.forward_inference,
                dnnl.algorithm.convolution_direct,
                featureMap(batch, shape.input()),
                new memory.desc(shape.kernelSizes(), numbers.dataType(), memory.format_tag.any),
                Layouts.channels(shape.output().channels()),
                featureMap(batch, shape.output()),
                shape.strideSides(),
                shape.leftOut(),
                shape.paddingBefore(),
                shape.paddingAfter(),
                attributes(),
                false);
    }

    private primitive_attr attributes() {
        post_ops after = new post_ops();
        if (addsResidual) {
            after.append_sum();
        }
        if (relu) {
            after.append_eltwise(dnnl.algorithm.eltwise_relu, 0, 0);
        }
        primitive_attr attributes = new primitive_attr();
        attributes.set_post_ops(after);
        // oneDNN's own working memory belongs to the thread that made the primitive, and a model may change threads.
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        return attributes;
    }

    private memory.desc featureMap(int batch, Shape shapeOfOne) {
        return Layouts.featureMaps(batch, shapeOfOne, numbers.dataType(), memory.format_tag.any);
    }
}
