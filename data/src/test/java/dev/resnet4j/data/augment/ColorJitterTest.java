package dev.resnet4j.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.data.Image;
import dev.resnet4j.data.Pictures;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColorJitterTest {
    @Test
    void brightnessMovesAllValuesByOneAmountWithinTheRange() {
        ColorJitter brightness = ColorJitter.tone(0.2, 0);
        Set<Integer> shifts = new HashSet<>();
        for (long seed = 0; seed < 200; seed++) {
            Image changed = brightness.apply(Pictures.grey(1, 2, 100, 150), new RandomParts(seed));
            int shift = changed.valueAt(0, 0, 0) - 100;
            assertThat(changed.valueAt(0, 1, 0) - 150).isEqualTo(shift);
            assertThat(shift).isBetween(-51, 51);
            shifts.add(shift);
        }

        assertThat(shifts).hasSizeGreaterThan(50);
    }

    @Test
    void contrastKeepsTheMean() {
        ColorJitter contrast = ColorJitter.tone(0, 0.5);
        for (long seed = 0; seed < 100; seed++) {
            Image changed = contrast.apply(Pictures.grey(1, 2, 100, 140), new RandomParts(seed));
            assertThat((changed.valueAt(0, 0, 0) + changed.valueAt(0, 1, 0)) / 2.0)
                    .isBetween(119.0, 121.0);
            assertThat(changed.valueAt(0, 0, 0)).isBetween(90, 110);
        }
    }

    @Test
    void saturationKeepsTheLightnessAndMovesTheColours() {
        ColorJitter saturation = new ColorJitter(0, 0, 0.5, 0);
        Image orange = rgb(180, 120, 60);
        for (long seed = 0; seed < 100; seed++) {
            Image changed = saturation.apply(orange, new RandomParts(seed));
            assertThat(changed.toGrey().valueAt(0, 0, 0))
                    .isCloseTo(orange.toGrey().valueAt(0, 0, 0), within(1));
            assertThat(changed.valueAt(0, 0, 0) - changed.valueAt(0, 0, 2)).isBetween(59, 181);
        }
    }

    @Test
    void hueTurnsRedIntoGreenAndBlue() {
        Image red = rgb(200, 50, 50);

        assertThat(Colors.turnHue(red, 1 / 3.0).pixels())
                .isEqualTo(rgb(50, 200, 50).pixels());
        assertThat(Colors.turnHue(red, -1 / 3.0).pixels())
                .isEqualTo(rgb(50, 50, 200).pixels());
        assertThat(Colors.turnHue(red, 0.5).pixels())
                .isEqualTo(rgb(50, 200, 200).pixels());
        assertThat(Colors.turnHue(rgb(10, 90, 250), 1).pixels())
                .isEqualTo(rgb(10, 90, 250).pixels());
    }

    @Test
    void hueStaysWithinItsRange() {
        ColorJitter hue = new ColorJitter(0, 0, 0, 0.05);
        for (long seed = 0; seed < 100; seed++) {
            Image changed = hue.apply(rgb(200, 50, 50), new RandomParts(seed));
            assertThat(changed.valueAt(0, 0, 0)).isEqualTo(200);
            assertThat(changed.valueAt(0, 0, 1) + changed.valueAt(0, 0, 2)).isBetween(100, 145);
        }
    }

    @Test
    void saturationAndHueLeaveGreyPicturesAsTheyAre() {
        Image grey = Pictures.grey(1, 2, 100, 150);

        assertThat(new ColorJitter(0, 0, 1, 0.5).apply(grey, new RandomParts(1)).pixels())
                .isEqualTo(grey.pixels());
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> new ColorJitter(0, 1, 0, 0)).hasMessageContaining("contrast must be from 0 to 0.99");
        assertThatThrownBy(() -> new ColorJitter(0, 0, 0, 0.6)).hasMessageContaining("hue must be from 0 to 0.5");
        assertThatThrownBy(() -> ColorJitter.tone(Double.NaN, 0))
                .hasMessageContaining("brightness")
                .hasMessageContaining("NaN");
    }

    private static Image rgb(int red, int green, int blue) {
        return new Image(1, 1, 3, new byte[] {(byte) red, (byte) green, (byte) blue});
    }
}
