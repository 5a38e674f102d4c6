package dev.resnet4j.model.layer;

import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names and orders the layers behind a symbolic tensor as Keras's {@code Functional} does: by decreasing depth (the
 * longest way to the output), and within one depth in the order in which a walk from the output first meets them.
 */
final class GraphOrder {
    private final SymbolicTensor input;

    /** Every tensor after its inputs: the order in which straightforward code creates them. */
    private final List<SymbolicTensor> created = new ArrayList<>();

    private final Map<SymbolicTensor, Integer> firstMet = new HashMap<>();
    private final Map<SymbolicTensor, Integer> depths = new HashMap<>();
    private final IdentityHashMap<Layer, String> names = new IdentityHashMap<>();

    GraphOrder(SymbolicTensor input, SymbolicTensor output) {
        this.input = input;
        walkFrom(output);
        requireOneInput();
        measureDepths();
        nameLayers();
    }

    List<Node> nodes() {
        List<SymbolicTensor> ordered = created.stream()
                .sorted(Comparator.comparing((SymbolicTensor tensor) -> -depths.get(tensor))
                        .thenComparing(firstMet::get))
                .toList();
        IdentityHashMap<Layer, Integer> calls = new IdentityHashMap<>();
        IdentityHashMap<Layer, Layer> named = new IdentityHashMap<>();
        Map<SymbolicTensor, Node> nodes = new LinkedHashMap<>();
        for (SymbolicTensor tensor : ordered) {
            int call = calls.merge(tensor.layer(), 1, Integer::sum) - 1;
            Layer layer = named.computeIfAbsent(tensor.layer(), any -> any.withName(names.get(any)));
            List<String> inputs =
                    tensor.inputs().stream().map(nodes::get).map(Node::name).toList();
            List<Shape> inputShapes =
                    tensor.inputs().stream().map(SymbolicTensor::shape).toList();
            nodes.put(tensor, Node.of(layer, call, inputs, inputShapes, false));
        }
        requireSameWeightsAtEachCall(nodes.values());
        return List.copyOf(nodes.values());
    }

    private static void requireSameWeightsAtEachCall(Collection<Node> nodes) {
        Map<String, Node> first = new HashMap<>();
        for (Node node : nodes) {
            Node before = first.putIfAbsent(node.layer().name(), node);
            if (before != null && !shapes(before).equals(shapes(node))) {
                throw InvalidNetworkException.at(
                        node.layer(),
                        "it is called with inputs that need other weights each time; apply a layer of its own to each");
            }
        }
    }

    private static List<Shape> shapes(Node node) {
        return node.weights().stream().map(WeightSpec::shape).toList();
    }

    /** A depth-first walk with a stack of its own, since networks may be deeper than the call stack. */
    private void walkFrom(SymbolicTensor output) {
        Deque<SymbolicTensor> open = new ArrayDeque<>();
        Set<SymbolicTensor> done = new HashSet<>();
        open.push(output);
        while (!open.isEmpty()) {
            SymbolicTensor tensor = open.peek();
            firstMet.putIfAbsent(tensor, firstMet.size());
            SymbolicTensor next = tensor.inputs().stream()
                    .filter(candidate -> !done.contains(candidate))
                    .findFirst()
                    .orElse(null);
            if (next != null) {
                open.push(next);
            } else {
                open.pop();
                done.add(tensor);
                created.add(tensor);
            }
        }
    }

    private void requireOneInput() {
        if (!(input.layer() instanceof InputLayer)) {
            throw new InvalidNetworkException("a network starts at an input, but a layer of class "
                    + input.layer().className() + " is given: take what SymbolicTensor.input returned");
        }
        if (!firstMet.containsKey(input)) {
            throw new InvalidNetworkException("the output does not come from the input: nothing connects them");
        }
        for (SymbolicTensor tensor : created) {
            if (tensor.layer() instanceof InputLayer && tensor != input) {
                throw new InvalidNetworkException(
                        "the network has a second input of shape " + tensor.shape() + ": an image classifier has one");
            }
        }
    }

    private void measureDepths() {
        for (int index = created.size() - 1; index >= 0; index--) {
            SymbolicTensor tensor = created.get(index);
            int depth = depths.computeIfAbsent(tensor, ignored -> 0);
            for (SymbolicTensor earlier : tensor.inputs()) {
                depths.merge(earlier, depth + 1, Math::max);
            }
        }
    }

    /** One object is one layer, however often it is called. */
    private void nameLayers() {
        Set<Layer> layers = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Layer> inOrder =
                created.stream().map(SymbolicTensor::layer).filter(layers::add).toList();
        Set<String> taken = new HashSet<>();
        for (Layer layer : inOrder) {
            if (!layer.name().isEmpty() && !taken.add(layer.name())) {
                throw new InvalidNetworkException(
                        "two layers are named '" + layer.name() + "': every layer needs a name of its own");
            }
        }
        Map<String, Integer> used = new HashMap<>();
        for (Layer layer : inOrder) {
            names.put(layer, layer.name().isEmpty() ? freeName(layer.automaticName(), used, taken) : layer.name());
        }
    }

    private static String freeName(String base, Map<String, Integer> used, Set<String> taken) {
        String name;
        do {
            int number = used.merge(base, 1, Integer::sum) - 1;
            name = number == 0 ? base : base + "_" + number;
        } while (!taken.add(name));
        return name;
    }
}
