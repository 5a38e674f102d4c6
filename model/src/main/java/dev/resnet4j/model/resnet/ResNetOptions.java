package dev.resnet4j.model.resnet;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.tensor.Shape;

/**
 * What every residual network can be told, as keras.applications has it.
 *
 * @param inputShape (height, width, channels) of the pictures
 * @param includeTop whether the network ends in a classifier
 * @param pooling what the output is without one; of no effect with one
 * @param classes how many outputs the classifier's softmax has, at least 1; of no effect without one
 * @param seed from which all kernels' seeds come
 */
public record ResNetOptions(Shape inputShape, boolean includeTop, Pooling pooling, int classes, long seed) {
    /** @throws InvalidNetworkException if the shape is no picture's, or there is not at least one class */
    public ResNetOptions {
        if (inputShape.rank() != 3) {
            throw new InvalidNetworkException(
                    "a residual network takes pictures (height, width, channels), got " + inputShape);
        }
        if (classes < 1) {
            throw new InvalidNetworkException("a residual network needs at least one class, got " + classes);
        }
    }

    /** With a classifier and a random seed, which the initializers of the network's layers record. */
    public ResNetOptions(Shape inputShape, int classes) {
        this(
                inputShape,
                true,
                Pooling.NONE,
                classes,
                GlorotUniform.withRandomSeed().seed());
    }

    /** Without classifier: Keras's {@code include_top=False}. */
    public ResNetOptions withoutTop(Pooling newPooling) {
        return new ResNetOptions(inputShape, false, newPooling, classes, seed);
    }

    /** With this seed. */
    public ResNetOptions withSeed(long newSeed) {
        return new ResNetOptions(inputShape, includeTop, pooling, classes, newSeed);
    }

    void requireSideOfAtLeast(int smallest) {
        if (inputShape.height() < smallest || inputShape.width() < smallest) {
            throw new InvalidNetworkException("this residual network takes pictures of at least " + smallest + "x"
                    + smallest + ", got " + inputShape + ": resize them");
        }
    }
}
