package dev.resnet4j.data;

/**
 * Brings pictures to another size as TensorFlow does: {@code tf.image.resize} by bilinear interpolation with half-pixel
 * centres and no smoothing before a picture is made smaller, the aspect ratio not kept; the result is rounded to bytes.
 * Keras's {@code image_dataset_from_directory} resizes so. {@link PillowResize} is how Keras's {@code load_img} does.
 */
public final class TensorFlowResize {
    private TensorFlowResize() {}

    /** The picture in another size; the picture itself where it has that size. */
    public static Image bilinear(Image image, ImageSize size) {
        if (image.height() == size.height() && image.width() == size.width()) {
            return image;
        }
        Axis rows = Axis.of(image.height(), size.height());
        Axis columns = Axis.of(image.width(), size.width());
        int channels = image.channels();
        byte[] pixels = new byte[Math.multiplyExact(Math.multiplyExact(size.height(), size.width()), channels)];
        int target = 0;
        for (int row = 0; row < size.height(); row++) {
            int upper = rows.before[row] * image.width();
            int lower = rows.after[row] * image.width();
            for (int column = 0; column < size.width(); column++) {
                int left = columns.before[column];
                int right = columns.after[column];
                for (int channel = 0; channel < channels; channel++) {
                    float above = between(
                            image.pixels(),
                            (upper + left) * channels + channel,
                            (upper + right) * channels + channel,
                            columns.weight[column]);
                    float below = between(
                            image.pixels(),
                            (lower + left) * channels + channel,
                            (lower + right) * channels + channel,
                            columns.weight[column]);
                    pixels[target++] = (byte) Math.round(above + rows.weight[row] * (below - above));
                }
            }
        }
        return new Image(size.height(), size.width(), channels, pixels);
    }

    /**
     * All pictures in another size; the data set itself where they have that size.
     *
     * @throws DataException if they would not fit in memory
     */
    public static Dataset bilinear(Dataset dataset, ImageSize size) {
        if (dataset.height() == size.height() && dataset.width() == size.width()) {
            return dataset;
        }
        MemoryBudget.requirePictures(dataset.size(), size, dataset.channels());
        return new Dataset(
                dataset.images().parallelStream()
                        .map(image -> bilinear(image, size))
                        .toList(),
                dataset.labels(),
                dataset.classNames());
    }

    private static float between(byte[] pixels, int first, int second, float weight) {
        float start = Byte.toUnsignedInt(pixels[first]);
        return start + weight * (Byte.toUnsignedInt(pixels[second]) - start);
    }

    /** For each place of the result along one axis: the two places that it lies between and the second one's weight. */
    private static final class Axis {
        final int[] before;
        final int[] after;
        final float[] weight;

        private Axis(int length) {
            before = new int[length];
            after = new int[length];
            weight = new float[length];
        }

        static Axis of(int from, int to) {
            Axis axis = new Axis(to);
            float scale = (float) from / to;
            for (int place = 0; place < to; place++) {
                float source = (place + 0.5f) * scale - 0.5f;
                float floor = (float) Math.floor(source);
                axis.before[place] = Math.max(0, (int) floor);
                axis.after[place] = Math.min(from - 1, (int) floor + 1);
                axis.weight[place] = source - floor;
            }
            return axis;
        }
    }
}
