package dev.resnet4j.data.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Pictures;
import dev.resnet4j.data.Shuffle;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {
    /** 900 pictures of class 0, 100 of class 2, none of class 1. */
    private static final Dataset UNEVEN = new Dataset(
            Collections.nCopies(1000, Pictures.grey(1, 1, 0)),
            IntStream.range(0, 1000)
                    .map(index -> index % 10 == 0 ? 2 : 0)
                    .boxed()
                    .toList(),
            List.of("many", "none", "few"));

    @Test
    void everyPictureIsTheShufflesOrder() {
        assertThat(Sampling.EVERY_PICTURE.order(UNEVEN, new Shuffle(3, 1))).isEqualTo(new Shuffle(3, 1).order(1000));
    }

    @Test
    void balancedSeesEachClassThatHasPicturesEquallyOften() {
        int[] order = Sampling.BALANCED.order(UNEVEN, new Shuffle(3, 1));
        long few = Arrays.stream(order)
                .filter(index -> UNEVEN.labels().get(index) == 2)
                .count();

        // 500 expected, standard deviation 16.
        assertThat(order).hasSize(1000);
        assertThat(few).isBetween(430L, 570L);
        assertThat(Arrays.stream(order).filter(index -> index % 10 == 0).distinct())
                .hasSizeGreaterThan(90);
    }

    @Test
    void balancedDependsOnSeedAndEpochAlone() {
        int[] order = Sampling.BALANCED.order(UNEVEN, new Shuffle(3, 1));

        assertThat(Sampling.BALANCED.order(UNEVEN, new Shuffle(3, 1))).isEqualTo(order);
        assertThat(Sampling.BALANCED.order(UNEVEN, new Shuffle(3, 2))).isNotEqualTo(order);
        assertThat(Sampling.BALANCED.order(UNEVEN, new Shuffle(4, 1))).isNotEqualTo(order);
    }
}
