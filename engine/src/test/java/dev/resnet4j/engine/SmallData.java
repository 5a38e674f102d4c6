package dev.resnet4j.engine;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Pictures of 8x8 pixels that are mostly red, green or blue, and a network that can tell them apart. */
final class SmallData {
    static final int SIDE = 8;
    static final List<String> COLOURS = List.of("red", "green", "blue");

    private SmallData() {}

    static Dataset pictures(int count, long seed) {
        Random random = new Random(seed);
        List<Image> images = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            byte[] pixels = new byte[SIDE * SIDE * 3];
            random.nextBytes(pixels);
            int label = index % COLOURS.size();
            for (int pixel = label; pixel < pixels.length; pixel += 3) {
                pixels[pixel] = (byte) (128 + random.nextInt(128));
            }
            images.add(new Image(SIDE, SIDE, 3, pixels));
            labels.add(label);
        }
        return new Dataset(images, labels, COLOURS);
    }

    static Network network() {
        SymbolicTensor input = SymbolicTensor.input(Shape.of(SIDE, SIDE, 3));
        SymbolicTensor x = new Conv2D(8, 3)
                .withKernelInitializer(new GlorotUniform(1))
                .withName("conv")
                .apply(input);
        x = new BatchNormalization().withMomentum(0.8).withName("bn").apply(x);
        x = new Activation(ActivationFunction.RELU).apply(x);
        x = new GlobalAveragePooling2D().apply(x);
        x = new Dropout(0.1).apply(x);
        x = new Dense(COLOURS.size())
                .withKernelInitializer(new GlorotUniform(2))
                .withActivation(ActivationFunction.SOFTMAX)
                .withName("fc")
                .apply(x);
        return Network.of("small", input, x);
    }
}
