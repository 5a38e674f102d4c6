package dev.resnet4j.benchmarks.race;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/** JPEG files made on the spot: soft shapes with some grain, so that they are about as hard to decode as photos. */
public final class SyntheticPhoto {
    private static final int GRAIN = 24;

    private SyntheticPhoto() {}

    /** Writes a JPEG file; another seed, another photo. */
    public static void write(Path file, int seed, int width, int height) throws IOException {
        Random random = new Random(seed);
        double[] waves = random.doubles(6, 0.005, 0.06).toArray();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int color = 0;
                for (int channel = 0; channel < 3; channel++) {
                    double wave = Math.sin(waves[2 * channel] * x) * Math.cos(waves[2 * channel + 1] * y);
                    int level = (int) (128 + 100 * wave) + random.nextInt(GRAIN);
                    color = color << 8 | Math.min(level, 255);
                }
                image.setRGB(x, y, color);
            }
        }
        if (!ImageIO.write(image, "jpg", file.toFile())) {
            throw new IOException("this Java has no JPEG writer");
        }
    }
}
