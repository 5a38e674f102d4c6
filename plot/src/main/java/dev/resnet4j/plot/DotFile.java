package dev.resnet4j.plot;

import dev.resnet4j.plot.Drawing.Box;
import dev.resnet4j.plot.Drawing.Cluster;
import dev.resnet4j.plot.Drawing.Edge;
import dev.resnet4j.plot.Drawing.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A drawing as text in Graphviz's DOT language, as Keras 2's {@code model_to_dot} writes it: a record-shaped box a layer
 * and an arrow from each layer to those that take its output. Lines end in {@code \n}.
 */
final class DotFile {
    private final List<String> lines = new ArrayList<>();
    private int clusters;

    private DotFile() {}

    static String of(Drawing drawing, Direction direction) {
        DotFile file = new DotFile();
        file.write(drawing, direction);
        return String.join("\n", file.lines) + "\n";
    }

    private void write(Drawing drawing, Direction direction) {
        lines.add("digraph " + quoted(drawing.name()) + " {");
        lines.add("  rankdir=" + direction.graphvizName() + ";");
        lines.add("  concentrate=true;");
        lines.add("  node [shape=record];");
        drawing.elements().forEach(element -> write(element, "  "));
        for (Edge edge : drawing.edges()) {
            lines.add("  " + quoted(edge.from()) + " -> " + quoted(edge.to()) + ";");
        }
        lines.add("}");
    }

    private void write(Element element, String indent) {
        if (element instanceof Box box) {
            lines.add(indent + quoted(box.id()) + " [label=\"" + label(box) + "\"];");
        } else if (element instanceof Cluster cluster) {
            // Graphviz draws a frame around a subgraph only if its name starts so.
            lines.add(indent + "subgraph cluster_" + clusters++ + " {");
            lines.add(indent + "  label=" + quoted(cluster.title()) + ";");
            lines.add(indent + "  labeljust=l;");
            cluster.elements().forEach(inner -> write(inner, indent + "  "));
            lines.add(indent + "}");
        }
    }

    private static String label(Box box) {
        return box.fields().stream().map(DotFile::field).collect(Collectors.joining("|"));
    }

    private static String field(List<String> texts) {
        String escaped = texts.stream().map(DotFile::escapedForRecord).collect(Collectors.joining("|"));
        return texts.size() == 1 ? escaped : "{" + escaped + "}";
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
