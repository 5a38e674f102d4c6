package dev.resnet4j.data;

import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The chance of one epoch: its order of pictures, and seeds for what is drawn for each picture and each batch. All of it
 * depends on the seed and the epoch alone, not on what was drawn before, so that a run can go on in the middle of any
 * epoch.
 *
 * @param seed of the whole run
 * @param epoch counted from 0
 */
public record Shuffle(long seed, int epoch) {
    private static final int ORDER = 0;
    private static final int PICTURES = 1;
    private static final int BATCHES = 2;
    private static final int SAMPLING = 3;

    /**
     * The order in which the epoch sees a data set's pictures.
     *
     * @param size the number of pictures
     * @return each of 0 to {@code size - 1} once, by the algorithm of Fisher and Yates
     */
    public int[] order(int size) {
        int[] order = IntStream.range(0, size).toArray();
        SplittableRandom random = new SplittableRandom(mix(ORDER));
        for (int last = size - 1; last > 0; last--) {
            int chosen = random.nextInt(last + 1);
            int index = order[chosen];
            order[chosen] = order[last];
            order[last] = index;
        }
        return order;
    }

    /**
     * A seed for the augmentation of one picture.
     *
     * @param place of the picture in the epoch, counted from 0: a picture that is drawn twice has two
     */
    public long seedOfPicture(int place) {
        return next(mix(PICTURES) + place);
    }

    /**
     * A seed for mixing the pictures of one batch.
     *
     * @param batch counted from 0 in the epoch
     */
    public long seedOfBatch(int batch) {
        return next(mix(BATCHES) + batch);
    }

    /** A seed for drawing the epoch's pictures with replacement. */
    public long seedOfSampling() {
        return mix(SAMPLING);
    }

    private long mix(int purpose) {
        return next(next(next(seed) + epoch) + purpose);
    }

    /** One step of SplitMix64 (Steele, Lea and Flood 2014): neighbouring seeds give unrelated numbers. */
    private static long next(long seed) {
        return new SplittableRandom(seed).nextLong();
    }
}
