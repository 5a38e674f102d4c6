package dev.resnet4j.benchmarks.jmh;

import dev.resnet4j.data.Image;
import dev.resnet4j.engine.Model;
import dev.resnet4j.engine.Prediction;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.Shape;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What ResNet-50 says of one picture of 64x64, from its bytes to its classes, on all cores. */
public class PredictionBenchmark extends Piece {
    private static final int SIDE = 64;
    private static final int CHANNELS = 3;

    private Model model;
    private Image picture;

    /** Builds the network. */
    @Setup
    public void build() {
        model = Model.of(ResNet50.build(Shape.of(SIDE, SIDE, CHANNELS), 6));
        byte[] pixels = new byte[SIDE * SIDE * CHANNELS];
        new Random(1).nextBytes(pixels);
        picture = new Image(SIDE, SIDE, CHANNELS, pixels);
    }

    /** Frees the native memory. */
    @TearDown
    public void free() {
        model.close();
    }

    /** One picture. */
    @Benchmark
    public Prediction predict() {
        return model.predict(picture);
    }
}
