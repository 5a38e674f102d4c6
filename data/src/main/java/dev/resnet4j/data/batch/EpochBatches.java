package dev.resnet4j.data.batch;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.Shuffle;

/**
 * The batches of one pass over a data set, each made from its number alone.
 *
 * @param dataset the pictures
 * @param order the place in the data set of each picture of the pass
 * @param options how batches are made
 * @param shuffle where augmentation and mixing draw their numbers from
 */
@SuppressWarnings("ArrayRecordComponent") // as long as the data set, and never compared
record EpochBatches(Dataset dataset, int[] order, BatchOptions options, Shuffle shuffle) {
    /** How many; the last one has fewer pictures where they do not come out even. */
    int count() {
        return (order.length - 1) / options.batchSize() + 1;
    }

    /**
     * Makes a batch.
     *
     * @param number from 0 to below {@link #count}
     */
    Batch make(int number) {
        int from = number * options.batchSize();
        int size = Math.min(options.batchSize(), order.length - from);
        int imageLength = dataset.height() * dataset.width() * dataset.channels();
        float[] images = new float[Math.multiplyExact(size, imageLength)];
        float[] labels = new float[Math.multiplyExact(size, dataset.classes())];
        for (int row = 0; row < size; row++) {
            int index = order[from + row];
            options.preprocessing().write(augmented(index, from + row), images, row * imageLength);
            labels[row * dataset.classes() + dataset.labels().get(index)] = 1f;
        }
        Batch batch = new Batch(
                size, dataset.height(), dataset.width(), dataset.channels(), images, dataset.classes(), labels);
        return options.mixing().apply(batch, shuffle.seedOfBatch(number));
    }

    private Image augmented(int index, int place) {
        return options.augmentation().apply(dataset.images().get(index), shuffle.seedOfPicture(place));
    }
}
