package dev.resnet4j.formats.keras;

import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.ConstantRate;
import dev.resnet4j.model.training.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The variables of Keras's optimizers in their order: the steps taken, the learning rate where no schedule gives it,
 * and for each trainable weight its slots one after the other.
 */
final class OptimizerVariables {
    private OptimizerVariables() {}

    /** The name that Keras gives the optimizer. */
    static String kerasName(Optimizer optimizer) {
        return optimizer instanceof Adam ? "adam" : "SGD";
    }

    /** How many variables stand before the slots. */
    static int variablesBeforeSlots(Optimizer optimizer) {
        return optimizer.learningRate() instanceof ConstantRate ? 2 : 1;
    }

    /** The trainable weights with their shapes, in the order of the nodes. */
    static Map<WeightName, Shape> trainable(List<Node> nodes) {
        Map<WeightName, Shape> shapes = new LinkedHashMap<>();
        for (Node node : nodes) {
            for (WeightSpec spec : node.weights()) {
                if (spec.trainable()) {
                    shapes.put(new WeightName(node.name(), spec.name()), spec.shape());
                }
            }
        }
        return shapes;
    }
}
