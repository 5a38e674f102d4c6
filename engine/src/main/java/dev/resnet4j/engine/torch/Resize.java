package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.Interpolation;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Feature maps in another size: {@code tf.image.resize} without antialiasing. The centres of the outermost pixels stand
 * half a pixel inside the edges, in both sizes.
 */
final class Resize {
    private static final long HEIGHT = 2;
    private static final long WIDTH = 3;

    private Resize() {}

    static Tensor to(long height, long width, Interpolation interpolation, Tensor x) {
        return switch (interpolation) {
            case NEAREST -> nearest(nearest(x, HEIGHT, height), WIDTH, width);
            case BILINEAR -> torch.upsample_bilinear2d(x, new long[] {height, width}, false);
        };
    }

    private static Tensor nearest(Tensor x, long axis, long size) {
        float scale = (float) x.size(axis) / size;
        return x.index_select(
                axis,
                count(size, x.device())
                        .add(new Scalar(0.5))
                        .mul(new Scalar((double) scale))
                        .clamp_max(new Scalar((double) x.size(axis) - 1))
                        .toType(torch.ScalarType.Long));
    }

    /** 0, 1, 2 and so on, in 32-bit floating-point numbers. */
    static Tensor count(long size, Device device) {
        return torch.arange(new Scalar(size)).to(device, torch.ScalarType.Float);
    }

    /** A view of the largest part, in the middle, of the form that this height and width have: {@code smart_resize}. */
    static Tensor largestPartOfForm(long height, long width, Tensor x) {
        long rows = Math.max(Math.min(x.size(HEIGHT), x.size(WIDTH) * height / width), 1);
        long columns = Math.max(Math.min(x.size(WIDTH), x.size(HEIGHT) * width / height), 1);
        return middle(rows, columns, x);
    }

    /** A view of the middle; the odd pixel is left out after it. */
    static Tensor middle(long height, long width, Tensor x) {
        return part((x.size(HEIGHT) - height) / 2, (x.size(WIDTH) - width) / 2, height, width, x);
    }

    /** A view of a part. */
    static Tensor part(long top, long left, long height, long width, Tensor x) {
        return x.narrow(HEIGHT, top, height).narrow(WIDTH, left, width);
    }
}
