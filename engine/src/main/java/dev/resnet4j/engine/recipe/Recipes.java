package dev.resnet4j.engine.recipe;

import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.data.augment.ColorJitter;
import dev.resnet4j.data.augment.Geometry;

/** The recipes that are known to work, and where they come from. */
public final class Recipes {
    private static final double FAST_STATISTICS = 0.9;
    private static final double KERAS_STATISTICS = 0.99;

    /**
     * For about a thousand pictures that do not depend on where and how the thing was held: Adam with a warm-up and a
     * cosine decay, shifted, turned and zoomed pictures, an average of the weights. Measured on the tutorial's hand signs;
     * the figures are in docs/results.md.
     *
     * <p>Its momentum of batch normalisation is 0.9: after a few hundred steps Keras's 0.99 still remembers the statistics
     * of weights long gone, which is why the tutorial's network, judged after two epochs, does hardly better than chance.
     */
    public static final Recipe DEFAULT = new Recipe(
            "default",
            32,
            32,
            OptimizerSettings.adam(0.001),
            new ScheduleSettings(ScheduleSettings.Kind.COSINE, 1, 0.01),
            PictureSettings.UNCHANGED.withAugmentation(Augmentation.NONE
                    .withGeometry(Geometry.affine(15, 0.1, 0.15))
                    .withColor(ColorJitter.tone(0.15, 0.15))),
            0,
            0,
            FAST_STATISTICS);

    /** What the tutorial does: 2 epochs of Keras's own Adam, the pictures as they are. */
    public static final Recipe TUTORIAL = new Recipe(
            "tutorial",
            2,
            32,
            OptimizerSettings.adam(0.001),
            ScheduleSettings.CONSTANT,
            PictureSettings.UNCHANGED,
            0,
            0,
            KERAS_STATISTICS);

    private Recipes() {}
}
