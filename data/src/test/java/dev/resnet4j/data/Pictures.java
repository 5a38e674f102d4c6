package dev.resnet4j.data;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Small pictures and data sets, made on the spot. */
public final class Pictures {
    private Pictures() {}

    /** A red, green and blue picture of one value everywhere. */
    public static Image plain(int height, int width, int value) {
        byte[] pixels = new byte[height * width * 3];
        Arrays.fill(pixels, (byte) value);
        return new Image(height, width, 3, pixels);
    }

    /** A red, green and blue picture of random values. */
    public static Image noise(int height, int width, long seed) {
        byte[] pixels = new byte[height * width * 3];
        new Random(seed).nextBytes(pixels);
        return new Image(height, width, 3, pixels);
    }

    /** A grey picture of the given values, row by row. */
    public static Image grey(int height, int width, int... values) {
        byte[] pixels = new byte[values.length];
        for (int index = 0; index < values.length; index++) {
            pixels[index] = (byte) values[index];
        }
        return new Image(height, width, 1, pixels);
    }

    /** Pictures of 2x2, each of its own number everywhere, of three classes in turn. */
    public static Dataset numbered(int size) {
        return new Dataset(
                IntStream.range(0, size).mapToObj(number -> plain(2, 2, number)).toList(),
                IntStream.range(0, size).mapToObj(number -> number % 3).toList(),
                List.of("a", "b", "c"));
    }
}
