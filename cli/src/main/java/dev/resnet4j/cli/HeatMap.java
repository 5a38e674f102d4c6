package dev.resnet4j.cli;

import dev.resnet4j.data.Image;
import dev.resnet4j.model.tensor.NdArray;
import java.awt.image.BufferedImage;

/**
 * Numbers of a small map laid over a picture as colours: from blue where the map is 0 to red where it is highest.
 *
 * @param map (height, width), each number at least 0
 */
record HeatMap(NdArray map) {
    /** Red, green and blue of evenly spaced numbers from 0 to 1. */
    private static final int[][] COLOURS = {
        {0x30, 0x12, 0x7b},
        {0x28, 0x7c, 0xf0},
        {0x1f, 0xd2, 0xb0},
        {0xa4, 0xe0, 0x38},
        {0xfb, 0x98, 0x1f},
        {0xb8, 0x10, 0x08}
    };

    private static final double OPACITY = 0.5;

    /** A picture without the map, of 1 or 3 channels. */
    static BufferedImage plain(Image picture) {
        BufferedImage drawn = new BufferedImage(picture.width(), picture.height(), BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < picture.height(); row++) {
            for (int column = 0; column < picture.width(); column++) {
                drawn.setRGB(column, row, rgb(picture, row, column));
            }
        }
        return drawn;
    }

    private static int rgb(Image picture, int row, int column) {
        int rgb = 0;
        for (int channel = 0; channel < 3; channel++) {
            rgb = (rgb << Byte.SIZE) | picture.valueAt(row, column, picture.channels() == 1 ? 0 : channel);
        }
        return rgb;
    }

    /** The map over a picture of 1 or 3 channels, stretched to its size. */
    BufferedImage over(Image picture) {
        BufferedImage drawn = plain(picture);
        double highest = highest();
        for (int row = 0; row < picture.height(); row++) {
            for (int column = 0; column < picture.width(); column++) {
                double value = valueAt((row + 0.5) / picture.height(), (column + 0.5) / picture.width());
                drawn.setRGB(column, row, mixed(drawn.getRGB(column, row), highest == 0 ? 0 : value / highest));
            }
        }
        return drawn;
    }

    /** The same as a picture of red, green and blue. */
    Image imageOver(Image picture) {
        int[] colours = over(picture).getRGB(0, 0, picture.width(), picture.height(), null, 0, picture.width());
        byte[] pixels = new byte[3 * colours.length];
        for (int pixel = 0; pixel < colours.length; pixel++) {
            pixels[3 * pixel] = (byte) (colours[pixel] >> 16);
            pixels[3 * pixel + 1] = (byte) (colours[pixel] >> 8);
            pixels[3 * pixel + 2] = (byte) colours[pixel];
        }
        return new Image(picture.height(), picture.width(), 3, pixels);
    }

    private double highest() {
        double highest = 0;
        for (float value : map.values()) {
            highest = Math.max(highest, value);
        }
        return highest;
    }

    /** Between the middles of the map's cells the numbers go over into one another, in straight lines. */
    private double valueAt(double y, double x) {
        int height = map.shape().dimension(0);
        int width = map.shape().dimension(1);
        double row = within(y * height - 0.5, height - 1);
        double column = within(x * width - 0.5, width - 1);
        int above = (int) row;
        int left = (int) column;
        int below = Math.min(above + 1, height - 1);
        int right = Math.min(left + 1, width - 1);
        double atLeft = between(map.get(above, left), map.get(below, left), row - above);
        double atRight = between(map.get(above, right), map.get(below, right), row - above);
        return between(atLeft, atRight, column - left);
    }

    private static double within(double number, int largest) {
        return Math.max(0, Math.min(largest, number));
    }

    private static double between(double first, double second, double share) {
        return first + share * (second - first);
    }

    private static int mixed(int rgb, double value) {
        double place = within(value * (COLOURS.length - 1), COLOURS.length - 1);
        int lower = Math.min((int) place, COLOURS.length - 2);
        int mixed = 0;
        for (int channel = 0; channel < 3; channel++) {
            int shown = (rgb >> ((2 - channel) * Byte.SIZE)) & 0xff;
            double colour = between(COLOURS[lower][channel], COLOURS[lower + 1][channel], place - lower);
            mixed = (mixed << Byte.SIZE) | (int) Math.round(between(shown, colour, OPACITY));
        }
        return mixed;
    }
}
