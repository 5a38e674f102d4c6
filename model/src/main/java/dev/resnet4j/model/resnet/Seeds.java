package dev.resnet4j.model.resnet;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.HeNormal;
import java.util.Random;

/** A seed for each kernel of a network, drawn from the network's in the order in which the layers are made. */
final class Seeds {
    private final Random random;

    Seeds(long seed) {
        this.random = new Random(seed);
    }

    GlorotUniform glorotUniform() {
        return new GlorotUniform(next());
    }

    HeNormal heNormal() {
        return new HeNormal(next());
    }

    /** Below what TensorFlow takes seeds modulo of. */
    private int next() {
        return random.nextInt(Integer.MAX_VALUE);
    }
}
