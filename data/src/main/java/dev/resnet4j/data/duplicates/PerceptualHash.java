package dev.resnet4j.data.duplicates;

import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Interpolation;
import dev.resnet4j.data.PillowResize;
import java.util.Arrays;

/**
 * 64 bits that are nearly the same for pictures that look the same, whatever their size, format and quality: pHash, by the
 * discrete cosine transform (Zauner 2010, "Implementation and Benchmarking of Perceptual Image Hash Functions"). The
 * picture is brought to 32x32 grey pixels; each bit says whether one of the 8x8 lowest frequencies is above their median.
 *
 * @param bits the lowest frequency first, row by row
 */
public record PerceptualHash(long bits) {
    private static final int SIDE = 32;
    private static final int FREQUENCIES = 8;

    /** Frequencies that a picture does not have are not exactly 0; their sign is chance. */
    private static final double ROUNDING = 1e-6;

    private static final double[][] COSINES = cosines();

    /**
     * The hash of a picture.
     *
     * @throws IllegalArgumentException if it has neither 1 nor 3 channels
     */
    public static PerceptualHash of(Image image) {
        Image small = PillowResize.resize(image.toGrey(), new ImageSize(SIDE, SIDE), Interpolation.LANCZOS);
        double[] spectrum = spectrum(small);
        double median = median(spectrum);
        long bits = 0;
        for (int place = 0; place < spectrum.length; place++) {
            if (spectrum[place] > median + ROUNDING) {
                bits |= 1L << place;
            }
        }
        return new PerceptualHash(bits);
    }

    /** How many bits differ, 0 to 64; up to about 10 the pictures look alike. */
    public int distance(PerceptualHash other) {
        return Long.bitCount(bits ^ other.bits);
    }

    private static double[] spectrum(Image image) {
        double[][] ofRows = new double[SIDE][FREQUENCIES];
        for (int row = 0; row < SIDE; row++) {
            for (int frequency = 0; frequency < FREQUENCIES; frequency++) {
                for (int column = 0; column < SIDE; column++) {
                    ofRows[row][frequency] += COSINES[frequency][column] * image.valueAt(row, column, 0);
                }
            }
        }
        double[] spectrum = new double[FREQUENCIES * FREQUENCIES];
        for (int place = 0; place < spectrum.length; place++) {
            for (int row = 0; row < SIDE; row++) {
                spectrum[place] += COSINES[place / FREQUENCIES][row] * ofRows[row][place % FREQUENCIES];
            }
        }
        return spectrum;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return (sorted[sorted.length / 2 - 1] + sorted[sorted.length / 2]) / 2;
    }

    /** The second form of the discrete cosine transform. */
    private static double[][] cosines() {
        double[][] cosines = new double[FREQUENCIES][SIDE];
        for (int frequency = 0; frequency < FREQUENCIES; frequency++) {
            for (int place = 0; place < SIDE; place++) {
                cosines[frequency][place] = Math.cos(Math.PI * frequency * (2 * place + 1) / (2 * SIDE));
            }
        }
        return cosines;
    }
}
