package dev.resnet4j.data.duplicates;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Hdf5Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Interpolation;
import dev.resnet4j.data.PillowResize;
import dev.resnet4j.data.SharedData;
import dev.resnet4j.data.signs.Signs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DuplicatesTest {
    private static final Dataset PICTURES = Signs.testSet(0);

    @Test
    void findsExactlyTheLeakedPicturesOfTheHandSigns() throws IOException {
        Dataset training = Hdf5Dataset.read(SharedData.require("signs/train_signs.h5"));
        Dataset test = Hdf5Dataset.read(SharedData.require("signs/test_signs.h5"));
        Path leaked = SharedData.require("signs/test-images-also-in-train.txt");
        List<Integer> expected = Files.readAllLines(leaked).stream()
                .filter(line -> !line.isBlank())
                .map(line -> Integer.valueOf(line.strip()))
                .toList();

        List<Duplicate> found = Duplicates.between(training, test);

        assertThat(found.stream().map(Duplicate::test).distinct()).hasSize(13).containsExactlyElementsOf(expected);
        assertThat(found)
                .allMatch(pair -> training.labels().get(pair.training()).equals(0));
    }

    @Test
    void findsEachPictureOfADataSetInItself() {
        assertThat(Duplicates.between(PICTURES, PICTURES))
                .containsExactlyElementsOf(IntStream.range(0, PICTURES.size())
                        .mapToObj(index -> new Duplicate(index, index, 0))
                        .toList());
    }

    @Test
    void findsNoneAmongPicturesDrawnAnew() {
        assertThat(Duplicates.between(Signs.testSet(1), PICTURES)).isEmpty();
    }

    @Test
    void findsCopiesOfLesserQuality() {
        Random random = new Random(1);
        assertThat(foundAfter(image -> noisy(image, random))).containsExactlyElementsOf(all());
    }

    @Test
    void findsCopiesOfAnotherSizeAndInGrey() {
        assertThat(foundAfter(image -> PillowResize.resize(image, new ImageSize(100, 80), Interpolation.BICUBIC)))
                .containsExactlyElementsOf(all());
        assertThat(foundAfter(Image::toGrey)).containsExactlyElementsOf(all());
    }

    @Test
    void tellsFlatPicturesApartByTheirBrightness() {
        Dataset training = flat(10, 100, 200);
        Dataset test = flat(101, 150);

        assertThat(Duplicates.between(training, test)).containsExactly(new Duplicate(1, 0, 0));
    }

    private static Dataset flat(int... values) {
        List<Image> images = IntStream.of(values)
                .mapToObj(value -> new Image(8, 8, 1, filled(value)))
                .toList();
        return new Dataset(images, images.stream().map(image -> 0).toList(), List.of("flat"));
    }

    private static byte[] filled(int value) {
        byte[] pixels = new byte[64];
        Arrays.fill(pixels, (byte) value);
        return pixels;
    }

    /** The first 30 pictures, changed, in the same pictures as they were. */
    private static List<Integer> foundAfter(UnaryOperator<Image> change) {
        Dataset first = PICTURES.take(30);
        Dataset changed = new Dataset(first.images().stream().map(change).toList(), first.labels(), first.classNames());
        List<Duplicate> found = Duplicates.between(PICTURES, changed);
        assertThat(found).allMatch(pair -> pair.training() == pair.test());
        return found.stream().map(Duplicate::test).toList();
    }

    private static List<Integer> all() {
        return IntStream.range(0, 30).boxed().toList();
    }

    private static Image noisy(Image image, Random random) {
        byte[] pixels = new byte[image.pixels().length];
        for (int index = 0; index < pixels.length; index++) {
            int value = Byte.toUnsignedInt(image.pixels()[index]) + random.nextInt(13) - 6;
            pixels[index] = (byte) Math.max(0, Math.min(255, value));
        }
        return new Image(image.height(), image.width(), image.channels(), pixels);
    }
}
