package dev.resnet4j.model.transfer;

import dev.resnet4j.model.initializer.GlorotUniform;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.GlobalAveragePooling2D;
import dev.resnet4j.model.layer.GlobalMaxPooling2D;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Softmax;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.tensor.Shape;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A trained network made ready for other classes and other pictures. {@link WeightTransfer} brings its weights over. */
public final class TransferNetwork {
    private static final String ADDED_HEAD = "predictions";

    private TransferNetwork() {}

    /**
     * The network with a new head: its last dense layer for so many classes, and a softmax, whatever the activation was.
     * The new layer keeps its name, without which the old one's weights are found not to fit; a name that counts the
     * classes, such as {@code fc1000}, counts the new ones. A network that ends in global pooling, as one without top does,
     * gets a dense layer {@code predictions}.
     *
     * @param classes at least 1
     * @param seed of the new kernel's {@code glorot_uniform}; the bias starts from zeros
     * @throws InvalidNetworkException if the network ends neither in a dense layer nor in global pooling
     */
    public static Network withClasses(Network network, int classes, long seed) {
        Layer last = network.output().layer();
        Dense added = new Dense(classes)
                .withActivation(ActivationFunction.SOFTMAX)
                .withKernelInitializer(new GlorotUniform(seed));
        if (last instanceof GlobalAveragePooling2D || last instanceof GlobalMaxPooling2D) {
            return network.followedBy(added.withName(ADDED_HEAD));
        }
        return withSoftmax(withClassifier(
                network,
                dense -> new Dense(
                        nameFor(classes, dense),
                        classes,
                        dense.useBias(),
                        dense.activation(),
                        added.kernelInitializer(),
                        new Zeros())));
    }

    /** {@code fc6} of {@code fc1000}. */
    private static String nameFor(int classes, Dense before) {
        String count = String.valueOf(before.units());
        return before.name().matches(".*\\D" + count)
                ? before.name().substring(0, before.name().length() - count.length()) + classes
                : before.name();
    }

    private static Network withClassifier(Network network, UnaryOperator<Dense> change) {
        String classifier = Head.of(network).classifier().layer().name();
        return network.withReplaced(layer -> layer.name().equals(classifier) ? replaced(layer, change) : layer);
    }

    private static Layer replaced(Layer classifier, UnaryOperator<Dense> change) {
        return classifier instanceof Network nested ? withClassifier(nested, change) : change.apply((Dense) classifier);
    }

    /**
     * The network with a softmax at its end, where it gives numbers that are no probabilities yet: what is learned from is
     * their logarithm. The weights are the same.
     *
     * @throws InvalidNetworkException if the network does not end in a dense layer
     */
    public static Network withSoftmax(Network network) {
        Head head = Head.of(network);
        if (Softmax.ends(head.output())) {
            return network;
        }
        if (head.hasActivationOfItsOwn()) {
            String name = head.output().layer().name();
            return withClassifier(network, dense -> dense.withActivation(ActivationFunction.LINEAR))
                    .withReplaced(layer ->
                            layer.name().equals(name) ? new Activation(name, ActivationFunction.SOFTMAX) : layer);
        }
        return network.output().layer() instanceof Network nested
                ? network.withReplaced(layer -> layer.name().equals(nested.name()) ? withSoftmax(nested) : layer)
                : withClassifier(network, dense -> dense.withActivation(ActivationFunction.SOFTMAX));
    }

    /**
     * The network for pictures of another size. That is possible where its layers do not depend on the size up to a global
     * pooling or up to the head, which then needs new weights.
     *
     * @param pictures (height, width, channels)
     * @throws InvalidNetworkException if a layer cannot take them, or a weight besides the head's would have another shape
     */
    public static Network withPictures(Network network, Shape pictures) {
        if (pictures.equals(network.inputShape())) {
            return network;
        }
        Network resized = network.withInputShape(pictures);
        Map<WeightName, WeightSpec> before = network.weights();
        resized.weights().forEach((name, spec) -> {
            Shape trained = before.get(name).shape();
            if (!spec.shape().equals(trained)
                    && !name.layer().equals(Head.of(network).layerName())) {
                throw new InvalidNetworkException("network '" + network.name() + "' is for pictures of "
                        + network.inputShape() + " alone: for " + pictures + " its weight '" + name
                        + "' would have shape " + spec.shape() + " instead of " + trained
                        + "; " + howToFit(pictures, network.inputShape()));
            }
        });
        return resized;
    }

    private static String howToFit(Shape pictures, Shape input) {
        return pictures.channels() == input.channels()
                ? "bring the pictures to the network's size"
                : "take pictures of " + input.channels() + (input.channels() == 1 ? " channel" : " channels");
    }
}
