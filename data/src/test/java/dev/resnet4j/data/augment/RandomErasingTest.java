package dev.resnet4j.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.data.Image;
import dev.resnet4j.data.Pictures;
import org.junit.jupiter.api.Test;

class RandomErasingTest {
    private static final int SIDE = 32;

    @Test
    void erasesABoxOfAnAreaInTheRangeInSoManyPictures() {
        RandomErasing erasing = RandomErasing.NONE.withProbability(0.5);
        Image plain = Pictures.plain(SIDE, SIDE, 100);
        int erased = 0;
        for (long seed = 0; seed < 500; seed++) {
            Image changed = erasing.apply(plain, new RandomParts(seed));
            if (!changed.equals(plain)) {
                erased++;
                double share = (double) areaOfBox(changed) / (SIDE * SIDE);
                assertThat(share).isBetween(0.01, 0.36);
            }
        }

        assertThat(erased).isBetween(200, 300);
    }

    /** Of the smallest box around all pixels that changed. */
    private static int areaOfBox(Image image) {
        int top = SIDE;
        int bottom = -1;
        int left = SIDE;
        int right = -1;
        for (int row = 0; row < SIDE; row++) {
            for (int column = 0; column < SIDE; column++) {
                if (image.valueAt(row, column, 0) != 100 || image.valueAt(row, column, 1) != 100) {
                    top = Math.min(top, row);
                    bottom = Math.max(bottom, row);
                    left = Math.min(left, column);
                    right = Math.max(right, column);
                }
            }
        }
        return (bottom - top + 1) * (right - left + 1);
    }

    @Test
    void leavesAPictureThatHasNoRoomForABox() {
        Image pixel = Pictures.grey(1, 1, 5);

        assertThat(new RandomErasing(1, 1, 1, 1).apply(pixel, new RandomParts(1)))
                .isSameAs(pixel);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> RandomErasing.NONE.withProbability(1.1)).hasMessageContaining("random erasing");
        assertThatThrownBy(() -> new RandomErasing(1, 0.5, 0.4, 0.3)).hasMessageContaining("from 0.5 to 1");
        assertThatThrownBy(() -> new RandomErasing(1, 0.1, 0.4, 0)).hasMessageContaining("ratio");
    }
}
