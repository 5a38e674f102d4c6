package dev.resnet4j.data;

/**
 * Brings pictures to another size as Pillow's {@code Image.resize} does, which Keras's {@code load_img} calls: to the
 * same bytes, but for a rare one of {@link Interpolation#HAMMING} that differs by 1, its cosine being Java's. A filter is
 * stretched by the factor by which a picture becomes smaller, so that no pixel is left out; first each row is resized,
 * then each column, with bytes between; weights are counted in 2^-22. {@link TensorFlowResize} is how Keras's
 * {@code image_dataset_from_directory} does.
 */
public final class PillowResize {
    private static final int FRACTION_BITS = 22;
    private static final int HALF = 1 << (FRACTION_BITS - 1);

    private PillowResize() {}

    /**
     * The whole picture in another size, the aspect ratio not kept; the picture itself where it has that size.
     *
     * @throws DataException if it would not fit in memory
     */
    public static Image resize(Image image, ImageSize size, Interpolation interpolation) {
        return resize(image, new Range(0, image.height()), new Range(0, image.width()), size, interpolation);
    }

    /**
     * The largest part of the picture that has the aspect ratio of the size, from its middle, in that size, as Keras's
     * {@code load_img(keep_aspect_ratio=True)}; the picture itself where it has that size. At the part's edges the
     * pixels outside count, too, as in Pillow.
     *
     * @throws DataException if it would not fit in memory
     */
    public static Image keepingAspectRatio(Image image, ImageSize size, Interpolation interpolation) {
        long height = (long) image.width() * size.height() / size.width();
        long width = (long) image.height() * size.width() / size.height();
        return resize(
                image, Range.middle(image.height(), height), Range.middle(image.width(), width), size, interpolation);
    }

    private static Image resize(Image image, Range rows, Range columns, ImageSize size, Interpolation interpolation) {
        if (image.height() == size.height() && image.width() == size.width()) {
            return image;
        }
        requireMemory(image, size);
        if (interpolation == Interpolation.NEAREST) {
            return nearest(image, rows, columns, size);
        }
        Image narrow = columns.isWhole(image.width()) && size.width() == image.width()
                ? image
                : resizeRows(image, new Weights(interpolation, columns, image.width(), size.width()));
        return rows.isWhole(image.height()) && size.height() == image.height()
                ? narrow
                : resizeColumns(narrow, new Weights(interpolation, rows, image.height(), size.height()));
    }

    private static void requireMemory(Image image, ImageSize size) {
        long between = (long) image.height() * size.width() * image.channels();
        long bytes = (long) size.height() * size.width() * image.channels();
        if (Math.max(between, bytes) > Integer.MAX_VALUE) {
            throw new DataException("a picture of " + image.sizeText() + " cannot be brought to " + size
                    + ": that is more than 2^31 numbers; choose a smaller size");
        }
        MemoryBudget.require(between + bytes, "a picture of " + size, "choose a smaller size, or give more memory");
    }

    private static Image nearest(Image image, Range rows, Range columns, ImageSize size) {
        int channels = image.channels();
        int[] sourceRows = rows.nearest(size.height());
        int[] sourceColumns = columns.nearest(size.width());
        byte[] pixels = new byte[size.height() * size.width() * channels];
        int target = 0;
        for (int row : sourceRows) {
            for (int column : sourceColumns) {
                System.arraycopy(image.pixels(), (row * image.width() + column) * channels, pixels, target, channels);
                target += channels;
            }
        }
        return new Image(size.height(), size.width(), channels, pixels);
    }

    private static Image resizeRows(Image image, Weights weights) {
        int channels = image.channels();
        int width = weights.places();
        byte[] pixels = new byte[image.height() * width * channels];
        int target = 0;
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < width; column++) {
                int start = (row * image.width() + weights.first(column)) * channels;
                for (int channel = 0; channel < channels; channel++) {
                    pixels[target++] = weights.sum(column, image.pixels(), start + channel, channels);
                }
            }
        }
        return new Image(image.height(), width, channels, pixels);
    }

    private static Image resizeColumns(Image image, Weights weights) {
        int rowLength = image.width() * image.channels();
        int height = weights.places();
        byte[] pixels = new byte[height * rowLength];
        int target = 0;
        for (int row = 0; row < height; row++) {
            int start = weights.first(row) * rowLength;
            for (int index = 0; index < rowLength; index++) {
                pixels[target++] = weights.sum(row, image.pixels(), start + index, rowLength);
            }
        }
        return new Image(height, image.width(), image.channels(), pixels);
    }

    /**
     * The part of an axis that is resized.
     *
     * @param start its first pixel
     * @param length in pixels, at least 1
     */
    private record Range(int start, int length) {
        /** The middle pixels of an axis: all where more than all are asked for, one where none is. */
        static Range middle(int size, long length) {
            int inside = (int) Math.max(1, Math.min(size, length));
            return new Range((size - inside) / 2, inside);
        }

        boolean isWhole(int size) {
            return start == 0 && length == size;
        }

        /** For each new pixel the one in which its centre lies. Steps are added up as in Pillow, rounding included. */
        int[] nearest(int places) {
            int[] sources = new int[places];
            double step = (double) length / places;
            double centre = start + step * 0.5;
            for (int place = 0; place < places; place++) {
                sources[place] = Math.min((int) centre, start + length - 1);
                centre += step;
            }
            return sources;
        }
    }

    /** For each new pixel along one axis: the pixels that it is made of, and their weights, which add up to one. */
    private static final class Weights {
        private final int[] first;
        private final int[][] weights;

        Weights(Interpolation interpolation, Range range, int size, int places) {
            first = new int[places];
            weights = new int[places][];
            double scale = (double) range.length() / places;
            double stretch = Math.max(1, scale);
            double support = interpolation.support() * stretch;
            for (int place = 0; place < places; place++) {
                double centre = range.start() + (place + 0.5) * scale;
                first[place] = Math.max(0, (int) (centre - support + 0.5));
                int end = Math.min(size, (int) (centre + support + 0.5));
                double[] exact = new double[end - first[place]];
                for (int index = 0; index < exact.length; index++) {
                    exact[index] = interpolation.weight((index + first[place] - centre + 0.5) * (1 / stretch));
                }
                weights[place] = normalised(exact);
            }
        }

        private static int[] normalised(double[] exact) {
            double sum = 0;
            for (double weight : exact) {
                sum += weight;
            }
            int[] rounded = new int[exact.length];
            for (int index = 0; index < exact.length; index++) {
                double share = sum == 0 ? exact[index] : exact[index] / sum;
                rounded[index] = (int) (share * (1 << FRACTION_BITS) + Math.copySign(0.5, share));
            }
            return rounded;
        }

        int places() {
            return first.length;
        }

        int first(int place) {
            return first[place];
        }

        /** A new value from values that lie a step apart. */
        byte sum(int place, byte[] values, int start, int step) {
            int sum = HALF;
            int source = start;
            for (int weight : weights[place]) {
                sum += Byte.toUnsignedInt(values[source]) * weight;
                source += step;
            }
            return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
        }
    }
}
