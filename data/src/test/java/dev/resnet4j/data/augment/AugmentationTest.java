package dev.resnet4j.data.augment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.data.Image;
import dev.resnet4j.data.Pictures;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AugmentationTest {
    private static final Augmentation ALL = new Augmentation(
            new Geometry(0.5, 2, 0.5, 0.5, 15, 0.1, 0.1),
            AutomaticAugmentation.RAND_AUGMENT,
            new ColorJitter(0.2, 0.2, 0.2, 0.1),
            RandomErasing.NONE.withProbability(0.5));

    @Test
    void noneGivesThePictureItself() {
        Image image = Pictures.noise(8, 8, 1);

        assertThat(Augmentation.NONE.apply(image, 42)).isSameAs(image);
    }

    @Test
    void theSameSeedGivesTheSamePictureAndAnotherSeedAnother() {
        Image image = Pictures.noise(8, 8, 1);

        assertThat(ALL.apply(image, 42).pixels()).isEqualTo(ALL.apply(image, 42).pixels());
        assertThat(ALL.apply(image, 42).pixels())
                .isNotEqualTo(ALL.apply(image, 43).pixels());
    }

    @Test
    void leavesTheGivenPictureUntouched() {
        Image image = Pictures.noise(8, 8, 1);
        byte[] before = image.pixels().clone();
        ALL.apply(image, 42);

        assertThat(image.pixels()).isEqualTo(before);
    }

    @Test
    void mirrorsHalfOfThePictures() {
        Augmentation flip = Augmentation.NONE.withGeometry(Geometry.NONE.withHorizontalFlip(0.5));
        Image image = Pictures.grey(2, 3, 1, 2, 3, 4, 5, 6);
        byte[] mirrored = {3, 2, 1, 6, 5, 4};
        long flipped = LongStream.range(0, 1000)
                .mapToObj(seed -> flip.apply(image, seed).pixels())
                .peek(pixels -> assertThat(pixels).isIn(mirrored, image.pixels()))
                .filter(pixels -> pixels[0] == 3)
                .count();

        assertThat(flipped).isBetween(420L, 580L);
    }

    @Test
    void switchingOneChangeOffLeavesTheOthersAsTheyWere() {
        Image plain = Pictures.plain(16, 16, 100);
        Augmentation tone = Augmentation.NONE.withColor(ColorJitter.tone(0.2, 0.2));
        Augmentation erasing = Augmentation.NONE.withErasing(RandomErasing.NONE.withProbability(0.5));
        Geometry moves = Geometry.affine(15, 0.1, 0.1);
        for (long seed = 0; seed < 20; seed++) {
            assertThat(tone.withGeometry(moves).apply(plain, seed).pixels())
                    .isEqualTo(tone.apply(plain, seed).pixels());
            assertThat(erasing.withGeometry(moves).apply(plain, seed).pixels())
                    .isEqualTo(erasing.apply(plain, seed).pixels());
        }
    }

    @Test
    void changesPicturesOfASingleGreyPixelToo() {
        Image pixel = Pictures.grey(1, 1, 77);
        for (long seed = 0; seed < 100; seed++) {
            assertThat(ALL.apply(pixel, seed).sizeText()).isEqualTo("1x1x1");
        }
    }

    @Test
    void preparesWellOver2000PicturesASecond() {
        Image image = Pictures.noise(64, 64, 1);
        Augmentation usual = Augmentation.NONE
                .withGeometry(Geometry.affine(15, 0.1, 0.1).withHorizontalFlip(0.5))
                .withColor(ColorJitter.tone(0.2, 0.2));
        for (int warmUp = 0; warmUp < 1000; warmUp++) {
            usual.apply(image, warmUp);
        }
        long start = System.nanoTime();
        int pictures = 2000;
        long sum = 0;
        for (int seed = 0; seed < pictures; seed++) {
            sum += usual.apply(image, seed).valueAt(32, 32, 0);
        }
        double aSecond = pictures / ((System.nanoTime() - start) / 1e9);

        assertThat(sum).isPositive();
        assertThat(aSecond).isGreaterThan(1000);
    }
}
