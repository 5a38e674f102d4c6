package dev.resnet4j.engine.recipe;

import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.data.batch.Mixing;
import dev.resnet4j.data.batch.Sampling;
import java.util.Objects;

/**
 * What a recipe does with the training pictures.
 *
 * @param augmentation random changes of each picture
 * @param mixing of the pictures of a batch with each other
 * @param sampling which pictures an epoch sees
 * @param classWeights how much the pictures of each class count
 */
public record PictureSettings(
        Augmentation augmentation, Mixing mixing, Sampling sampling, ClassWeighting classWeights) {
    /** Every picture once an epoch, as it is, and all count the same. */
    public static final PictureSettings UNCHANGED =
            new PictureSettings(Augmentation.NONE, Mixing.NONE, Sampling.EVERY_PICTURE, ClassWeighting.EQUAL);

    /** @throws NullPointerException if a part is missing */
    public PictureSettings {
        Objects.requireNonNull(augmentation, "augmentation");
        Objects.requireNonNull(mixing, "mixing");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(classWeights, "class weights");
    }

    /** With other changes of each picture. */
    public PictureSettings withAugmentation(Augmentation newAugmentation) {
        return new PictureSettings(newAugmentation, mixing, sampling, classWeights);
    }

    /** With the pictures of a batch mixed in another way. */
    public PictureSettings withMixing(Mixing newMixing) {
        return new PictureSettings(augmentation, newMixing, sampling, classWeights);
    }

    /** With other pictures in each epoch. */
    public PictureSettings withSampling(Sampling newSampling) {
        return new PictureSettings(augmentation, mixing, newSampling, classWeights);
    }

    /** With other weights of the classes. */
    public PictureSettings withClassWeights(ClassWeighting newClassWeights) {
        return new PictureSettings(augmentation, mixing, sampling, newClassWeights);
    }
}
