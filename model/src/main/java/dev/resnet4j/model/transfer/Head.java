package dev.resnet4j.model.transfer;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.Softmax;

/**
 * The classifier at a network's end: its last dense layer, and the activation behind it where that is a layer of its own.
 *
 * @param classifier the dense layer, or the nested network that ends with it
 * @param output the last layer of all; the classifier itself where its activation is its own
 */
record Head(Node classifier, Node output) {
    /** @throws InvalidNetworkException if the network does not end so */
    static Head of(Network network) {
        Node output = network.output();
        Node classifier = isActivation(output) ? network.node(output.inputs().get(0)) : output;
        if (classifier.layer() instanceof Dense) {
            return new Head(classifier, output);
        }
        if (classifier.layer() instanceof Network nested) {
            of(nested);
            return new Head(classifier, output);
        }
        throw new InvalidNetworkException("network '" + network.name() + "' has no classifier to be seen: it ends in '"
                + classifier.name() + "' (" + classifier.layer().className()
                + "), not in a dense layer, with or without"
                + " a softmax; take a network that does, or one that ends in global pooling");
    }

    private static boolean isActivation(Node node) {
        return node.layer() instanceof Activation || node.layer() instanceof Softmax;
    }

    /** The name of the dense layer; under both names where it is in a nested network: {@code backbone/fc}. */
    String layerName() {
        String name = classifier.layer().name();
        return classifier.layer() instanceof Network nested
                ? name + "/" + of(nested).layerName()
                : name;
    }

    /** Whether the activation is a layer behind the classifier. */
    boolean hasActivationOfItsOwn() {
        return !classifier.name().equals(output.name());
    }
}
