package dev.resnet4j.data.augment;

import dev.resnet4j.data.Image;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * A policy that draws operations from one list, with the strengths of torchvision's {@code RandAugment} and
 * {@code TrivialAugmentWide}: identity, shears, translations, rotation, brightness, colour, contrast, sharpness,
 * posterize, solarize, automatic contrast and equalize. Each is as likely as the others, and those that have two
 * directions take either. Other than there, pixels are interpolated, and what comes in from outside is filled with the
 * nearest edge pixel instead of black.
 *
 * @param policy how operations are drawn
 * @param operations how many one after another, 1 to 14; of RandAugment, TrivialAugment does one
 * @param magnitude their strength, 0 to 30; of RandAugment, TrivialAugment draws it anew for each picture
 */
public record AutomaticAugmentation(Policy policy, int operations, int magnitude) {
    /** How operations are drawn. */
    public enum Policy {
        /** None are. */
        NONE,
        /** So many of one strength: Cubuk et al. 2020, "RandAugment". */
        RAND_AUGMENT,
        /** One of any strength, from wider ranges: Müller and Hutter 2021, "TrivialAugment", its wide variant. */
        TRIVIAL_AUGMENT;

        /** The word for it, as people write it: {@code randaugment}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace("_", "");
        }
    }

    /** The strongest of the magnitudes. */
    static final int STRONGEST = 30;

    private static final int USUAL_OPERATIONS = 2;
    private static final int USUAL_MAGNITUDE = 9;

    /** No operations. */
    public static final AutomaticAugmentation NONE =
            new AutomaticAugmentation(Policy.NONE, USUAL_OPERATIONS, USUAL_MAGNITUDE);

    /** RandAugment of two operations at magnitude 9, which its authors use for ImageNet and ResNet-50. */
    public static final AutomaticAugmentation RAND_AUGMENT = NONE.withPolicy(Policy.RAND_AUGMENT);

    /** TrivialAugment, which has nothing to set. */
    public static final AutomaticAugmentation TRIVIAL_AUGMENT = NONE.withPolicy(Policy.TRIVIAL_AUGMENT);

    /** @throws IllegalArgumentException if a number is out of its range */
    public AutomaticAugmentation {
        Objects.requireNonNull(policy, "policy");
        Range.require("the number of operations", operations, 1, Operation.values().length);
        Range.require("the magnitude", magnitude, 0, STRONGEST);
    }

    /** With another policy. */
    public AutomaticAugmentation withPolicy(Policy newPolicy) {
        return new AutomaticAugmentation(newPolicy, operations, magnitude);
    }

    Image apply(Image image, RandomParts parts) {
        SplittableRandom random = parts.of(RandomParts.AUTOMATIC);
        return switch (policy) {
            case NONE -> image;
            case RAND_AUGMENT -> randAugment(image, random);
            case TRIVIAL_AUGMENT -> applyAny(image, Strengths.TRIVIAL_AUGMENT, random.nextInt(STRONGEST + 1), random);
        };
    }

    private Image randAugment(Image image, SplittableRandom random) {
        Image changed = image;
        for (int operation = 0; operation < operations; operation++) {
            changed = applyAny(changed, Strengths.RAND_AUGMENT, magnitude, random);
        }
        return changed;
    }

    private static Image applyAny(Image image, Strengths strengths, int magnitude, SplittableRandom random) {
        Operation[] all = Operation.values();
        Operation operation = all[random.nextInt(all.length)];
        double share = (double) magnitude / STRONGEST;
        return operation.apply(image, strengths, random.nextBoolean() ? share : -share);
    }
}
