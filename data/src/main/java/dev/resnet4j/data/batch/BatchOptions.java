package dev.resnet4j.data.batch;

import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.augment.Augmentation;
import java.util.Objects;

/**
 * How batches are made of a data set.
 *
 * @param batchSize pictures a batch, at least 1
 * @param preprocessing how bytes become numbers
 * @param sampling which pictures an epoch sees
 * @param augmentation random changes of each picture
 * @param mixing of the pictures of a batch with each other
 */
public record BatchOptions(
        int batchSize, Preprocessing preprocessing, Sampling sampling, Augmentation augmentation, Mixing mixing) {
    /** @throws IllegalArgumentException if the batch size is below 1 */
    public BatchOptions {
        if (batchSize < 1) {
            throw new IllegalArgumentException("the batch size must be at least 1, but it is " + batchSize);
        }
        Objects.requireNonNull(preprocessing, "preprocessing");
        Objects.requireNonNull(sampling, "sampling");
        Objects.requireNonNull(augmentation, "augmentation");
        Objects.requireNonNull(mixing, "mixing");
    }

    /** Every picture once and as it is. */
    public static BatchOptions plain(int batchSize, Preprocessing preprocessing) {
        return new BatchOptions(batchSize, preprocessing, Sampling.EVERY_PICTURE, Augmentation.NONE, Mixing.NONE);
    }

    /** With these random changes of each picture. */
    public BatchOptions withAugmentation(Augmentation newAugmentation) {
        return new BatchOptions(batchSize, preprocessing, sampling, newAugmentation, mixing);
    }

    /** With the pictures of each batch mixed in this way. */
    public BatchOptions withMixing(Mixing newMixing) {
        return new BatchOptions(batchSize, preprocessing, sampling, augmentation, newMixing);
    }

    /** With other pictures in each epoch. */
    public BatchOptions withSampling(Sampling newSampling) {
        return new BatchOptions(batchSize, preprocessing, newSampling, augmentation, mixing);
    }
}
