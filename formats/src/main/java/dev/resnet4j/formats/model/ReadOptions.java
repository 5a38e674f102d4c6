package dev.resnet4j.formats.model;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.tensor.Shape;
import java.util.Optional;

/**
 * What a reader must be told that the file does not say.
 *
 * @param inputShape (height, width, channels) of the pictures, where the file leaves them open
 * @param architecture the network that a file of weights alone is for
 * @param byName whether such weights go to the layers of the same names, as Keras's {@code load_weights(by_name=True)},
 *     and not to the layers in their order
 * @param skipMismatch whether weights of other shapes than the layers' are left out instead of refused
 */
public record ReadOptions(
        Optional<Shape> inputShape, Optional<Network> architecture, boolean byName, boolean skipMismatch) {
    /** The file says all. */
    public static final ReadOptions DEFAULT = new ReadOptions(Optional.empty(), Optional.empty(), false, false);

    /** For pictures of this shape. */
    public ReadOptions withInputShape(Shape newInputShape) {
        return new ReadOptions(Optional.of(newInputShape), architecture, byName, skipMismatch);
    }

    /** For weights alone, of this network. */
    public ReadOptions withArchitecture(Network newArchitecture) {
        return new ReadOptions(inputShape, Optional.of(newArchitecture), byName, skipMismatch);
    }

    /** With weights alone taken by the layers' names, or in their order. */
    public ReadOptions withByName(boolean newByName) {
        return new ReadOptions(inputShape, architecture, newByName, skipMismatch);
    }

    /** With weights of other shapes left out, or refused. */
    public ReadOptions withSkipMismatch(boolean newSkipMismatch) {
        return new ReadOptions(inputShape, architecture, byName, newSkipMismatch);
    }
}
