package dev.resnet4j.plot;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.network.Network;
import dev.resnet4j.model.network.Node;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.plot.Drawing.Box;
import dev.resnet4j.plot.Drawing.Edge;
import dev.resnet4j.plot.Drawing.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says which boxes and arrows a network has. A layer that is called several times is one box, as in Keras. */
final class NetworkDrawing {
    private final PlotOptions options;
    private final Set<String> ids = new HashSet<>();
    private final Set<Edge> edges = new LinkedHashSet<>();

    private NetworkDrawing(PlotOptions options) {
        this.options = options;
    }

    static Drawing of(Network network, PlotOptions options) {
        NetworkDrawing drawing = new NetworkDrawing(options);
        List<Element> elements = drawing.elements(network);
        return new Drawing(printable(network.name()), elements, List.copyOf(drawing.edges));
    }

    private List<Element> elements(Network network) {
        Map<String, Node> nodes = new HashMap<>();
        network.nodes().forEach(node -> nodes.put(node.name(), node));
        Map<String, List<Node>> calls = network.nodes().stream()
                .collect(Collectors.groupingBy(node -> node.layer().name(), LinkedHashMap::new, Collectors.toList()));
        Map<String, String> boxes = new HashMap<>();
        List<Element> elements = new ArrayList<>();
        for (List<Node> callsOfOne : calls.values()) {
            Layer layer = callsOfOne.get(0).layer();
            String id = newId(layer.name());
            boxes.put(layer.name(), id);
            elements.add(new Box(id, fields(layer, callsOfOne, nodes)));
        }
        for (Node node : network.nodes()) {
            for (String input : node.inputs()) {
                edges.add(new Edge(
                        boxes.get(nodes.get(input).layer().name()),
                        boxes.get(node.layer().name())));
            }
        }
        return elements;
    }

    private String newId(String name) {
        String id = printable(name);
        while (!ids.add(id)) {
            id += "'";
        }
        return id;
    }

    private List<List<String>> fields(Layer layer, List<Node> calls, Map<String, Node> nodes) {
        List<List<String>> fields = new ArrayList<>();
        List<String> title = new ArrayList<>(List.of(title(layer)));
        if (options.showLayerActivations()) {
            activation(layer).map(ActivationFunction::kerasName).ifPresent(title::add);
        }
        fields.add(title);
        if (options.showDataTypes()) {
            fields.add(List.of("float32"));
        }
        if (options.showShapes()) {
            fields.add(List.of("input:", "output:"));
            fields.add(List.of(
                    same(calls.stream()
                            .map(call -> inputShapes(call, nodes))
                            .distinct()
                            .toList()),
                    same(calls.stream()
                            .map(call -> call.outputShape().toStringWithBatch())
                            .distinct()
                            .toList())));
        }
        return fields;
    }

    private String title(Layer layer) {
        return options.showLayerNames() ? printable(layer.name()) + ": " + layer.className() : layer.className();
    }

    private static Optional<ActivationFunction> activation(Layer layer) {
        if (layer instanceof Activation activation) {
            return Optional.of(activation.function());
        }
        if (layer instanceof Conv2D convolution) {
            return Optional.of(convolution.activation());
        }
        if (layer instanceof Dense dense) {
            return Optional.of(dense.activation());
        }
        return Optional.empty();
    }

    /** One shape as it is, several in brackets; the input layer takes what it gives. */
    private static String inputShapes(Node call, Map<String, Node> nodes) {
        List<Shape> shapes = call.inputs().isEmpty()
                ? List.of(call.outputShape())
                : call.inputs().stream()
                        .map(input -> nodes.get(input).outputShape())
                        .toList();
        String text = shapes.stream().map(Shape::toStringWithBatch).collect(Collectors.joining(", "));
        return shapes.size() == 1 ? text : "[" + text + "]";
    }

    /** Keras's word where the calls of a layer differ. */
    private static String same(List<String> shapes) {
        return shapes.size() == 1 ? shapes.get(0) : "multiple";
    }

    /** Names are whatever the author of a file wrote: no control characters, and none that turn the text around. */
    private static String printable(String name) {
        return name.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\uFFFD");
    }
}
