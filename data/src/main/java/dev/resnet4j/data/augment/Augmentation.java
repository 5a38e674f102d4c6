package dev.resnet4j.data;

import java.util.SplittableRandom;

/**
 * Random changes to a training picture that leave its class as it is. Each picture of each epoch draws its own, evenly
 * from the ranges given here. Shift, rotation, zoom and flip are one bilinear warp; what it brings in from outside is
 * filled with the nearest edge pixel.
 *
 * @param maxShift the largest shift, as a fraction of height and of width, at least 0 and below 1
 * @param maxRotation the largest turn about the centre in either direction, in degrees, 0 to 180
 * @param maxZoom the largest change of size, as a fraction: 0.1 is from 0.9 to 1.1; at least 0 and below 1
 * @param horizontalFlip whether every second picture, drawn by chance, is mirrored left to right
 * @param maxBrightness the largest change of brightness, as a fraction of full white, 0 to 1
 * @param maxContrast the largest change of the distance from the picture's mean, as a fraction, at least 0 and below 1
 */
public record Augmentation(
        double maxShift,
        double maxRotation,
        double maxZoom,
        boolean horizontalFlip,
        double maxBrightness,
        double maxContrast) {
    /** Pictures as they are. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0, false, 0, 0);

    /** @throws IllegalArgumentException if a number is out of its range */
    public Augmentation {
        requireRange("the shift", maxShift, Math.nextDown(1.0));
        requireRange("the rotation", maxRotation, 180);
        requireRange("the zoom", maxZoom, Math.nextDown(1.0));
        requireRange("the change of brightness", maxBrightness, 1);
        requireRange("the change of contrast", maxContrast, Math.nextDown(1.0));
    }

    /**
     * A changed copy of a picture; the picture itself where there is nothing to change.
     *
     * @param image any size and number of channels
     * @param seed the same seed gives the same change
     */
    public Image apply(Image image, long seed) {
        if (equals(NONE)) {
            return image;
        }
        SplittableRandom random = new SplittableRandom(seed);
        // All are drawn, used or not: switching one change off leaves the others as they were.
        Warp warp = new Warp(
                between(random, maxShift) * image.height(),
                between(random, maxShift) * image.width(),
                Math.toRadians(between(random, maxRotation)),
                1 + between(random, maxZoom),
                random.nextBoolean() && horizontalFlip);
        double brightness = between(random, maxBrightness);
        double contrast = between(random, maxContrast);
        return withTone(movesPixels() ? warp.apply(image) : image, brightness, contrast);
    }

    private boolean movesPixels() {
        return maxShift > 0 || maxRotation > 0 || maxZoom > 0 || horizontalFlip;
    }

    private static Image withTone(Image image, double brightness, double contrast) {
        if (brightness == 0 && contrast == 0) {
            return image;
        }
        byte[] table = toneTable(mean(image.pixels()), brightness, contrast);
        byte[] pixels = new byte[image.pixels().length];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = table[Byte.toUnsignedInt(image.pixels()[index])];
        }
        return new Image(image.height(), image.width(), image.channels(), pixels);
    }

    private static byte[] toneTable(double mean, double brightness, double contrast) {
        byte[] table = new byte[256];
        for (int value = 0; value < table.length; value++) {
            double changed = mean + (value - mean) * (1 + contrast) + 255 * brightness;
            table[value] = (byte) Math.round(Math.max(0, Math.min(255, changed)));
        }
        return table;
    }

    private static double mean(byte[] pixels) {
        long sum = 0;
        for (byte pixel : pixels) {
            sum += Byte.toUnsignedInt(pixel);
        }
        return (double) sum / pixels.length;
    }

    private static double between(SplittableRandom random, double max) {
        return (2 * random.nextDouble() - 1) * max;
    }

    private static void requireRange(String what, double value, double max) {
        if (!(value >= 0 && value <= max)) {
            throw new IllegalArgumentException(what + " must be from 0 to " + max + ", but it is " + value);
        }
    }
}
