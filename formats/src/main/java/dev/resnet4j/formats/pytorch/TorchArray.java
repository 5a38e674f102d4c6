package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.layer.BatchNormalization;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.layer.WeightSpec;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One weight of a network as PyTorch has it.
 *
 * @param name in a state dict: {@code layer1.0.bn1.running_mean}
 * @param weight which weight it is here
 * @param axes for each of PyTorch's axes the one of Keras's that it is
 * @param shape in PyTorch's axes
 */
record TorchArray(String name, WeightName weight, List<Integer> axes, Shape shape) {
    /** Keras's (height, width, in, out) as PyTorch's (out, in, height, width). */
    private static final List<Integer> CONVOLUTION = List.of(3, 2, 0, 1);

    /** Keras's (in, out) as PyTorch's (out, in). */
    private static final List<Integer> LINEAR = List.of(1, 0);

    private static final List<Integer> VECTOR = List.of(0);

    private static final String RUNNING_VARIANCE = "running_var";

    /**
     * The weights of a network, in PyTorch's order: block by block, each with its shortcut at the end.
     *
     * @throws FormatException if layers have weights that are none of a convolution, a linear layer or a batch
     *     normalisation; all of them are named
     */
    static List<TorchArray> of(Network network) {
        Map<String, List<Node>> blocks = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        for (Node node : network.flattened().layers()) {
            Layer layer = node.layer();
            if (layer instanceof Conv2D || layer instanceof Dense || layer instanceof BatchNormalization) {
                blocks.computeIfAbsent(block(layer.name()), any -> new ArrayList<>())
                        .add(node);
            } else if (!node.weights().isEmpty()) {
                others.add(layer.name() + " (" + layer.className() + ")");
            }
        }
        if (!others.isEmpty()) {
            throw new FormatException(
                    "network '" + network.name() + "'",
                    "PyTorch's residual networks have no layers like " + others,
                    "save it in Keras's format");
        }
        List<TorchArray> arrays = new ArrayList<>();
        for (List<Node> block : blocks.values()) {
            block.stream().filter(node -> !isShortcut(node)).forEach(node -> addWeights(node, arrays));
            block.stream().filter(TorchArray::isShortcut).forEach(node -> addWeights(node, arrays));
        }
        return arrays;
    }

    /** {@code layer1.0} of a layer in a block, else the layer itself. */
    private static String block(String layer) {
        return layer.replaceFirst("^(layer\\d+\\.\\d+)\\..*", "$1");
    }

    private static boolean isShortcut(Node node) {
        String name = node.layer().name();
        return name.contains(".downsample.") || name.contains(".shortcut.");
    }

    private static void addWeights(Node node, List<TorchArray> arrays) {
        String layer = node.layer().name();
        for (WeightSpec spec : node.weights()) {
            List<Integer> axes = switch (spec.shape().rank()) {
                case 4 -> CONVOLUTION;
                case 2 -> LINEAR;
                default -> VECTOR;
            };
            Shape shape = new Shape(axes.stream().map(spec.shape()::dimension).toList());
            WeightName weight = new WeightName(layer, spec.name());
            arrays.add(new TorchArray(layer + "." + torchName(spec.name()), weight, axes, shape));
        }
    }

    private static String torchName(String kerasName) {
        return switch (kerasName) {
            case "kernel", "gamma" -> "weight";
            case "beta" -> "bias";
            case "moving_mean" -> "running_mean";
            case "moving_variance" -> RUNNING_VARIANCE;
            default -> kerasName;
        };
    }

    /** The name of the counter that PyTorch keeps beside a batch normalisation's last array. */
    Optional<String> batchCounter() {
        return name.endsWith("." + RUNNING_VARIANCE)
                ? Optional.of(weight.layer() + "." + ArrayProblems.BATCH_COUNTER)
                : Optional.empty();
    }

    /** The numbers in PyTorch's axes. */
    NdArray toTorch(NdArray keras) {
        return AxisOrder.transposed(keras, axes);
    }

    /** The numbers in Keras's axes. */
    NdArray toKeras(NdArray torch) {
        List<Integer> back = new ArrayList<>();
        for (int axis = 0; axis < axes.size(); axis++) {
            back.add(axes.indexOf(axis));
        }
        return AxisOrder.transposed(torch, back);
    }
}
