package dev.resnet4j.data.batch;

/**
 * Pictures and labels as the numbers of one training or evaluation step. The arrays are not copied.
 *
 * @param size the number of pictures, at least 1
 * @param height rows of each picture
 * @param width columns of each picture
 * @param channels channels of each picture
 * @param images size * height * width * channels numbers: (batch, height, width, channels), channels last
 * @param classes the number of classes
 * @param labels size * classes numbers: 1 at the picture's class and 0 elsewhere, or the shares of the classes of a mixed
 *     picture, which add up to 1
 */
@SuppressWarnings("ArrayRecordComponent") // handed to native code as they are
public record Batch(int size, int height, int width, int channels, float[] images, int classes, float[] labels) {
    /** @throws IllegalArgumentException if an array has another length than the sizes say */
    public Batch {
        requireLength("images", images.length, (long) size * height * width * channels);
        requireLength("labels", labels.length, (long) size * classes);
    }

    private static void requireLength(String what, long actual, long expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(
                    what + " of a batch must hold " + expected + " numbers, but it holds " + actual);
        }
    }

    /** Other numbers for the same pictures. */
    Batch with(float[] newImages, float[] newLabels) {
        return new Batch(size, height, width, channels, newImages, classes, newLabels);
    }
}
