package dev.resnet4j.data.augment;

import dev.resnet4j.data.Image;
import java.util.function.IntToDoubleFunction;

/** Changes of a picture's values, by formula or by their histogram. Each gives a new picture, or the same where nothing changes. */
final class Colors {
    private static final int VALUES = 256;
    private static final int WHITE = 255;
    private static final int RGB = 3;

    private Colors() {}

    /** The mean of all values, 0 to 255. */
    static double mean(Image image) {
        long sum = 0;
        for (byte pixel : image.pixels()) {
            sum += Byte.toUnsignedInt(pixel);
        }
        return (double) sum / image.pixels().length;
    }

    /** Each value changed by itself, rounded and cut to 0 to 255. */
    static Image map(Image image, IntToDoubleFunction change) {
        byte[] table = new byte[VALUES];
        for (int value = 0; value < VALUES; value++) {
            table[value] = rounded(change.applyAsDouble(value));
        }
        byte[] pixels = new byte[image.pixels().length];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = table[Byte.toUnsignedInt(image.pixels()[index])];
        }
        return with(image, pixels);
    }

    /** The distance of each colour from the grey of the same lightness multiplied: 0 leaves grey. */
    static Image saturate(Image image, double factor) {
        if (factor == 1 || image.channels() != RGB) {
            return image;
        }
        byte[] grey = image.toGrey().pixels();
        byte[] pixels = new byte[image.pixels().length];
        for (int index = 0; index < pixels.length; index++) {
            double lightness = Byte.toUnsignedInt(grey[index / RGB]);
            double value = Byte.toUnsignedInt(image.pixels()[index]);
            pixels[index] = rounded(lightness + (value - lightness) * factor);
        }
        return with(image, pixels);
    }

    /**
     * Each colour's hue turned; its largest and its smallest value stay.
     *
     * @param turn as a share of the colour circle: 1/3 makes red green
     */
    static Image turnHue(Image image, double turn) {
        if (turn == 0 || image.channels() != RGB) {
            return image;
        }
        byte[] pixels = new byte[image.pixels().length];
        for (int index = 0; index < pixels.length; index += RGB) {
            double red = Byte.toUnsignedInt(image.pixels()[index]);
            double green = Byte.toUnsignedInt(image.pixels()[index + 1]);
            double blue = Byte.toUnsignedInt(image.pixels()[index + 2]);
            double largest = Math.max(red, Math.max(green, blue));
            double range = largest - Math.min(red, Math.min(green, blue));
            double sixth = range == 0 ? 0 : hue(red, green, blue, largest, range) + 6 * turn;
            pixels[index] = rounded(ofHue(5 + sixth, largest, range));
            pixels[index + 1] = rounded(ofHue(3 + sixth, largest, range));
            pixels[index + 2] = rounded(ofHue(1 + sixth, largest, range));
        }
        return with(image, pixels);
    }

    /** In sixths of the circle: red is 0, green 2, blue 4; may be below 0. */
    private static double hue(double red, double green, double blue, double largest, double range) {
        if (largest == red) {
            return (green - blue) / range;
        }
        return largest == green ? 2 + (blue - red) / range : 4 + (red - green) / range;
    }

    /** One channel of a hue, by the distance of its own hue, in sixths. */
    private static double ofHue(double distance, double largest, double range) {
        double around = distance - 6 * Math.floor(distance / 6);
        return largest - range * Math.max(0, Math.min(1, Math.min(around, 4 - around)));
    }

    /**
     * The distance of each value from that of a smoothed picture multiplied: 0 smooths, 2 sharpens. Pillow's filter SMOOTH:
     * the pixel counts 5, its 8 neighbours 1 each; the pixels at the edge stay.
     */
    static Image sharpen(Image image, double factor) {
        byte[] old = image.pixels();
        byte[] pixels = old.clone();
        int channels = image.channels();
        int rowLength = image.width() * channels;
        for (int row = 1; row < image.height() - 1; row++) {
            for (int index = row * rowLength + channels; index < (row + 1) * rowLength - channels; index++) {
                double value = Byte.toUnsignedInt(old[index]);
                int around = ofThree(old, index - rowLength, channels)
                        + ofThree(old, index, channels)
                        + ofThree(old, index + rowLength, channels);
                double smooth = (around + 4 * value) / 13;
                pixels[index] = rounded(smooth + (value - smooth) * factor);
            }
        }
        return with(image, pixels);
    }

    private static int ofThree(byte[] pixels, int middle, int channels) {
        return Byte.toUnsignedInt(pixels[middle - channels])
                + Byte.toUnsignedInt(pixels[middle])
                + Byte.toUnsignedInt(pixels[middle + channels]);
    }

    /** Each channel stretched so that it goes from 0 to 255. */
    static Image stretch(Image image) {
        return mapChannels(image, histogram -> {
            int least = 0;
            while (histogram[least] == 0) {
                least++;
            }
            int largest = WHITE;
            while (histogram[largest] == 0) {
                largest--;
            }
            int from = least;
            int range = largest - least;
            return value -> range == 0 ? value : Math.floor((value - from) * (double) WHITE / range);
        });
    }

    /** Each channel's values spread so that all are about equally frequent, in Pillow's way. */
    static Image equalize(Image image) {
        return mapChannels(image, histogram -> {
            int last = WHITE;
            while (histogram[last] == 0) {
                last--;
            }
            int pixels = image.height() * image.width();
            int step = (pixels - histogram[last]) / WHITE;
            int[] below = new int[VALUES];
            for (int value = 1; value < VALUES; value++) {
                below[value] = below[value - 1] + histogram[value - 1];
            }
            return value -> step == 0 ? value : (step / 2 + below[value]) / step;
        });
    }

    private static Image mapChannels(Image image, FromHistogram rule) {
        int channels = image.channels();
        byte[] pixels = new byte[image.pixels().length];
        for (int channel = 0; channel < channels; channel++) {
            int[] histogram = new int[VALUES];
            for (int index = channel; index < pixels.length; index += channels) {
                histogram[Byte.toUnsignedInt(image.pixels()[index])]++;
            }
            IntToDoubleFunction change = rule.of(histogram);
            for (int index = channel; index < pixels.length; index += channels) {
                pixels[index] = rounded(change.applyAsDouble(Byte.toUnsignedInt(image.pixels()[index])));
            }
        }
        return with(image, pixels);
    }

    private static byte rounded(double value) {
        return (byte) Math.round(Math.max(0, Math.min(WHITE, value)));
    }

    private static Image with(Image image, byte[] pixels) {
        return new Image(image.height(), image.width(), image.channels(), pixels);
    }

    /** What to do with each value of a channel, from how often each value is in it. */
    private interface FromHistogram {
        IntToDoubleFunction of(int[] histogram);
    }
}
