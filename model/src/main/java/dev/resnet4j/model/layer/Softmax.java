package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/**
 * exp(x) over the sum of exp(x) along one axis.
 *
 * @param name the layer's name
 * @param axis counted as Keras does: from 1, the batch axis being 0, or from -1 backwards
 */
public record Softmax(String name, int axis) implements Layer {
    /** Along the last axis. */
    public Softmax() {
        this("", -1);
    }

    /**
     * Whether the last thing that a node's layer does is a softmax over the last axis, be it the layer itself or its
     * activation: its outputs are probabilities.
     */
    public static boolean ends(Node node) {
        Layer layer = node.layer();
        return (layer instanceof Softmax softmax
                        && (softmax.axis() == -1
                                || softmax.axis() == node.outputShape().rank()))
                || (layer instanceof Activation activation && activation.function() == ActivationFunction.SOFTMAX)
                || (layer instanceof Dense dense && dense.activation() == ActivationFunction.SOFTMAX)
                || (layer instanceof Conv2D convolution && convolution.activation() == ActivationFunction.SOFTMAX);
    }

    @Override
    public Softmax withName(String newName) {
        return new Softmax(newName, axis);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        Shape input = Inputs.single(this, inputs);
        Inputs.axis(this, axis, input);
        return input;
    }

    @Override
    public <R> R accept(LayerVisitor<R> visitor) {
        return visitor.visit(this);
    }
}
