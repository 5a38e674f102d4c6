package dev.resnet4j.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.data.Image;
import dev.resnet4j.data.Pictures;
import dev.resnet4j.data.augment.AutomaticAugmentation.Policy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AutomaticAugmentationTest {
    private static final Strengths STRENGTHS = Strengths.RAND_AUGMENT;

    @Test
    void randAugmentIsAsStrongAsTorchvisions() {
        assertThat(Strengths.RAND_AUGMENT.shear()).isEqualTo(0.3);
        assertThat(Strengths.RAND_AUGMENT.translation(331)).isEqualTo(150);
        assertThat(Strengths.RAND_AUGMENT.translation(662)).isEqualTo(300);
        assertThat(Strengths.RAND_AUGMENT.rotation()).isEqualTo(30);
        assertThat(Strengths.RAND_AUGMENT.tone()).isEqualTo(0.9);
        assertThat(Strengths.RAND_AUGMENT.bits()).isEqualTo(4);
    }

    @Test
    void trivialAugmentIsAsStrongAsTorchvisionsWideOne() {
        assertThat(Strengths.TRIVIAL_AUGMENT.shear()).isEqualTo(0.99);
        assertThat(Strengths.TRIVIAL_AUGMENT.translation(331)).isEqualTo(32);
        assertThat(Strengths.TRIVIAL_AUGMENT.translation(662)).isEqualTo(32);
        assertThat(Strengths.TRIVIAL_AUGMENT.rotation()).isEqualTo(135);
        assertThat(Strengths.TRIVIAL_AUGMENT.tone()).isEqualTo(0.99);
        assertThat(Strengths.TRIVIAL_AUGMENT.bits()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"AUTO_CONTRAST", "EQUALIZE", "SOLARIZE"},
            mode = EnumSource.Mode.EXCLUDE)
    void operationsWithoutStrengthChangeNothing(Operation operation) {
        Image image = Pictures.noise(9, 7, 3);

        assertThat(operation.apply(image, STRENGTHS, 0).pixels()).isEqualTo(image.pixels());
    }

    @ParameterizedTest
    @EnumSource
    void operationsKeepTheSizeOfTheSmallestPictures(Operation operation) {
        assertThat(operation.apply(Pictures.grey(1, 2, 0, 255), STRENGTHS, -1).sizeText())
                .isEqualTo("1x2x1");
        assertThat(operation.apply(Pictures.plain(1, 1, 9), STRENGTHS, 1).sizeText())
                .isEqualTo("1x1x3");
    }

    @Test
    void shearsAboutTheUpperLeftCorner() {
        Image image = Pictures.grey(3, 3, 10, 20, 30, 40, 50, 60, 70, 80, 90);
        Strengths one = new Strengths(1, 0, 0, 0, 0, 0);

        assertThat(Operation.SHEAR_X.apply(image, one, 1).pixels()).containsExactly(10, 20, 30, 40, 40, 50, 70, 70, 70);
        assertThat(Operation.SHEAR_Y.apply(image, one, 1).pixels()).containsExactly(10, 20, 30, 40, 20, 30, 70, 50, 30);
    }

    @Test
    void translatesByAShareOfTheSideOrByPixels() {
        Image image = Pictures.grey(1, 4, 1, 2, 3, 4);

        assertThat(Operation.TRANSLATE_X
                        .apply(image, new Strengths(0, 0.5, 0, 0, 0, 0), 1)
                        .pixels())
                .containsExactly(1, 1, 1, 2);
        assertThat(Operation.TRANSLATE_X
                        .apply(image, new Strengths(0, 0, 2, 0, 0, 0), -1)
                        .pixels())
                .containsExactly(3, 4, 4, 4);
        assertThat(Operation.TRANSLATE_Y
                        .apply(image, new Strengths(0, 0.5, 0, 0, 0, 0), 1)
                        .pixels())
                .isEqualTo(image.pixels());
    }

    @Test
    void changesTonesByTheirFactor() {
        assertThat(Operation.BRIGHTNESS
                        .apply(Pictures.grey(1, 2, 100, 10), STRENGTHS, -1)
                        .pixels())
                .containsExactly(10, 1);
        assertThat(Operation.CONTRAST
                        .apply(Pictures.grey(1, 2, 60, 40), STRENGTHS, -1)
                        .pixels())
                .containsExactly(51, 49);
        Image colour = new Image(1, 1, 3, new byte[] {100, 50, 0});
        assertThat(Operation.COLOR
                        .apply(colour, new Strengths(0, 0, 0, 0, 1, 0), -1)
                        .pixels())
                .containsExactly(59, 59, 59);
    }

    @Test
    void sharpensAgainstPillowsSmoothing() {
        Image dot = Pictures.grey(3, 3, 0, 0, 0, 0, 130, 0, 0, 0, 0);
        Strengths one = new Strengths(0, 0, 0, 0, 1, 0);

        assertThat(Operation.SHARPNESS.apply(dot, one, -1).valueAt(1, 1, 0)).isEqualTo(50);
        assertThat(Operation.SHARPNESS.apply(dot, one, 1).valueAt(1, 1, 0)).isEqualTo(210);
        assertThat(Operation.SHARPNESS.apply(dot, one, 1).valueAt(0, 0, 0)).isZero();
    }

    @Test
    void posterizesByUpToFourBits() {
        Image image = Pictures.grey(1, 2, 0b0111_1111, 0b0000_1111);

        assertThat(Operation.POSTERIZE.apply(image, STRENGTHS, -1).pixels()).containsExactly(0b0111_0000, 0);
        // Magnitude 9 of 30: 4 * 9 / 30 is rounded to 1 bit.
        assertThat(Operation.POSTERIZE.apply(image, STRENGTHS, 0.3).pixels()).containsExactly(0b0111_1110, 0b0000_1110);
    }

    @Test
    void solarizesFromAThresholdOn() {
        Image image = Pictures.grey(1, 3, 0, 127, 200);

        assertThat(Operation.SOLARIZE.apply(image, STRENGTHS, 0.5).pixels()).containsExactly(0, 127, 55);
        assertThat(Operation.SOLARIZE.apply(image, STRENGTHS, 1).pixels()).containsExactly((byte) 255, (byte) 128, 55);
    }

    @Test
    void stretchesEachChannelToItsFullRange() {
        Image image = new Image(1, 3, 3, new byte[] {10, 7, 0, 20, 7, 50, 60, 7, 100});

        assertThat(Operation.AUTO_CONTRAST.apply(image, STRENGTHS, 0).pixels())
                .containsExactly(0, 7, 0, 51, 7, 127, (byte) 255, 7, (byte) 255);
    }

    @Test
    void equalizesAsPillowDoes() {
        byte[] pixels = new byte[2048];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = (byte) (100 + index % 4);
        }
        Image equalized = Operation.EQUALIZE.apply(new Image(32, 64, 1, pixels), STRENGTHS, 0);

        // 512 pixels of each of 4 values: a step is 1536 / 255 = 6; (3 + 0, 512, 1024, 1536) / 6.
        assertThat(equalized.valueAt(0, 0, 0)).isZero();
        assertThat(equalized.valueAt(0, 1, 0)).isEqualTo(85);
        assertThat(equalized.valueAt(0, 2, 0)).isEqualTo(171);
        assertThat(equalized.valueAt(0, 3, 0)).isEqualTo(255);
    }

    @Test
    void trivialAugmentDrawsAnyOperationInAnyStrength() {
        Image image = Pictures.noise(16, 16, 1);
        Set<Integer> different = new HashSet<>();
        int unchanged = 0;
        for (int seed = 0; seed < 500; seed++) {
            Image changed = AutomaticAugmentation.TRIVIAL_AUGMENT.apply(image, new RandomParts(seed));
            different.add(Arrays.hashCode(changed.pixels()));
            unchanged += Arrays.equals(changed.pixels(), image.pixels()) ? 1 : 0;
        }

        // 11 operations of 31 strengths, most in two directions; much of solarize and posterize comes out the same.
        assertThat(different).hasSizeGreaterThan(200);
        assertThat(unchanged).isBetween(20, 130);
    }

    @Test
    void randAugmentDoesSoManyOperations() {
        Image image = Pictures.noise(16, 16, 1);
        AutomaticAugmentation twice = new AutomaticAugmentation(Policy.RAND_AUGMENT, 2, 30);
        AutomaticAugmentation once = new AutomaticAugmentation(Policy.RAND_AUGMENT, 1, 30);
        int same = 0;
        for (long seed = 0; seed < 200; seed++) {
            RandomParts random = new RandomParts(seed);
            same += Arrays.equals(
                            once.apply(image, random).pixels(),
                            twice.apply(image, random).pixels())
                    ? 1
                    : 0;
        }

        // The second is the identity in one of 14, and a few others do nothing to noise.
        assertThat(same).isBetween(1, 60);
        assertThat(AutomaticAugmentation.NONE.apply(image, new RandomParts(1))).isSameAs(image);
    }

    @Test
    void refusesNumbersOutOfRange() {
        assertThatThrownBy(() -> new AutomaticAugmentation(Policy.RAND_AUGMENT, 0, 9))
                .hasMessageContaining("operations must be from 1 to 14, but it is 0");
        assertThatThrownBy(() -> new AutomaticAugmentation(Policy.RAND_AUGMENT, 2, 31))
                .hasMessageContaining("magnitude must be from 0 to 30, but it is 31");
    }
}
