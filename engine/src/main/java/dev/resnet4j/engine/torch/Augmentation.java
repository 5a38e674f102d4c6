package dev.resnet4j.engine.torch;

import dev.resnet4j.model.layer.Interpolation;
import dev.resnet4j.model.layer.Interval;
import dev.resnet4j.model.layer.RandomBrightness;
import dev.resnet4j.model.layer.RandomContrast;
import dev.resnet4j.model.layer.RandomCrop;
import dev.resnet4j.model.layer.RandomFlip;
import dev.resnet4j.model.layer.RandomRotation;
import dev.resnet4j.model.layer.RandomTranslation;
import dev.resnet4j.model.layer.RandomZoom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What Keras's augmentation layers do to a batch of pictures in training. Random numbers come from libtorch's generator
 * of the processor, so that a step's seed gives the same pictures on every device.
 *
 * @param pictures (batch, channels, height, width)
 */
record Augmentation(Tensor pictures) {
    private static final long HEIGHT = 2;
    private static final long WIDTH = 3;

    Tensor flip(RandomFlip layer) {
        long[] axes = switch (layer.mode()) {
            case HORIZONTAL -> new long[] {WIDTH};
            case VERTICAL -> new long[] {HEIGHT};
            case HORIZONTAL_AND_VERTICAL -> new long[] {HEIGHT, WIDTH};
        };
        Tensor flips = ofEachPicture(draw(new Interval(0, 1)).le(new Scalar(0.5)));
        return torch.where(flips, pictures.flip(axes), pictures);
    }

    Tensor rotate(RandomRotation layer) {
        Tensor angle = draw(layer.factor()).mul(new Scalar(2 * Math.PI));
        return AffineTransform.rotation(angle, pictures).apply(pictures, layer.fill());
    }

    Tensor zoom(RandomZoom layer) {
        Tensor height = draw(layer.heightFactor()).add(new Scalar(1.0));
        Tensor width = layer.widthFactor()
                .map(factor -> draw(factor).add(new Scalar(1.0)))
                .orElse(height);
        return AffineTransform.zoom(height, width, pictures).apply(pictures, layer.fill());
    }

    Tensor translate(RandomTranslation layer) {
        Tensor down = draw(layer.heightFactor()).mul(new Scalar((double) pictures.size(HEIGHT)));
        Tensor right = draw(layer.widthFactor()).mul(new Scalar((double) pictures.size(WIDTH)));
        return AffineTransform.translation(down, right).apply(pictures, layer.fill());
    }

    Tensor contrast(RandomContrast layer) {
        Tensor factor = ofEachPicture(draw(layer.factor()).add(new Scalar(1.0)));
        Tensor x = pictures.toType(torch.ScalarType.Float);
        Tensor mean = x.mean(new long[] {HEIGHT, WIDTH}, true, new ScalarTypeOptional());
        return cut(x.sub(mean).mul(factor).add(mean), layer.valueRange());
    }

    Tensor brighten(RandomBrightness layer) {
        double range = layer.valueRange().upper() - layer.valueRange().lower();
        Tensor more = ofEachPicture(draw(layer.factor()).mul(new Scalar(range)));
        return cut(pictures.toType(torch.ScalarType.Float).add(more), layer.valueRange());
    }

    private Tensor cut(Tensor x, Interval range) {
        return Tensors.clamp(x, range.lower(), range.upper()).toType(pictures.scalar_type());
    }

    Tensor crop(RandomCrop layer) {
        long above = pictures.size(HEIGHT) - layer.height();
        long before = pictures.size(WIDTH) - layer.width();
        if (above < 0 || before < 0) {
            return resizedCrop(layer);
        }
        return Resize.part(place(above), place(before), layer.height(), layer.width(), pictures);
    }

    /** What the layer gives outside training. */
    Tensor resizedCrop(RandomCrop layer) {
        Tensor part = Resize.largestPartOfForm(layer.height(), layer.width(), pictures);
        return Resize.to(layer.height(), layer.width(), Interpolation.BILINEAR, part);
    }

    /** From 0 to the last, each as likely as the other. */
    private static long place(long last) {
        long drawn = (long) (torch.rand(1).item_float() * (last + 1.0));
        return Math.min(drawn, last);
    }

    /** A number for each picture: (batch, 1, 1) in 32 bits, on the pictures' device. */
    private Tensor draw(Interval range) {
        return torch.rand(pictures.size(0), 1, 1)
                .to(pictures.device(), torch.ScalarType.Float)
                .mul(new Scalar(range.upper() - range.lower()))
                .add(new Scalar(range.lower()));
    }

    private static Tensor ofEachPicture(Tensor drawn) {
        return drawn.unsqueeze(-1);
    }
}
