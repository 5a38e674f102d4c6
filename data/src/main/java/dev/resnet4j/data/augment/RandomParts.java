package dev.resnet4j.data.augment;

import java.util.SplittableRandom;

/**
 * A stream of random numbers for each part of the changes to one picture: switching one part off leaves the draws of the
 * others as they were.
 *
 * @param seed of the picture
 */
record RandomParts(long seed) {
    static final int CROP = 0;
    static final int PADDING = 1;
    static final int FLIP = 2;
    static final int AFFINE = 3;
    static final int COLOR = 4;
    static final int AUTOMATIC = 5;
    static final int ERASING = 6;

    /** The stream of one part; the same each time. */
    SplittableRandom of(int part) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() + part);
    }
}
