package dev.resnet4j.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.data.Image;
import dev.resnet4j.data.Pictures;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeometryTest {
    private static final Image NINE = Pictures.grey(3, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9);

    @Test
    void movesAWholePixelAndFillsWithTheEdge() {
        Image image = Pictures.grey(2, 3, 1, 2, 3, 4, 5, 6);

        assertThat(Affine.translation(0, 1).apply(image).pixels()).containsExactly(1, 1, 2, 4, 4, 5);
        assertThat(Affine.translation(-1, 0).apply(image).pixels()).containsExactly(4, 5, 6, 4, 5, 6);
    }

    @Test
    void movesHalfAPixelByTakingTheMean() {
        assertThat(Affine.translation(0, 0.5)
                        .apply(Pictures.grey(1, 3, 10, 20, 40))
                        .pixels())
                .containsExactly(10, 15, 30);
    }

    @Test
    void turnsClockwise() {
        assertThat(Affine.rotation(Math.PI / 2).apply(NINE).pixels()).containsExactly(7, 4, 1, 8, 5, 2, 9, 6, 3);
    }

    @Test
    void zoomsAboutTheCentre() {
        assertThat(Affine.scaling(2, 2)
                        .apply(Pictures.grey(1, 5, 0, 40, 80, 120, 160))
                        .pixels())
                .containsExactly(40, 60, 80, 100, 120);
    }

    @Test
    void flipsTopToBottom() {
        Geometry always = Geometry.NONE.withVerticalFlip(1);

        assertThat(always.apply(NINE, new RandomParts(1)).pixels()).containsExactly(7, 8, 9, 4, 5, 6, 1, 2, 3);
    }

    @Test
    void doesOneChangeAfterTheOther() {
        Affine both = Affine.flip(true, false).then(Affine.translation(0, 1));

        assertThat(both.apply(NINE).pixels()).containsExactly(3, 3, 2, 6, 6, 5, 9, 9, 8);
    }

    @Test
    void paddingMovesByWholePixelsInAllDirections() {
        Geometry padding = Geometry.NONE.withPadding(1);
        Set<List<Integer>> seen = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            Image moved = padding.apply(NINE, new RandomParts(seed));
            seen.add(List.of(moved.valueAt(0, 0, 0), moved.valueAt(1, 1, 0), moved.valueAt(2, 2, 0)));
        }

        assertThat(seen).hasSize(9).contains(List.of(1, 5, 9), List.of(1, 1, 5), List.of(5, 9, 9));
    }

    @Test
    void cropsABoxInsideThePicture() {
        int side = 64;
        byte[] columns = new byte[side * side];
        for (int index = 0; index < columns.length; index++) {
            columns[index] = (byte) (index % side * 4);
        }
        Image ramp = new Image(side, side, 1, columns);
        Geometry crop = Geometry.NONE.withSmallestCrop(0.25);
        double smallest = 1;
        for (long seed = 0; seed < 300; seed++) {
            Image cropped = crop.apply(ramp, new RandomParts(seed));
            // Of a ramp, the first and the last column say where the box was.
            double width = (cropped.valueAt(0, side - 1, 0) - cropped.valueAt(0, 0, 0)) / (4.0 * (side - 1));
            assertThat(width).isBetween(Math.sqrt(0.25 * 3 / 4) - 0.02, 1.0);
            smallest = Math.min(smallest, width);
        }
        assertThat(smallest).isLessThan(0.5);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> Geometry.affine(0, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("translation")
                .hasMessageContaining("but it is 1");
        assertThatThrownBy(() -> Geometry.affine(Double.NaN, 0, 0)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Geometry.NONE.withSmallestCrop(0)).hasMessageContaining("above 0 and at most 1");
        assertThatThrownBy(() -> Geometry.NONE.withHorizontalFlip(1.5)).hasMessageContaining("from 0 to 1");
        assertThatThrownBy(() -> Geometry.NONE.withPadding(-1)).hasMessageContaining("padding");
    }
}
