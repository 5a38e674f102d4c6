package dev.resnet4j.data.augment;

import dev.resnet4j.data.Image;
import java.util.SplittableRandom;

/**
 * Random changes of place: crop, flips, rotation, zoom and translation, drawn anew for each picture and done as one
 * bilinear warp, so that a picture is blurred once at most. What comes in from outside is filled with the nearest edge
 * pixel.
 *
 * @param smallestCrop torchvision's {@code RandomResizedCrop}: a box of this share of the picture's area or more, of an
 *     aspect ratio between 3/4 and 4/3, is brought to the picture's size; above 0 and at most 1, which is off
 * @param padding so many pixels are added on each side and a box of the picture's size cut out, as He et al. (2015,
 *     section 4.2) do with CIFAR; 0 is off
 * @param horizontalFlip the probability of exchanging left and right, 0 to 1
 * @param verticalFlip the probability of exchanging top and bottom, 0 to 1
 * @param maxRotation the largest turn in either direction, in degrees, 0 to 180
 * @param maxTranslation the largest shift, as a share of height and of width, at least 0 and below 1
 * @param maxZoom the largest change of size, as a share: 0.1 is from 0.9 to 1.1; at least 0 and below 1
 */
public record Geometry(
        double smallestCrop,
        int padding,
        double horizontalFlip,
        double verticalFlip,
        double maxRotation,
        double maxTranslation,
        double maxZoom) {
    /** Pictures where they are. */
    public static final Geometry NONE = new Geometry(1, 0, 0, 0, 0, 0, 0);

    private static final double WIDEST_RATIO = 4.0 / 3;
    private static final int TRIES = 10;

    /** @throws IllegalArgumentException if a number is out of its range */
    public Geometry {
        Range.require("the smallest crop", smallestCrop, Double.MIN_VALUE, 1);
        Range.require("the padding", padding, 0, 1_000_000);
        Range.require("the probability of a horizontal flip", horizontalFlip, 0, 1);
        Range.require("the probability of a vertical flip", verticalFlip, 0, 1);
        Range.require("the rotation", maxRotation, 0, 180);
        Range.require("the translation", maxTranslation, 0, Math.nextDown(1.0));
        Range.require("the zoom", maxZoom, 0, Math.nextDown(1.0));
    }

    /** Rotation, translation and zoom, nothing else. */
    public static Geometry affine(double maxRotation, double maxTranslation, double maxZoom) {
        return new Geometry(1, 0, 0, 0, maxRotation, maxTranslation, maxZoom);
    }

    /** With another smallest crop. */
    public Geometry withSmallestCrop(double newCrop) {
        return new Geometry(newCrop, padding, horizontalFlip, verticalFlip, maxRotation, maxTranslation, maxZoom);
    }

    /** With so many pixels of padding before a crop. */
    public Geometry withPadding(int newPadding) {
        return new Geometry(
                smallestCrop, newPadding, horizontalFlip, verticalFlip, maxRotation, maxTranslation, maxZoom);
    }

    /** With this probability of exchanging left and right. */
    public Geometry withHorizontalFlip(double probability) {
        return new Geometry(smallestCrop, padding, probability, verticalFlip, maxRotation, maxTranslation, maxZoom);
    }

    /** With this probability of exchanging top and bottom. */
    public Geometry withVerticalFlip(double probability) {
        return new Geometry(smallestCrop, padding, horizontalFlip, probability, maxRotation, maxTranslation, maxZoom);
    }

    Image apply(Image image, RandomParts random) {
        if (equals(NONE)) {
            return image;
        }
        return crop(image, random.of(RandomParts.CROP))
                .then(pad(random.of(RandomParts.PADDING)))
                .then(flip(random.of(RandomParts.FLIP)))
                .then(affine(image, random.of(RandomParts.AFFINE)))
                .apply(image);
    }

    private Affine crop(Image image, SplittableRandom random) {
        if (smallestCrop == 1) {
            return Affine.IDENTITY;
        }
        double height = image.height();
        double width = image.width();
        for (int tried = 0; tried < TRIES; tried++) {
            double area = height * width * (smallestCrop + random.nextDouble() * (1 - smallestCrop));
            double ratio = Math.exp(Range.between(random, Math.log(WIDEST_RATIO)));
            double boxWidth = Math.sqrt(area * ratio);
            double boxHeight = Math.sqrt(area / ratio);
            if (boxWidth <= width && boxHeight <= height) {
                double top = random.nextDouble() * (height - boxHeight);
                double left = random.nextDouble() * (width - boxWidth);
                return Affine.translation((height - boxHeight) / 2 - top, (width - boxWidth) / 2 - left)
                        .then(Affine.scaling(height / boxHeight, width / boxWidth));
            }
        }
        return Affine.IDENTITY;
    }

    private Affine pad(SplittableRandom random) {
        int down = random.nextInt(2 * padding + 1) - padding;
        int right = random.nextInt(2 * padding + 1) - padding;
        return Affine.translation(down, right);
    }

    private Affine flip(SplittableRandom random) {
        boolean horizontal = random.nextDouble() < horizontalFlip;
        boolean vertical = random.nextDouble() < verticalFlip;
        return Affine.flip(horizontal, vertical);
    }

    private Affine affine(Image image, SplittableRandom random) {
        double down = Range.between(random, maxTranslation) * image.height();
        double right = Range.between(random, maxTranslation) * image.width();
        double angle = Math.toRadians(Range.between(random, maxRotation));
        double scale = 1 + Range.between(random, maxZoom);
        return Affine.rotation(angle).then(Affine.scaling(scale, scale)).then(Affine.translation(down, right));
    }
}
