package dev.resnet4j.data;

import java.util.Objects;

/**
 * A picture in memory: unsigned bytes, row by row from the top, channels last (height, width, channels).
 *
 * <p>The array is not copied, neither on the way in nor on the way out: whoever shares it must not change it.
 *
 * <p>Two images are equal where they share one array: pixels are not compared.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels 3 for red, green, blue; 1 for grey
 * @param pixels height * width * channels bytes, each 0 to 255 unsigned
 */
@SuppressWarnings("ArrayRecordComponent") // a list of boxed bytes would take sixteen times the memory
public record Image(int height, int width, int channels, byte[] pixels) {
    /** The weights of ITU-R 601 for grey, as Pillow has them: in 65536ths, together one. */
    private static final int RED_WEIGHT = 19_595;

    private static final int GREEN_WEIGHT = 38_470;
    private static final int BLUE_WEIGHT = 7_471;
    private static final int ONE = 1 << 16;

    /** @throws IllegalArgumentException if a size is below 1 or {@code pixels} has another length than they say */
    public Image {
        Objects.requireNonNull(pixels, "pixels");
        if (height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException(
                    "an image needs at least one pixel, but its size is " + describe(height, width, channels));
        }
        if ((long) height * width * channels != pixels.length) {
            throw new IllegalArgumentException("an image of " + describe(height, width, channels)
                    + " has another number of bytes than the " + pixels.length + " given");
        }
    }

    /** The value of one channel of one pixel, 0 to 255. */
    public int valueAt(int row, int column, int channel) {
        return Byte.toUnsignedInt(pixels[(row * width + column) * channels + channel]);
    }

    /**
     * The values as numbers from 0 to 255, in the order of the pixels (height, width, channels): Keras's
     * {@code img_to_array}. {@link Preprocessing#write} makes of them what a network sees.
     */
    public float[] toFloats() {
        float[] values = new float[pixels.length];
        Preprocessing.RAW.write(this, values, 0);
        return values;
    }

    /**
     * The picture in one channel, as Pillow's {@code convert('L')} makes it: 0.299 red + 0.587 green + 0.114 blue, in
     * steps of 2^-16, rounded. A grey picture is itself.
     *
     * @throws IllegalArgumentException if the picture has neither 1 nor 3 channels
     */
    public Image toGrey() {
        if (channels == 1) {
            return this;
        }
        if (channels != 3) {
            throw new IllegalArgumentException("a picture of " + sizeText() + " has no red, green and blue");
        }
        byte[] grey = new byte[height * width];
        for (int pixel = 0, source = 0; pixel < grey.length; pixel++, source += 3) {
            int red = Byte.toUnsignedInt(pixels[source]);
            int green = Byte.toUnsignedInt(pixels[source + 1]);
            int blue = Byte.toUnsignedInt(pixels[source + 2]);
            grey[pixel] = (byte) ((RED_WEIGHT * red + GREEN_WEIGHT * green + BLUE_WEIGHT * blue + ONE / 2) / ONE);
        }
        return new Image(height, width, 1, grey);
    }

    /** Whether both pictures have the same height, width and channels. */
    public boolean hasSizeOf(Image other) {
        return height == other.height && width == other.width && channels == other.channels;
    }

    /** The size as people write it: {@code 64x64x3}, height first. */
    public String sizeText() {
        return describe(height, width, channels);
    }

    private static String describe(int height, int width, int channels) {
        return height + "x" + width + "x" + channels;
    }
}
