package dev.resnet4j.engine.recipe;

import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.data.augment.AutomaticAugmentation;
import dev.resnet4j.data.augment.ColorJitter;
import dev.resnet4j.data.augment.Geometry;
import dev.resnet4j.data.augment.RandomErasing;
import dev.resnet4j.data.batch.Mixing;

/** The recipes that are known to work, and where they come from. */
public final class Recipes {
    private static final NetworkSettings FAST_STATISTICS = NetworkSettings.momentum(0.9);
    private static final NetworkSettings KERAS_STATISTICS = NetworkSettings.momentum(0.99);
    private static final PictureSettings LIGHTLY_CHANGED = PictureSettings.UNCHANGED.withAugmentation(
            Augmentation.NONE.withGeometry(Geometry.affine(15, 0.1, 0.15)).withColor(ColorJitter.tone(0.15, 0.15)));

    /**
     * For about a thousand pictures that do not depend on where and how the thing was held: Adam with a warm-up and a
     * cosine decay; shifted, turned and zoomed pictures of other brightness and contrast. Measured on the tutorial's hand
     * signs; the figures are in docs/results.md.
     *
     * <p>Its momentum of batch normalisation is 0.9: after a few hundred steps Keras's 0.99 still remembers the statistics
     * of weights long gone, which is why the tutorial's network, judged after two epochs, does hardly better than chance.
     */
    public static final Recipe DEFAULT = new Recipe(
            "default",
            32,
            32,
            OptimizerSettings.adam(0.001),
            ScheduleSettings.cosine(1, 0.01),
            LIGHTLY_CHANGED,
            FAST_STATISTICS,
            PatienceSettings.NONE,
            0,
            0);

    /**
     * For a network that was trained on other pictures: SGD with Nesterov's momentum, a rate that warms up to 0.03 and
     * decays as half a cosine, and the default's changes of the pictures. Measured on the tutorial's hand signs; the figures are
     * in docs/transfer-learning.md.
     */
    public static final Recipe FINETUNE = new Recipe(
            "finetune",
            15,
            32,
            OptimizerSettings.sgd(0.03),
            ScheduleSettings.cosine(1, 0.01),
            LIGHTLY_CHANGED,
            FAST_STATISTICS,
            PatienceSettings.NONE,
            0,
            0);

    /** What the tutorial does: 2 epochs of Keras's own Adam, the pictures as they are. */
    public static final Recipe TUTORIAL = new Recipe(
            "tutorial",
            2,
            32,
            OptimizerSettings.adam(0.001),
            ScheduleSettings.CONSTANT,
            PictureSettings.UNCHANGED,
            KERAS_STATISTICS,
            PatienceSettings.NONE,
            0,
            0);

    /**
     * What He et al. 2015 trained CIFAR-10 with (section 4.2), for pictures of 32x32: SGD with a momentum of 0.9 and a
     * weight decay of 0.0001, a rate of 0.1 that falls to a tenth at half and at three quarters of 64,000 steps of 128
     * pictures; 4 pixels of padding, crops and flips. The recipe's 164 epochs are so many steps of all 50,000 training
     * pictures; of the 45,000 that are left where 5,000 are kept apart, 182 are ({@code withEpochs(182)}). The paper pads
     * with zeros, this with the edge; it warms up ResNet-110 by a rate of 0.01. Not measured here: CIFAR-10's training
     * pictures were not at hand.
     */
    public static final Recipe CIFAR = new Recipe(
            "cifar",
            164,
            128,
            new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.1, 0.9, false, 0.0001, 0, 1),
            ScheduleSettings.usual(ScheduleSettings.Kind.STEP),
            PictureSettings.UNCHANGED.withAugmentation(
                    Augmentation.NONE.withGeometry(Geometry.NONE.withPadding(4).withHorizontalFlip(0.5))),
            FAST_STATISTICS,
            PatienceSettings.NONE,
            0,
            0);

    /**
     * What torchvision's {@code ResNet50_Weights.IMAGENET1K_V2} were trained with (80.9 % top-1; "How to Train State-Of-The-Art
     * Models Using TorchVision's Latest Primitives", 2021), for crops of 176x176 and 1,024 pictures a step: SGD at 0.5
     * that warms up from a hundredth over 5 epochs and decays as half a cosine, a weight decay of 0.00002, TrivialAugment,
     * random erasing, mixup or cutmix, label smoothing, an average of the weights. torchvision's average takes every 32nd
     * step with a share of 0.00109; this one takes each step with the share that comes to the same. Its repeated
     * augmentation is left out, and it draws crops, colour and erasing in its own way. Not measured here: ImageNet was not
     * at hand.
     */
    public static final Recipe IMAGENET = new Recipe(
            "imagenet",
            600,
            1024,
            new OptimizerSettings(OptimizerSettings.Kind.SGD, 0.5, 0.9, false, 0.00002, 0, 1),
            ScheduleSettings.cosine(5, 0).withWarmupShare(0.01),
            PictureSettings.UNCHANGED
                    .withAugmentation(new Augmentation(
                            Geometry.NONE.withSmallestCrop(0.08).withHorizontalFlip(0.5),
                            AutomaticAugmentation.TRIVIAL_AUGMENT,
                            ColorJitter.NONE,
                            RandomErasing.NONE.withProbability(0.1)))
                    .withMixing(new Mixing(0.2, 1)),
            FAST_STATISTICS,
            PatienceSettings.NONE,
            0.1,
            0.999966);

    private Recipes() {}
}
