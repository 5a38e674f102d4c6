package dev.resnet4j.cli;

import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.data.augment.AutomaticAugmentation;
import dev.resnet4j.data.augment.ColorJitter;
import dev.resnet4j.data.augment.Geometry;
import dev.resnet4j.data.augment.RandomErasing;
import dev.resnet4j.data.batch.Mixing;
import picocli.CommandLine.Option;

/** The options that give a recipe's changes of the training pictures anew. */
final class AugmentationOptions {
    private static final double EVERY_SECOND = 0.5;

    @Option(
            names = "--random-crop",
            paramLabel = "S",
            description = "Bring a random box of a training picture, of this share of its area or more, to the"
                    + " picture's size, such as 0.25; 1 for the whole picture.")
    private Double randomCrop;

    @Option(
            names = "--padding",
            paramLabel = "N",
            description = "Add N pixels on each side of a training picture and cut a box of its size out, such as 4 for"
                    + " 32x32.")
    private Integer padding;

    @Option(
            names = "--horizontal-flip",
            negatable = true,
            description = "Mirror every second training picture left to right, or do not.")
    private Boolean horizontalFlip;

    @Option(
            names = "--vertical-flip",
            negatable = true,
            description = "Mirror every second training picture top to bottom, or do not.")
    private Boolean verticalFlip;

    @Option(names = "--shift", paramLabel = "S", description = "Largest shift of a training picture, as a share of it.")
    private Double shift;

    @Option(names = "--rotation", paramLabel = "DEGREES", description = "Largest turn of a training picture.")
    private Double rotation;

    @Option(
            names = "--zoom",
            paramLabel = "Z",
            description = "Largest change of a training picture's size, as a share.")
    private Double zoom;

    @Option(
            names = "--brightness",
            paramLabel = "B",
            description = "Largest change of brightness, as a share of white.")
    private Double brightness;

    @Option(names = "--contrast", paramLabel = "C", description = "Largest change of contrast, as a share.")
    private Double contrast;

    @Option(names = "--saturation", paramLabel = "S", description = "Largest change of saturation, as a share.")
    private Double saturation;

    @Option(
            names = "--hue",
            paramLabel = "H",
            description = "Largest turn of the hue, as a share of the colour circle, 0 to 0.5.")
    private Double hue;

    @Option(
            names = "--auto-augment",
            paramLabel = "NAME",
            description = "Operations drawn by a policy: ${COMPLETION-CANDIDATES}.")
    private AutomaticAugmentation.Policy policy;

    @Option(
            names = "--randaugment-operations",
            paramLabel = "N",
            description = "How many operations RandAugment does, 1 to 14.")
    private Integer operations;

    @Option(
            names = "--randaugment-magnitude",
            paramLabel = "M",
            description = "How strong RandAugment's operations are, 0 to 30.")
    private Integer magnitude;

    @Option(
            names = "--random-erasing",
            paramLabel = "P",
            description = "Probability that a box of a training picture becomes noise, 0 to 1.")
    private Double erasing;

    @Option(
            names = "--mixup",
            paramLabel = "A",
            description = "Mix pairs of training pictures and their labels, with a share from Beta(A, A), such as 0.2;"
                    + " 0 for none.")
    private Double mixup;

    @Option(
            names = "--cutmix",
            paramLabel = "A",
            description = "Put a box of one training picture in another, with a share from Beta(A, A), such as 1; 0 for"
                    + " none. With --mixup, each batch does one of both.")
    private Double cutmix;

    /** A recipe's augmentation, with what was given in place of its own numbers. */
    Augmentation augmentation(Augmentation base) {
        return new Augmentation(
                geometry(base.geometry()), automatic(base.automatic()), color(base.color()), erasing(base.erasing()));
    }

    private Geometry geometry(Geometry base) {
        return new Geometry(
                RecipeOptions.or(randomCrop, base.smallestCrop()),
                RecipeOptions.or(padding, base.padding()),
                probability(horizontalFlip, base.horizontalFlip()),
                probability(verticalFlip, base.verticalFlip()),
                RecipeOptions.or(rotation, base.maxRotation()),
                RecipeOptions.or(shift, base.maxTranslation()),
                RecipeOptions.or(zoom, base.maxZoom()));
    }

    private static double probability(Boolean given, double recipes) {
        if (given == null) {
            return recipes;
        }
        return given ? EVERY_SECOND : 0;
    }

    private AutomaticAugmentation automatic(AutomaticAugmentation base) {
        return new AutomaticAugmentation(
                RecipeOptions.or(policy, base.policy()),
                RecipeOptions.or(operations, base.operations()),
                RecipeOptions.or(magnitude, base.magnitude()));
    }

    private ColorJitter color(ColorJitter base) {
        return new ColorJitter(
                RecipeOptions.or(brightness, base.brightness()),
                RecipeOptions.or(contrast, base.contrast()),
                RecipeOptions.or(saturation, base.saturation()),
                RecipeOptions.or(hue, base.hue()));
    }

    private RandomErasing erasing(RandomErasing base) {
        return base.withProbability(RecipeOptions.or(erasing, base.probability()));
    }

    /** A recipe's mixing, with what was given in place of its own numbers. */
    Mixing mixing(Mixing base) {
        return new Mixing(RecipeOptions.or(mixup, base.mixup()), RecipeOptions.or(cutmix, base.cutmix()));
    }
}
