package dev.resnet4j.model.network;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A network as text in Graphviz's DOT language, drawn as Keras 2's {@code model_to_dot} draws it: a record-shaped box a
 * layer, {@code name: class}, and an arrow from each layer to those that take its output.
 */
public final class Diagram {
    private Diagram() {}

    /**
     * What to draw, and which way.
     *
     * @param showShapes whether each box has a column of the shapes that go into the layer and come out
     * @param direction where the input stands
     */
    public record Options(boolean showShapes, Direction direction) {
        /** Keras's defaults: no shapes, from the top down. */
        public Options() {
            this(false, Direction.TOP_TO_BOTTOM);
        }

        /** With or without shapes. */
        public Options withShapes(boolean newShowShapes) {
            return new Options(newShowShapes, direction);
        }

        /** In this direction. */
        public Options withDirection(Direction newDirection) {
            return new Options(showShapes, newDirection);
        }
    }

    /** Which way a network runs on the page: Graphviz's {@code rankdir}. */
    public enum Direction {
        /** The input at the top. */
        TOP_TO_BOTTOM("TB"),
        /** The input at the left. */
        LEFT_TO_RIGHT("LR");

        private final String graphvizName;

        Direction(String graphvizName) {
            this.graphvizName = graphvizName;
        }

        /** Graphviz's word: {@code TB} or {@code LR}. */
        public String graphvizName() {
            return graphvizName;
        }
    }

    /** The diagram with Keras's defaults. */
    public static String of(Network network) {
        return of(network, new Options());
    }

    /** The diagram, its lines ended by {@code \n}. */
    public static String of(Network network, Options options) {
        List<String> lines = new ArrayList<>();
        lines.add("digraph " + quoted(network.name()) + " {");
        lines.add("  rankdir=" + options.direction().graphvizName() + ";");
        lines.add("  concentrate=true;");
        lines.add("  node [shape=record];");
        Map<String, Shape> shapes = new HashMap<>();
        for (Node node : network.nodes()) {
            shapes.put(node.name(), node.outputShape());
            String label = options.showShapes() ? labelWithShapes(node, shapes) : label(node);
            lines.add("  " + quoted(node.name()) + " [label=\"" + label + "\"];");
        }
        for (Node node : network.nodes()) {
            for (String input : node.inputs()) {
                lines.add("  " + quoted(input) + " -> " + quoted(node.name()) + ";");
            }
        }
        lines.add("}");
        return String.join("\n", lines) + "\n";
    }

    private static String label(Node node) {
        return escapedForRecord(node.name()) + ": " + node.layer().className();
    }

    private static String labelWithShapes(Node node, Map<String, Shape> shapes) {
        String output = node.outputShape().toStringWithBatch();
        return label(node) + "|{input:|output:}|{{" + inputShapes(node, shapes) + "}|{" + output + "}}";
    }

    /** One shape as it is, several in brackets; the input layer takes what it gives. */
    private static String inputShapes(Node node, Map<String, Shape> shapes) {
        List<String> inputs = node.inputs().isEmpty() ? List.of(node.name()) : node.inputs();
        String text = inputs.stream()
                .map(input -> shapes.get(input).toStringWithBatch())
                .collect(Collectors.joining(", "));
        return inputs.size() == 1 ? text : "[" + text + "]";
    }

    /** A name that Graphviz takes as it stands, whatever is in it. */
    private static String quoted(String name) {
        return '"' + name.replaceAll("[\\\\\"]", "\\\\$0") + '"';
    }

    /** Text that is shown as it is: its braces, bars and angle brackets are no fields and ports, its & no entity. */
    private static String escapedForRecord(String text) {
        return text.replace("&", "&amp;").replaceAll("[\\\\\"{}|<>]", "\\\\$0");
    }
}
