package dev.resnet4j.cli;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.Shape;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The networks that the command line knows by name. */
enum BuiltInNetwork {
    /** The tutorial's. */
    RESNET50;

    /** The network of a name, in any letter case, if there is one. */
    static Optional<BuiltInNetwork> named(String name) {
        return Arrays.stream(values())
                .filter(network -> network.toString().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /**
     * The network for pictures of a shape, with kernels that start from a seed.
     *
     * @throws dev.resnet4j.model.layer.InvalidNetworkException if the network cannot take such pictures
     */
    Network build(Shape inputShape, int classes, long seed) {
        return switch (this) {
            case RESNET50 -> ResNet50.build(inputShape, classes, seed);
        };
    }

    /** The word of the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
