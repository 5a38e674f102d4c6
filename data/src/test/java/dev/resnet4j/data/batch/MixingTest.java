package dev.resnet4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MixingTest {
    private static final int SIDE = 8;
    private static final int PIXELS = SIDE * SIDE;

    /** Three pictures, of 0, 1 and 2 everywhere, each of its own class. */
    private static Batch batch() {
        float[] images = new float[3 * PIXELS];
        Arrays.fill(images, PIXELS, 2 * PIXELS, 1);
        Arrays.fill(images, 2 * PIXELS, 3 * PIXELS, 2);
        return new Batch(3, SIDE, SIDE, 1, images, 3, new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1});
    }

    @Test
    void mixupAddsPicturesAndLabelsUpByOneShare() {
        for (long seed = 0; seed < 50; seed++) {
            Batch mixed = new Mixing(1, 0).apply(batch(), seed);
            float share = mixed.labels()[0];

            assertThat(share).isBetween(0f, 1f);
            assertThat(mixed.labels()).containsExactly(share, 0, 1 - share, 1 - share, share, 0, 0, 1 - share, share);
            assertThat(mixed.images()[0]).isEqualTo(2 * (1 - share), within(1e-6f));
            assertThat(mixed.images()[PIXELS]).isEqualTo(share, within(1e-6f));
            assertThat(mixed.images()[3 * PIXELS - 1]).isEqualTo(1 + share, within(1e-6f));
        }
    }

    @Test
    void cutmixPutsABoxOfTheOtherPictureInAndCountsItsPixels() {
        int boxes = 0;
        for (long seed = 0; seed < 50; seed++) {
            Batch mixed = new Mixing(0, 1).apply(batch(), seed);
            int pasted = 0;
            for (int pixel = PIXELS; pixel < 2 * PIXELS; pixel++) {
                assertThat(mixed.images()[pixel]).isIn(0f, 1f);
                pasted += mixed.images()[pixel] == 0 ? 1 : 0;
            }
            assertThat(mixed.labels()[3]).isEqualTo(pasted / (float) PIXELS, within(1e-6f));
            assertThat(mixed.labels()[3] + mixed.labels()[4]).isEqualTo(1, within(1e-6f));
            boxes += pasted > 0 && pasted < PIXELS ? 1 : 0;
        }

        assertThat(boxes).isGreaterThan(30);
    }

    @Test
    void drawsOneOfBothForEachBatch() {
        int cut = 0;
        for (long seed = 0; seed < 400; seed++) {
            float[] images = new Mixing(1, 1).apply(batch(), seed).images();
            cut += images[PIXELS] == 0 || images[PIXELS] == 1 ? 1 : 0;
        }

        assertThat(cut).isBetween(150, 250);
    }

    @Test
    void leavesTheGivenBatchAndASinglePictureAsTheyAre() {
        Batch given = batch();
        new Mixing(1, 0).apply(given, 1);
        new Mixing(0, 1).apply(given, 1);
        Batch single = new Batch(1, 1, 1, 1, new float[] {5}, 2, new float[] {0, 1});

        assertThat(given.images()).isEqualTo(batch().images());
        assertThat(given.labels()).isEqualTo(batch().labels());
        assertThat(new Mixing(1, 1).apply(single, 1)).isSameAs(single);
        assertThat(Mixing.NONE.apply(given, 1)).isSameAs(given);
    }

    @Test
    void dependsOnTheSeedAlone() {
        assertThat(new Mixing(1, 1).apply(batch(), 7).images())
                .isEqualTo(new Mixing(1, 1).apply(batch(), 7).images());
        assertThat(new Mixing(1, 0).apply(batch(), 7).images())
                .isNotEqualTo(new Mixing(1, 0).apply(batch(), 8).images());
    }

    /** Mean 1/2 and variance 1 / (4 (2 alpha + 1)). */
    @Test
    void sharesAreOfTheBetaDistribution() {
        for (double alpha : new double[] {0.1, 0.2, 0.5, 1, 4, 100}) {
            SplittableRandom random = new SplittableRandom(3);
            double[] shares = DoubleStream.generate(() -> Mixing.beta(alpha, random))
                    .limit(50_000)
                    .toArray();
            double mean = Arrays.stream(shares).average().orElseThrow();
            double variance =
                    Arrays.stream(shares).map(share -> share * share).average().orElseThrow() - mean * mean;

            assertThat(Arrays.stream(shares)).allMatch(share -> share >= 0 && share <= 1);
            assertThat(mean).isEqualTo(0.5, within(0.01));
            assertThat(variance).isEqualTo(1 / (4 * (2 * alpha + 1)), within(0.003));
            // The fourth moment tells it from other distributions of that variance.
            double fourth = Arrays.stream(shares)
                    .map(share -> Math.pow(share - 0.5, 4))
                    .average()
                    .orElseThrow();
            assertThat(fourth).isEqualTo(3 / (16 * (2 * alpha + 1) * (2 * alpha + 3)), within(0.001));
        }
        assertThat(Mixing.beta(1e-6, new SplittableRandom(1))).isIn(0.0, 1.0);
    }

    @Test
    void refusesAnAlphaOutOfRange() {
        assertThatThrownBy(() -> new Mixing(-1, 0))
                .hasMessageContaining("mixup")
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> new Mixing(0, Double.NaN)).hasMessageContaining("cutmix");
    }
}
