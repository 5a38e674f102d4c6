package dev.resnet4j.data.augment;

import dev.resnet4j.data.Image;

/** What RandAugment and TrivialAugment do to a picture; {@code ImageOps} and {@code ImageEnhance} of Pillow. */
enum Operation {
    IDENTITY,
    /** Each row is moved to the side, the lower the more. */
    SHEAR_X,
    /** Each column is moved down, the further right the more. */
    SHEAR_Y,
    TRANSLATE_X,
    TRANSLATE_Y,
    ROTATE,
    BRIGHTNESS,
    /** Saturation. */
    COLOR,
    CONTRAST,
    SHARPNESS,
    /** The lower bits of each value are cleared. */
    POSTERIZE,
    /** The brightest values are inverted. */
    SOLARIZE,
    AUTO_CONTRAST,
    EQUALIZE;

    private static final int WHITE = 255;

    /**
     * The changed picture.
     *
     * @param strengths at a share of 1
     * @param share of them, from -1 to 1; operations of a single direction take its size
     */
    Image apply(Image image, Strengths strengths, double share) {
        double factor = 1 + strengths.tone() * share;
        return switch (this) {
            case IDENTITY -> image;
            case SHEAR_X -> shearX(image, strengths.shear() * share);
            case SHEAR_Y -> shearY(image, strengths.shear() * share);
            case TRANSLATE_X ->
                Affine.translation(0, strengths.translation(image.width()) * share)
                        .apply(image);
            case TRANSLATE_Y ->
                Affine.translation(strengths.translation(image.height()) * share, 0)
                        .apply(image);
            case ROTATE ->
                Affine.rotation(Math.toRadians(strengths.rotation() * share)).apply(image);
            case BRIGHTNESS -> Colors.map(image, value -> value * factor);
            case COLOR -> Colors.saturate(image, factor);
            case CONTRAST -> contrast(image, factor);
            case SHARPNESS -> Colors.sharpen(image, factor);
            case POSTERIZE -> posterize(image, (int) Math.round(strengths.bits() * Math.abs(share)));
            case SOLARIZE -> solarize(image, WHITE * (1 - Math.abs(share)));
            case AUTO_CONTRAST -> Colors.stretch(image);
            case EQUALIZE -> Colors.equalize(image);
        };
    }

    /** About the upper left corner, as torchvision and Pillow do it: the first row stays. */
    private static Image shearX(Image image, double shear) {
        return Affine.horizontalShear(shear)
                .then(Affine.translation(0, shear * (image.height() - 1) / 2))
                .apply(image);
    }

    private static Image shearY(Image image, double shear) {
        return Affine.verticalShear(shear)
                .then(Affine.translation(shear * (image.width() - 1) / 2, 0))
                .apply(image);
    }

    private static Image contrast(Image image, double factor) {
        double mean = Colors.mean(image.channels() == 3 ? image.toGrey() : image);
        return Colors.map(image, value -> mean + (value - mean) * factor);
    }

    private static Image posterize(Image image, int bits) {
        int mask = -1 << bits;
        return Colors.map(image, value -> value & mask);
    }

    private static Image solarize(Image image, double threshold) {
        return Colors.map(image, value -> value >= threshold ? WHITE - value : value);
    }
}
