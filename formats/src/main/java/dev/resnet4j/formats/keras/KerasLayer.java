package dev.resnet4j.formats.keras;

import dev.resnet4j.model.layer.Node;
import java.util.Objects;
import java.util.Optional;

/**
 * A layer of a network with what its file says of it.
 *
 * @param className the class that the file names: {@code Convolution2D}
 * @param node the layer at its first call
 * @param channelsFirst whether the file's layer works on (channels, height, width), which in Keras 1 is the order of its
 *     kernels, too: (filters, in, kernel height, kernel width)
 * @param nested the layers of a model in the model, in the file's order
 */
record KerasLayer(String className, Node node, boolean channelsFirst, Optional<LayeredNetwork> nested) {
    KerasLayer {
        Objects.requireNonNull(className, "className");
    }

    /** The layer's name, which may have slashes. */
    String name() {
        return node.layer().name();
    }
}
