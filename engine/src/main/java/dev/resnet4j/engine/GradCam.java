package dev.resnet4j.engine;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.tensor.Shape;
import java.util.List;

/** What {@link Model#gradCam} can look at. */
public final class GradCam {
    private GradCam() {}

    /**
     * The layers whose output has several rows or columns, in the network's order. Those of nested networks have both
     * names: {@code backbone/conv1}.
     */
    public static List<Node> layers(Network network) {
        List<Node> nodes = network.flattened().nodes();
        return nodes.subList(1, nodes.size()).stream()
                .filter(node -> hasRowsAndColumns(node.outputShape()))
                .toList();
    }

    private static boolean hasRowsAndColumns(Shape shape) {
        return shape.rank() == 3 && shape.height() * shape.width() > 1;
    }

    /**
     * The one that the paper looks at: the last, where what is seen is most a matter of the classes.
     *
     * @throws EngineException if there is none
     */
    public static String lastLayer(Network network) {
        List<Node> layers = layers(network);
        if (layers.isEmpty()) {
            throw new EngineException(
                    "network '" + network.name()
                            + "' has no layer whose output has rows and columns, so there is no place in a picture to point at");
        }
        return layers.get(layers.size() - 1).name();
    }

    /** @throws EngineException if the layer's output has no rows and columns, or the network has no such class */
    static void requirePossible(Network network, String layer, int classIndex) {
        Node node = network.flattened().nodes().stream()
                .filter(candidate -> candidate.name().equals(layer))
                .findFirst()
                .orElseThrow(() -> new EngineException("network '" + network.name() + "' has no layer named '" + layer
                        + "': its summary names them, the last with rows and columns is '" + lastLayer(network) + "'"));
        if (node.outputShape().rank() != 3) {
            throw new EngineException("layer '" + layer + "' has outputs of shape " + node.outputShape()
                    + ", without rows and columns: take an earlier layer, the last with them is '" + lastLayer(network)
                    + "'");
        }
        Shape outputs = network.outputShape();
        if (outputs.rank() != 1 || classIndex < 0 || classIndex >= outputs.elements()) {
            throw new EngineException("there is no class " + classIndex + ": network '" + network.name()
                    + "' has outputs of shape " + outputs + ", counted from 0");
        }
    }
}
