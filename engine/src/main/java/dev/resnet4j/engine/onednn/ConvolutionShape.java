package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.layer.Window;
import dev.resnet4j.model.layer.ZeroPadding2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.Optional;
import org.bytedeco.dnnl.memory;

/**
 * How a kernel slides over a feature map, with all sizes.
 *
 * @param input (height, width, channels)
 * @param output (height, width, channels)
 * @param kernel its height and width
 * @param strides its steps
 * @param dilation distance between the rows and columns that it looks at; 1 for neighbours
 * @param top rows of zeros above the input
 * @param left columns of zeros before the input
 * @param groups in how many parts the channels are convolved, each by itself
 */
public record ConvolutionShape(
        Shape input, Shape output, Size2D kernel, Size2D strides, Size2D dilation, int top, int left, int groups) {
    /**
     * How a layer's kernel slides.
     *
     * @param zeros what is put around the input before the layer's own padding
     * @param input the shape of the feature map before any padding, (height, width, channels)
     * @param output the shape of the layer's output
     */
    public static ConvolutionShape of(Conv2D layer, ZeroPadding2D zeros, Shape input, Shape output) {
        Window window = layer.window();
        int height = zeros.top() + input.height() + zeros.bottom();
        int width = zeros.left() + input.width() + zeros.right();
        return new ConvolutionShape(
                input,
                output,
                window.size(),
                window.strides(),
                window.dilation(),
                zeros.top() + window.top(height),
                zeros.left() + window.left(width),
                layer.groups());
    }

    /** Whether each output pixel is made of one input pixel. */
    boolean isOfSinglePixels() {
        return kernel.equals(Size2D.square(1)) && top + left + bottom() + right() == 0;
    }

    /** The same kernel, sliding over all pixels of another input. */
    ConvolutionShape ofAllPixels(Shape otherInput, Shape otherOutput) {
        return new ConvolutionShape(otherInput, otherOutput, kernel, Size2D.square(1), dilation, top, left, groups);
    }

    /**
     * The same kernel, sliding further at each step.
     *
     * @param factors how many times as far
     */
    ConvolutionShape leavingOut(Size2D factors, Shape otherOutput) {
        Size2D further = new Size2D(strides.height() * factors.height(), strides.width() * factors.width());
        return new ConvolutionShape(input, otherOutput, kernel, further, dilation, top, left, groups);
    }

    /** Rows of zeros below the input that the last windows reach. */
    int bottom() {
        int end = end(output.height(), kernel.height(), strides.height(), dilation.height());
        return Math.max(0, end - top - input.height());
    }

    /** Columns of zeros behind the input that the last windows reach. */
    int right() {
        int end = end(output.width(), kernel.width(), strides.width(), dilation.width());
        return Math.max(0, end - left - input.width());
    }

    /** Where the last window ends, counted from the first one's beginning. */
    private static int end(int windows, int size, int stride, int dilation) {
        return (windows - 1) * stride + (size - 1) * dilation + 1;
    }

    /** Whether the kernel lies in blocks of channels where it is trained. */
    Optional<KernelBlocks> blocks() {
        return groups == 1 ? KernelBlocks.of(input.channels(), output.channels()) : Optional.empty();
    }

    /** How a 32-bit kernel lies in memory while it is trained: in blocks, or as libtorch's channels-last kernels do. */
    memory.desc kernelOrder() {
        memory.format_tag plain = groups == 1 ? memory.format_tag.acdb : memory.format_tag.abdec;
        return new memory.desc(
                kernelSizes(),
                memory.data_type.f32,
                blocks().map(KernelBlocks::order).orElse(plain));
    }

    /** (out, in, height, width), with the groups in front where there are several. */
    long[] kernelSizes() {
        long out = output.channels() / groups;
        long in = input.channels() / groups;
        return groups == 1
                ? new long[] {out, in, kernel.height(), kernel.width()}
                : new long[] {groups, out, in, kernel.height(), kernel.width()};
    }

    /** Keras's order of a kernel's axes in memory: (height, width, in, out). */
    memory.format_tag kerasOrder() {
        return groups == 1 ? memory.format_tag.cdba : memory.format_tag.decab;
    }

    long[] strideSides() {
        return new long[] {strides.height(), strides.width()};
    }

    /** The dilation as oneDNN counts it: the rows and columns that are left out. */
    long[] leftOut() {
        return new long[] {dilation.height() - 1, dilation.width() - 1};
    }

    long[] paddingBefore() {
        return new long[] {top, left};
    }

    long[] paddingAfter() {
        return new long[] {bottom(), right()};
    }
}
