package dev.resnet4j.model.layer;

/**
 * How the pixels of a moved picture are found.
 *
 * @param mode what stands outside the picture
 * @param interpolation between pixels
 * @param value what stands outside with {@link FillMode#CONSTANT}
 */
public record Fill(FillMode mode, Interpolation interpolation, double value) {
    /** Keras's default: mirrored edges, bilinear. */
    public static final Fill DEFAULT = new Fill(FillMode.REFLECT, Interpolation.BILINEAR, 0);
}
