package dev.resnet4j.benchmarks.contest;

import java.util.Random;

/**
 * A batch of noise from a fixed seed, with labels: the same numbers for each contestant.
 *
 * @param batch how many
 * @param side height and width
 * @param pixels (batch, side, side, 3), 0 to 1
 * @param labels one-hot (batch, classes)
 */
public record SyntheticPictures(int batch, int side, float[] pixels, float[] labels) {
    public static final int CHANNELS = 3;

    public static SyntheticPictures of(Turn turn) {
        return of(turn.batch(), turn.side());
    }

    public static SyntheticPictures of(int batch, int side) {
        Random random = new Random(1);
        float[] pixels = new float[batch * side * side * CHANNELS];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = random.nextFloat();
        }
        float[] labels = new float[batch * Turn.CLASSES];
        for (int index = 0; index < batch; index++) {
            labels[index * Turn.CLASSES + index % Turn.CLASSES] = 1;
        }
        return new SyntheticPictures(batch, side, pixels, labels);
    }

    /** The pixels as (batch, 3, side, side). */
    public float[] channelsFirst() {
        int area = side * side;
        float[] moved = new float[pixels.length];
        for (int index = 0; index < pixels.length; index++) {
            int channel = index % CHANNELS;
            int place = index / CHANNELS;
            moved[(place / area * CHANNELS + channel) * area + place % area] = pixels[index];
        }
        return moved;
    }
}
