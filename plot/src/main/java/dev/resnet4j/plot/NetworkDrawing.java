package dev.resnet4j.plot;

import dev.resnet4j.model.layer.Activation;
import dev.resnet4j.model.layer.ActivationFunction;
import dev.resnet4j.model.layer.Conv2D;
import dev.resnet4j.model.layer.Conv2DTranspose;
import dev.resnet4j.model.layer.Dense;
import dev.resnet4j.model.layer.DepthwiseConv2D;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.SeparableConv2D;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.plot.Drawing.Box;
import dev.resnet4j.plot.Drawing.Cluster;
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
        List<Element> elements = drawing.part(network).elements();
        return new Drawing(printable(network.name()), elements, List.copyOf(drawing.edges));
    }

    /**
     * Some of the drawing.
     *
     * @param elements what is drawn
     * @param entry the box at which arrows to it end
     * @param exit the box at which arrows from it start
     */
    private record Part(List<Element> elements, String entry, String exit) {}

    /** All layers of one network, which may stand in another; its arrows are added to the drawing's. */
    private Part part(Network network) {
        Map<String, Node> nodes = new HashMap<>();
        Map<String, List<Node>> calls = new LinkedHashMap<>();
        for (Node node : network.nodes()) {
            nodes.put(node.name(), node);
            calls.computeIfAbsent(node.layer().name(), name -> new ArrayList<>())
                    .add(node);
        }
        Map<String, Part> parts = new LinkedHashMap<>();
        calls.forEach((name, callsOfOne) -> parts.put(name, part(callsOfOne, nodes)));
        for (Node node : network.nodes()) {
            for (String input : node.inputs()) {
                Part from = parts.get(nodes.get(input).layer().name());
                Part to = parts.get(node.layer().name());
                edges.add(new Edge(from.exit(), to.entry()));
            }
        }
        return new Part(
                parts.values().stream()
                        .flatMap(part -> part.elements().stream())
                        .toList(),
                parts.get(network.nodes().get(0).layer().name()).entry(),
                parts.get(network.output().layer().name()).exit());
    }

    /** One layer: its box, or its frame if it is a network that is to be opened. */
    private Part part(List<Node> calls, Map<String, Node> nodes) {
        Layer layer = calls.get(0).layer();
        String id = newId(layer.name());
        if (options.expandNested() && layer instanceof Network nested) {
            Part inside = part(nested);
            return new Part(List.of(new Cluster(id, title(layer), inside.elements())), inside.entry(), inside.exit());
        }
        return new Part(List.of(new Box(id, fields(layer, calls, nodes))), id, id);
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
        if (layer instanceof Conv2DTranspose convolution) {
            return Optional.of(convolution.activation());
        }
        if (layer instanceof DepthwiseConv2D convolution) {
            return Optional.of(convolution.activation());
        }
        if (layer instanceof SeparableConv2D convolution) {
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
