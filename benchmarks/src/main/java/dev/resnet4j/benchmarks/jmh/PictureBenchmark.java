package dev.resnet4j.benchmarks.jmh;

import dev.resnet4j.benchmarks.race.SyntheticPhoto;
import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageFiles;
import dev.resnet4j.data.ImageOptions;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Preprocessing;
import dev.resnet4j.data.augment.Augmentation;
import dev.resnet4j.engine.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The way of one picture from a JPEG file of 500x375 to a network's numbers, on one core. */
public class PictureBenchmark extends Piece {
    private static final Augmentation AUGMENTATION = Recipes.DEFAULT.pictures().augmentation();

    /** Height and width that the network wants. */
    @Param({"64", "224"})
    public int size;

    private Path photo;
    private ImageOptions resized;
    private Image picture;
    private float[] numbers;
    private long seed;

    /** Writes the photo. */
    @Setup
    public void write() throws IOException {
        photo = Files.createTempFile("photo", ".jpg");
        SyntheticPhoto.write(photo, 0, 500, 375);
        resized = ImageOptions.DEFAULT.withTargetSize(new ImageSize(size, size));
        picture = decodeAndResize();
        numbers = new float[picture.pixels().length];
    }

    /** Deletes the photo. */
    @TearDown
    public void delete() throws IOException {
        Files.delete(photo);
    }

    /** Of the file. */
    @Benchmark
    public Image decodeAndResize() {
        return ImageFiles.read(photo, resized);
    }

    /** As the recipe {@code default} does, by another seed each time. */
    @Benchmark
    public Image augment() {
        return AUGMENTATION.apply(picture, seed++);
    }

    /** Bytes to numbers from 0 to 1. */
    @Benchmark
    public float[] preprocess() {
        Preprocessing.UNIT.write(picture, numbers, 0);
        return numbers;
    }
}
