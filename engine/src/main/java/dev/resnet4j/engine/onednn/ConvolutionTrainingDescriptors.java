package dev.resnet4j.engine.onednn;

import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;

/**
 * How oneDNN is to train a convolution, forward and back, with kernels in the order that it likes best.
 *
 * @param numbers of the feature maps and of the kernel in use; the kernel's gradient has 32 bits
 * @param input the feature maps' sizes, numbers and order
 * @param output as the input
 * @param bias empty, as oneDNN has it, where there is none
 */
record ConvolutionTrainingDescriptors(
        ConvolutionShape shape,
        NumberType numbers,
        memory.desc input,
        memory.desc output,
        memory.desc bias,
        primitive_attr attributes) {

    private memory.desc kernel(memory.data_type type) {
        return new memory.desc(shape.kernelSizes(), type, memory.format_tag.any);
    }

    convolution_forward.primitive_desc forward() {
        return new convolution_forward.primitive_desc(
                OneDnn.processor(),
                dnnl.prop_kind.forward_training,
                dnnl.algorithm.convolution_direct,
                input,
                kernel(numbers.dataType()),
                bias,
                output,
                shape.strideSides(),
                shape.leftOut(),
                shape.paddingBefore(),
                shape.paddingAfter(),
                attributes,
                false);
    }

    /** @param forward which oneDNN takes as a hint */
    convolution_backward_data.primitive_desc inputGradient(convolution_forward.primitive_desc forward) {
        return new convolution_backward_data.primitive_desc(
                OneDnn.processor(),
                dnnl.algorithm.convolution_direct,
                input,
                kernel(numbers.dataType()),
                output,
                shape.strideSides(),
                shape.leftOut(),
                shape.paddingBefore(),
                shape.paddingAfter(),
                forward,
                attributes,
                false);
    }

    /** @param forward which oneDNN takes as a hint */
    convolution_backward_weights.primitive_desc kernelGradient(convolution_forward.primitive_desc forward) {
        return new convolution_backward_weights.primitive_desc(
                OneDnn.processor(),
                dnnl.algorithm.convolution_direct,
                input,
                kernel(memory.data_type.f32),
                bias,
                output,
                shape.strideSides(),
                shape.leftOut(),
                shape.paddingBefore(),
                shape.paddingAfter(),
                forward,
                attributes,
                false);
    }
}
