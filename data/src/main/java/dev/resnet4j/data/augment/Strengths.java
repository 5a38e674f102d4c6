package dev.resnet4j.data.augment;

/**
 * The strongest that the operations of a policy become: torchvision's tables.
 *
 * @param shear in columns a row, or rows a column
 * @param translationShare of the picture's width or height
 * @param translationPixels added to it
 * @param rotation in degrees
 * @param tone of brightness, colour, contrast and sharpness: the change of their factor, which is 1
 * @param bits that posterize takes from each value
 */
record Strengths(
        double shear, double translationShare, double translationPixels, double rotation, double tone, int bits) {
    static final Strengths RAND_AUGMENT = new Strengths(0.3, 150.0 / 331, 0, 30, 0.9, 4);
    static final Strengths TRIVIAL_AUGMENT = new Strengths(0.99, 0, 32, 135, 0.99, 6);

    /** The largest shift of a side of so many pixels. */
    double translation(int side) {
        return translationShare * side + translationPixels;
    }
}
