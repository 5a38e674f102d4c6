package dev.resnet4j.data.augment;

import dev.resnet4j.data.Image;
import java.util.SplittableRandom;

/**
 * Random changes of colour, drawn evenly from their ranges anew for each picture. Saturation and hue are of red, green and
 * blue: they leave a grey picture as it is.
 *
 * @param brightness the largest amount added to all values or taken from them, as a share of full white, 0 to 1
 * @param contrast the largest change of the values' distance from the picture's mean, as a share, at least 0 and below 1
 * @param saturation the largest change of the colours' distance from grey, as a share, 0 to 1
 * @param hue the largest turn of the colours' hue in either direction, as a share of the colour circle, 0 to 0.5
 */
public record ColorJitter(double brightness, double contrast, double saturation, double hue) {
    /** Colours as they are. */
    public static final ColorJitter NONE = new ColorJitter(0, 0, 0, 0);

    private static final double WHITE = 255;

    /** @throws IllegalArgumentException if a number is out of its range */
    public ColorJitter {
        Range.require("the change of brightness", brightness, 0, 1);
        Range.require("the change of contrast", contrast, 0, Math.nextDown(1.0));
        Range.require("the change of saturation", saturation, 0, 1);
        Range.require("the change of hue", hue, 0, 0.5);
    }

    /** Brightness and contrast alone. */
    public static ColorJitter tone(double brightness, double contrast) {
        return new ColorJitter(brightness, contrast, 0, 0);
    }

    Image apply(Image image, RandomParts parts) {
        if (equals(NONE)) {
            return image;
        }
        SplittableRandom random = parts.of(RandomParts.COLOR);
        double added = WHITE * Range.between(random, brightness);
        double spread = 1 + Range.between(random, contrast);
        double colourfulness = 1 + Range.between(random, saturation);
        double turn = Range.between(random, hue);
        Image toned = changeTone(image, added, spread);
        return Colors.turnHue(Colors.saturate(toned, colourfulness), turn);
    }

    private static Image changeTone(Image image, double added, double spread) {
        if (added == 0 && spread == 1) {
            return image;
        }
        double mean = Colors.mean(image);
        return Colors.map(image, value -> mean + (value - mean) * spread + added);
    }
}
