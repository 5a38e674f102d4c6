package dev.resnet4j.data.augment;

import dev.resnet4j.data.Image;
import java.util.SplittableRandom;

/**
 * A box of noise in the picture, so that no single part of it decides alone: Zhong et al. 2020, "Random Erasing Data
 * Augmentation", with each pixel drawn evenly, which did best there. Box and defaults are those of torchvision's
 * {@code RandomErasing}.
 *
 * @param probability that a picture gets one, 0 to 1
 * @param smallestArea of the box, as a share of the picture, above 0 and at most 1
 * @param largestArea of the box, as a share of the picture, at least the smallest
 * @param smallestRatio of height to width, above 0 and at most 1; the largest is its inverse
 */
public record RandomErasing(double probability, double smallestArea, double largestArea, double smallestRatio) {
    /** Nothing is erased. */
    public static final RandomErasing NONE = new RandomErasing(0, 0.02, 0.33, 0.3);

    private static final int TRIES = 10;

    /** @throws IllegalArgumentException if a number is out of its range */
    public RandomErasing {
        Range.require("the probability of random erasing", probability, 0, 1);
        Range.require("the smallest area erased", smallestArea, Double.MIN_VALUE, 1);
        Range.require("the largest area erased", largestArea, smallestArea, 1);
        Range.require("the smallest ratio of what is erased", smallestRatio, Double.MIN_VALUE, 1);
    }

    /** With this probability; the box is as it was. */
    public RandomErasing withProbability(double newProbability) {
        return new RandomErasing(newProbability, smallestArea, largestArea, smallestRatio);
    }

    Image apply(Image image, RandomParts parts) {
        SplittableRandom random = parts.of(RandomParts.ERASING);
        if (random.nextDouble() >= probability) {
            return image;
        }
        for (int tried = 0; tried < TRIES; tried++) {
            double area = smallestArea + random.nextDouble() * (largestArea - smallestArea);
            double ratio = Math.exp(Range.between(random, Math.log(smallestRatio)));
            double pixels = area * image.height() * image.width();
            long height = Math.round(Math.sqrt(pixels * ratio));
            long width = Math.round(Math.sqrt(pixels / ratio));
            if (height < image.height() && width < image.width()) {
                return withNoise(image, (int) height, (int) width, random);
            }
        }
        return image;
    }

    private static Image withNoise(Image image, int height, int width, SplittableRandom random) {
        int top = random.nextInt(image.height() - height + 1);
        int left = random.nextInt(image.width() - width + 1);
        byte[] pixels = image.pixels().clone();
        byte[] noise = new byte[width * image.channels()];
        for (int row = top; row < top + height; row++) {
            random.nextBytes(noise);
            System.arraycopy(noise, 0, pixels, (row * image.width() + left) * image.channels(), noise.length);
        }
        return new Image(image.height(), image.width(), image.channels(), pixels);
    }
}
