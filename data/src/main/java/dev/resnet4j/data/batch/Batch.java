package dev.resnet4j.data;

/**
 * Pictures and labels as the numbers of one training or evaluation step. The arrays are not copied.
 *
 * @param size the number of pictures, at least 1
 * @param height rows of each picture
 * @param width columns of each picture
 * @param channels channels of each picture
 * @param images size * height * width * channels numbers: (batch, height, width, channels), channels last
 * @param classes the number of classes
 * @param labels size * classes numbers, one-hot: 1 at the picture's class, 0 elsewhere
 */
@SuppressWarnings("ArrayRecordComponent") // handed to native code as they are
public record Batch(int size, int height, int width, int channels, float[] images, int classes, float[] labels) {
    /** @throws IllegalArgumentException if an array has another length than the sizes say */
    public Batch {
        requireLength("images", images.length, (long) size * height * width * channels);
        requireLength("labels", labels.length, (long) size * classes);
    }

    /**
     * The pictures at the given places of a data set.
     *
     * @param indices places in {@code dataset}
     * @param preprocessing how bytes become numbers
     * @param augmentation the change to each picture
     * @param shuffle where the augmentation draws its numbers from
     */
    static Batch of(
            Dataset dataset, int[] indices, Preprocessing preprocessing, Augmentation augmentation, Shuffle shuffle) {
        int imageLength = dataset.height() * dataset.width() * dataset.channels();
        float[] images = new float[Math.multiplyExact(indices.length, imageLength)];
        float[] labels = new float[Math.multiplyExact(indices.length, dataset.classes())];
        for (int place = 0; place < indices.length; place++) {
            int index = indices[place];
            Image image = augmentation.apply(dataset.images().get(index), shuffle.seedOfPicture(index));
            preprocessing.write(image, images, place * imageLength);
            labels[place * dataset.classes() + dataset.labels().get(index)] = 1f;
        }
        return new Batch(
                indices.length,
                dataset.height(),
                dataset.width(),
                dataset.channels(),
                images,
                dataset.classes(),
                labels);
    }

    private static void requireLength(String what, long actual, long expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(
                    what + " of a batch must hold " + expected + " numbers, but it holds " + actual);
        }
    }
}
