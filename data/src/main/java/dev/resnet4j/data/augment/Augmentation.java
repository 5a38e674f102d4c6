package dev.resnet4j.data.augment;

import dev.resnet4j.data.Image;
import java.util.Objects;

/**
 * Random changes of a training picture that leave its class as it is: first of place, then those of a policy, then of
 * colour, then a box is erased. Each picture of each epoch draws its own.
 *
 * <pre>{@code
 * Augmentation augmentation = Augmentation.NONE
 *         .withGeometry(Geometry.affine(15, 0.1, 0.15).withHorizontalFlip(0.5))
 *         .withColor(ColorJitter.tone(0.15, 0.15));
 * }</pre>
 *
 * @param geometry crops, flips, turns, shifts, zooms
 * @param automatic RandAugment or TrivialAugment
 * @param color brightness, contrast, saturation, hue
 * @param erasing a box of noise
 */
public record Augmentation(
        Geometry geometry, AutomaticAugmentation automatic, ColorJitter color, RandomErasing erasing) {
    /** Pictures as they are. */
    public static final Augmentation NONE =
            new Augmentation(Geometry.NONE, AutomaticAugmentation.NONE, ColorJitter.NONE, RandomErasing.NONE);

    /** @throws NullPointerException if a part is missing */
    public Augmentation {
        Objects.requireNonNull(geometry, "geometry");
        Objects.requireNonNull(automatic, "automatic");
        Objects.requireNonNull(color, "color");
        Objects.requireNonNull(erasing, "erasing");
    }

    /** With other changes of place. */
    public Augmentation withGeometry(Geometry newGeometry) {
        return new Augmentation(newGeometry, automatic, color, erasing);
    }

    /** With another policy. */
    public Augmentation withAutomatic(AutomaticAugmentation newAutomatic) {
        return new Augmentation(geometry, newAutomatic, color, erasing);
    }

    /** With other changes of colour. */
    public Augmentation withColor(ColorJitter newColor) {
        return new Augmentation(geometry, automatic, newColor, erasing);
    }

    /** With another erasing. */
    public Augmentation withErasing(RandomErasing newErasing) {
        return new Augmentation(geometry, automatic, color, newErasing);
    }

    /**
     * A changed copy of a picture; the picture itself where there is nothing to change.
     *
     * @param image any size and number of channels
     * @param seed the same seed gives the same change
     */
    public Image apply(Image image, long seed) {
        RandomParts random = new RandomParts(seed);
        Image moved = geometry.apply(image, random);
        Image processed = automatic.apply(moved, random);
        Image coloured = color.apply(processed, random);
        return erasing.apply(coloured, random);
    }
}
