package dev.resnet4j.engine.onednn;

import dev.resnet4j.model.layer.Size2D;
import dev.resnet4j.model.tensor.Shape;
import java.util.Optional;
import org.bytedeco.dnnl.memory;

/**
 * A batch of small feature maps side by side as one wide one, for the gradient of a kernel. That is a sum over all pixels of
 * all pictures, which oneDNN takes picture by picture, and it is slow at rows of a few pixels (docs/performance.md).
 *
 * @param batch how many pictures
 * @param gap columns of zeros behind each, so that no window looks at two pictures
 */
record PicturesInARow(int batch, int gap) {
    /** With so many pixels in a picture, the copies take what is gained. */
    private static final int MANY_PIXELS = 16;

    /** How a convolution's pictures are joined; empty where nothing is gained by it. */
    static Optional<PicturesInARow> of(ConvolutionShape shape, int batch, NumberType numbers) {
        Shape input = shape.input();
        Shape output = shape.output();
        boolean inStep = shape.groups() == 1
                && shape.strides().equals(Size2D.square(1))
                && input.height() == output.height()
                && input.width() == output.width();
        int gap = Math.max(shape.left(), shape.right());
        // In 32 bits, the zeros between the pictures take what is gained.
        boolean gains = input.height() * input.width() < MANY_PIXELS && (gap == 0 || numbers == NumberType.BFLOAT16);
        return inStep && gains && batch > 1 ? Optional.of(new PicturesInARow(batch, gap)) : Optional.empty();
    }

    private int width(Shape one) {
        return one.width() + gap;
    }

    /** The wide feature map in the order that oneDNN likes best. */
    memory.desc anyOrder(Shape one, NumberType numbers) {
        long[] sizes = {1, one.channels(), one.height(), (long) batch * width(one)};
        return new memory.desc(sizes, numbers.dataType(), memory.format_tag.any);
    }

    /**
     * Plans to copy a batch of feature maps side by side.
     *
     * @param order of the wide feature map
     */
    Block joined(Plan plan, Block pictures, Shape one, memory.desc order) {
        Block joined = gap == 0 ? plan.working(order) : plan.zeros(order);
        plan.copy(pictures, plan.within(joined, apart(order, one)));
        return joined;
    }

    /** The wide feature map as (batch, channels, height, width), the gaps left out. */
    private memory.desc apart(memory.desc joined, Shape one) {
        long channels = one.channels();
        long height = one.height();
        return joined.reshape(new long[] {1, channels, height, batch, width(one)})
                .permute_axes(new int[] {4, 1, 2, 0, 3})
                .reshape(new long[] {batch, channels, height, width(one)})
                .submemory_desc(Layouts.sizes(batch, one), new long[] {0, 0, 0, 0});
    }
}
