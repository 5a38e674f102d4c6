package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.tensor.Shape;
import java.util.Optional;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.PointerScope;

/**
 * A convolution in bytes with what is fused into it, as oneDNN is told of it. What the methods return belongs to the scope
 * around.
 *
 * @param shape how the kernel slides
 * @param residual what lies in the output's place and is added before the ReLU
 * @param relu whether what is below 0 becomes 0 at the end
 */
record ByteConvolutionDescriptor(
        ConvolutionShape shape, ByteScale input, Optional<ByteScale> residual, ByteScale output, boolean relu) {
    /** Whether oneDNN has a kernel made for this processor and this shape. */
    boolean hasFastKernel() {
        try (PointerScope scope = new PointerScope()) {
            return ConvolutionDescriptor.isFast(primitive(1));
        } catch (RuntimeException noneAtAll) {
            return false;
        }
    }

    /** For batches of a size, with the kernel in the order that serves them best. */
    convolution_forward.primitive_desc primitive(int batch) {
        return new convolution_forward.primitive_desc(
                OneDnn.processor(),
                dnnl.prop_kind.forward_inference,
                dnnl.algorithm.convolution_direct,
                featureMap(batch, shape.input(), input),
                new memory.desc(shape.kernelSizes(), memory.data_type.s8, memory.format_tag.any),
                Layouts.channels(shape.output().channels()),
                featureMap(batch, shape.output(), output),
                shape.strideSides(),
                shape.leftOut(),
                shape.paddingBefore(),
                shape.paddingAfter(),
                attributes(),
                false);
    }

    private primitive_attr attributes() {
        post_ops after = new post_ops();
        residual.ifPresent(scale -> after.append_sum(scale.step(), 0, scale.dataType()));
        if (relu) {
            after.append_eltwise(dnnl.algorithm.eltwise_relu, 0, 0);
        }
        primitive_attr attributes = new primitive_attr();
        attributes.set_post_ops(after);
        attributes.set_scratchpad_mode(dnnl.scratchpad_mode.user);
        attributes.set_scales_mask(dnnl.DNNL_ARG_SRC, 0);
        attributes.set_scales_mask(dnnl.DNNL_ARG_WEIGHTS, outputChannels());
        attributes.set_scales_mask(dnnl.DNNL_ARG_DST, 0);
        return attributes;
    }

    /** As bits: along which of the kernel's axes the steps differ. */
    private int outputChannels() {
        return shape.groups() == 1 ? 1 : 1 | 1 << 1;
    }

    private static memory.desc featureMap(int batch, Shape one, ByteScale scale) {
        return Layouts.featureMaps(batch, one, scale.dataType(), memory.format_tag.acdb);
    }
}
