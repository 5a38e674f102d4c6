package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.Fill;
import dev.resnet4j.model.layer.FillMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Pictures turned, stretched and moved, each by numbers of its own: TensorFlow's {@code ImageProjectiveTransformV3} as
 * Keras's augmentation layers call it. The pixel at column x and row y of the output is found in the input at column
 * {@code columnX * x + columnY * y + column} and row {@code rowX * x + rowY * y + row}.
 *
 * @param columnX numbers in 32 bits, (batch, 1, 1), as all others
 */
record AffineTransform(Tensor columnX, Tensor columnY, Tensor column, Tensor rowX, Tensor rowY, Tensor row) {
    /**
     * Turned around the middle.
     *
     * @param angle in radians, (batch, 1, 1); positive is counter-clockwise
     */
    static AffineTransform rotation(Tensor angle, Tensor pictures) {
        Tensor cosine = angle.cos();
        Tensor sine = angle.sin();
        Scalar middleColumn = new Scalar((pictures.size(3) - 1) / 2.0);
        Scalar middleRow = new Scalar((pictures.size(2) - 1) / 2.0);
        Tensor column = cosine.neg().mul(middleColumn).add(middleColumn).add(sine.mul(middleRow));
        Tensor row = sine.neg().mul(middleColumn).add(middleRow).sub(cosine.mul(middleRow));
        return new AffineTransform(cosine, sine.neg(), column, sine, cosine, row);
    }

    /**
     * Larger or smaller around the middle.
     *
     * @param height how many rows of the input a row of the output stands for, (batch, 1, 1)
     * @param width the same of the columns
     */
    static AffineTransform zoom(Tensor height, Tensor width, Tensor pictures) {
        Tensor none = torch.zeros_like(height);
        return new AffineTransform(
                width,
                none,
                aroundMiddle(width, pictures.size(3)),
                none,
                height,
                aroundMiddle(height, pictures.size(2)));
    }

    private static Tensor aroundMiddle(Tensor zoom, long size) {
        Tensor inside = torch.ones_like(zoom).sub(zoom);
        return inside.mul(new Scalar((size - 1) / 2.0));
    }

    /**
     * Moved.
     *
     * @param down by so many pixels, (batch, 1, 1)
     * @param right by so many pixels, (batch, 1, 1)
     */
    static AffineTransform translation(Tensor down, Tensor right) {
        Tensor none = torch.zeros_like(down);
        Tensor one = torch.ones_like(down);
        return new AffineTransform(one, none, right.neg(), none, one, down.neg());
    }

    /** The pictures moved so, (batch, channels, height, width). */
    Tensor apply(Tensor pictures, Fill fill) {
        Tensor xs = Resize.count(pictures.size(3), pictures.device()).reshape(1, 1, -1);
        Tensor ys = Resize.count(pictures.size(2), pictures.device()).reshape(1, -1, 1);
        Tensor columns = columnX.mul(xs).add(columnY.mul(ys)).add(column);
        Tensor rows = rowX.mul(xs).add(rowY.mul(ys)).add(row);
        Tensor columnsInside = inside(columns, pictures.size(3), fill.mode());
        Tensor rowsInside = inside(rows, pictures.size(2), fill.mode());
        Tensor moved = switch (fill.interpolation()) {
            case NEAREST -> pixels(pictures, round(rowsInside), round(columnsInside), fill.value());
            case BILINEAR -> between(pictures, rowsInside, columnsInside, fill.value());
        };
        return KerasOrder.undo(moved).toType(pictures.scalar_type());
    }

    /** Halves away from zero. */
    private static Tensor round(Tensor x) {
        return x.abs().add(new Scalar(0.5)).floor().mul(x.sign());
    }

    /** Weighted by the distance to the four pixels around. */
    private static Tensor between(Tensor pictures, Tensor rows, Tensor columns, double outside) {
        Tensor top = rows.floor();
        Tensor left = columns.floor();
        Tensor bottom = top.add(new Scalar(1.0));
        Tensor right = left.add(new Scalar(1.0));
        Tensor toLeft = columns.sub(left).unsqueeze(-1);
        Tensor toRight = right.sub(columns).unsqueeze(-1);
        Tensor upper = toRight.mul(pixels(pictures, top, left, outside))
                .add(toLeft.mul(pixels(pictures, top, right, outside)));
        Tensor lower = toRight.mul(pixels(pictures, bottom, left, outside))
                .add(toLeft.mul(pixels(pictures, bottom, right, outside)));
        Tensor toTop = rows.sub(top).unsqueeze(-1);
        Tensor toBottom = bottom.sub(rows).unsqueeze(-1);
        return toBottom.mul(upper).add(toTop.mul(lower));
    }

    /**
     * The pixels at whole rows and columns, (batch, height, width, channels) in 32 bits.
     *
     * @param outside what stands outside the picture
     */
    private static Tensor pixels(Tensor pictures, Tensor rows, Tensor columns, double outside) {
        long height = pictures.size(2);
        long width = pictures.size(3);
        long channels = pictures.size(1);
        Tensor row = Tensors.clamp(rows, 0, height - 1.0);
        Tensor column = Tensors.clamp(columns, 0, width - 1.0);
        Tensor place = row.toType(torch.ScalarType.Long)
                .mul(new Scalar(width))
                .add(column.toType(torch.ScalarType.Long))
                .reshape(pictures.size(0), -1, 1)
                .expand(-1, -1, channels);
        Tensor found = KerasOrder.of(pictures)
                .reshape(pictures.size(0), -1, channels)
                .gather(1, place)
                .toType(torch.ScalarType.Float)
                .reshape(pictures.size(0), height, width, channels);
        Tensor isInside = row.eq(rows).logical_and(column.eq(columns)).unsqueeze(-1);
        return torch.where(isInside, found, new Scalar(outside));
    }

    /** Where coordinates outside the picture are taken from, by TensorFlow's rules. */
    private static Tensor inside(Tensor x, long size, FillMode mode) {
        Tensor taken = switch (mode) {
            case CONSTANT, NEAREST -> x;
            case REFLECT -> size == 1 ? x : mirrored(x, size);
            case WRAP -> size == 1 ? x : wrapped(x, size);
        };
        return mode == FillMode.CONSTANT ? x : Tensors.clamp(taken, 0, size - 1.0);
    }

    private static Tensor mirrored(Tensor x, long size) {
        Scalar period = new Scalar(2.0 * size);
        Tensor distance = torch.where(x.lt(new Scalar(0.0)), x.neg().sub(new Scalar(1.0)), x);
        Tensor place = distance.sub(distance.div(period).trunc().mul(period));
        Tensor back = place.neg().add(new Scalar(2.0 * size - 1));
        return torch.where(place.ge(new Scalar((double) size)), back, place);
    }

    private static Tensor wrapped(Tensor x, long size) {
        Scalar last = new Scalar(size - 1.0);
        Scalar period = new Scalar((double) size);
        Tensor fromBelow = x.add(x.neg().div(last).trunc().add(new Scalar(1.0)).mul(period));
        Tensor fromAbove = x.sub(x.div(last).trunc().mul(period));
        return torch.where(x.lt(new Scalar(0.0)), fromBelow, torch.where(x.gt(last), fromAbove, x));
    }
}
