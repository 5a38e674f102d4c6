package dev.resnet4j.model.layer;

import dev.resnet4j.model.initializer.Initializer;
import dev.resnet4j.model.initializer.Ones;
import dev.resnet4j.model.initializer.Zeros;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** The checks that layers make of their inputs' shapes. */
final class Inputs {
    private Inputs() {}

    static Shape single(Layer layer, List<Shape> inputs) {
        if (inputs.size() != 1) {
            throw InvalidNetworkException.at(layer, "takes one input, got " + inputs.size());
        }
        return inputs.get(0);
    }

    static Shape featureMap(Layer layer, List<Shape> inputs) {
        Shape input = single(layer, inputs);
        if (input.rank() != 3) {
            throw InvalidNetworkException.at(
                    layer, "takes a feature map (height, width, channels), but its input has shape " + input);
        }
        return input;
    }

    /**
     * The place of an axis in a shape without the batch axis.
     *
     * @param axis counted as Keras does: from 1, the batch axis being 0, or from -1 backwards
     */
    static int axis(Layer layer, int axis, Shape input) {
        int place = axis < 0 ? input.rank() + axis : axis - 1;
        if (place < 0 || place >= input.rank()) {
            throw InvalidNetworkException.at(
                    layer, "axis " + axis + " is none of its input's, which has shape " + input.toStringWithBatch());
        }
        return place;
    }

    /** The weights of a normalisation: gamma where it scales, beta where it centres. */
    static List<WeightSpec> scaleAndOffset(Shape shape, boolean scale, boolean center) {
        return scaleAndOffset(shape, scale, new Ones(), center);
    }

    static List<WeightSpec> scaleAndOffset(Shape shape, boolean scale, Initializer gamma, boolean center) {
        List<WeightSpec> weights = new ArrayList<>();
        if (scale) {
            weights.add(new WeightSpec("gamma", shape, gamma, true));
        }
        if (center) {
            weights.add(new WeightSpec("beta", shape, new Zeros(), true));
        }
        return List.copyOf(weights);
    }

    static void requireOneOrOneEach(Layer layer, String what, int given, Shape input) {
        if (given != 1 && given != input.channels()) {
            throw InvalidNetworkException.at(
                    layer,
                    "its " + what + " has " + given + " numbers, for an input of " + input.channels() + " channels");
        }
    }

    static void requireEpsilon(String what, double epsilon) {
        if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
            throw new InvalidNetworkException(what + " must be above 0 and finite, got " + epsilon);
        }
    }

    /** A size that may be more than can be counted. */
    static int size(Layer layer, long size) {
        if (size > Integer.MAX_VALUE) {
            throw InvalidNetworkException.at(
                    layer, "its output would have " + size + " along one axis, more than can be held");
        }
        return (int) size;
    }

    static void requirePositive(String what, int value) {
        if (value < 1) {
            throw new InvalidNetworkException(what + " must be at least 1, got " + value);
        }
    }
}
