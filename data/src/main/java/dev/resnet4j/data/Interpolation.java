package dev.resnet4j.data;

import java.util.function.DoubleUnaryOperator;

/**
 * How {@link PillowResize} makes a pixel from those of a picture of another size: Pillow's resampling filters, by the
 * names that Keras's {@code load_img} takes.
 */
public enum Interpolation {
    /** The one pixel in which the new pixel's centre lies. */
    NEAREST(0, distance -> 1),
    /** The mean of the pixels that the new pixel covers. */
    BOX(0.5, distance -> distance > -0.5 && distance <= 0.5 ? 1 : 0),
    /** A tent. */
    BILINEAR(1, distance -> Math.max(0, 1 - Math.abs(distance))),
    /** A sinc under Hamming's window: as sharp as bicubic, with the support of bilinear. */
    HAMMING(1, Interpolation::hamming),
    /** Keys's cubic convolution with a = -0.5. */
    BICUBIC(2, Interpolation::cubic),
    /** A sinc under Lanczos's window of three lobes. */
    LANCZOS(3, Interpolation::lanczos);

    private static final double CUBIC_A = -0.5;

    private final double support;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final DoubleUnaryOperator weight;

    Interpolation(double support, DoubleUnaryOperator weight) {
        this.support = support;
        this.weight = weight;
    }

    /** The distance from which on pixels have no weight. */
    double support() {
        return support;
    }

    /** The weight of a pixel, not normalised, at a distance from the place to make. */
    double weight(double distance) {
        return weight.applyAsDouble(distance);
    }

    private static double hamming(double distance) {
        double x = Math.abs(distance);
        return x >= 1 ? 0 : sinc(x) * (0.54 + 0.46 * Math.cos(Math.PI * x));
    }

    private static double cubic(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
            return ((CUBIC_A + 2) * x - (CUBIC_A + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC_A : 0;
    }

    private static double lanczos(double distance) {
        return distance >= -3 && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0;
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
