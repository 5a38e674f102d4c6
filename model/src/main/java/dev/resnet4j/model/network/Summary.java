package dev.resnet4j.model.network;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A network as a table: its layers with their output shapes, numbers of parameters and the layers that they take their
 * inputs from, as Keras's {@code model.summary()} shows it.
 *
 * @param name the network's name
 * @param rows a row a layer; inside a nested network right after it, where those are expanded
 * @param parameters how many numbers the weights hold
 * @param trainableParameters how many of them the optimizer changes
 */
public record Summary(String name, List<Row> rows, long parameters, long trainableParameters) {
    /** Keras's own default width. */
    public static final int DEFAULT_LINE_LENGTH = 98;

    /**
     * One layer.
     *
     * @param depth how many nested networks it stands in
     * @param name the layer's name
     * @param type its Keras class
     * @param outputShape the shape of its output, batch axis left out
     * @param parameters how many numbers its weights hold
     * @param connectedTo the outputs that it takes, of all its calls, as Keras writes them: layer, call and output,
     *     {@code conv1[0][0]}
     */
    public record Row(
            int depth, String name, String type, Shape outputShape, long parameters, List<String> connectedTo) {}

    /** Takes a copy of the rows. */
    public Summary {
        rows = List.copyOf(rows);
    }

    /** The table of a network, a nested one in one row. */
    public static Summary of(Network network) {
        return of(network, false);
    }

    /**
     * The table of a network.
     *
     * @param expandNested whether the layers of nested networks have rows of their own
     */
    public static Summary of(Network network, boolean expandNested) {
        List<Row> rows = new ArrayList<>();
        addRows(network, 0, expandNested, rows);
        return new Summary(network.name(), rows, network.parameters(), network.trainableParameters());
    }

    private static void addRows(Network network, int depth, boolean expandNested, List<Row> rows) {
        Map<String, List<String>> connections = connections(network);
        for (Node node : network.layers()) {
            rows.add(new Row(
                    depth,
                    node.layer().name(),
                    node.layer().className(),
                    node.outputShape(),
                    node.parameters(),
                    connections.get(node.layer().name())));
            if (expandNested && node.layer() instanceof Network nested) {
                addRows(nested, depth + 1, true, rows);
            }
        }
    }

    /** By layer, what all of its calls take. */
    private static Map<String, List<String>> connections(Network network) {
        Map<String, String> outputs = new HashMap<>();
        Map<String, List<String>> connections = new HashMap<>();
        for (Node node : network.nodes()) {
            String layer = node.layer().name();
            outputs.put(node.name(), layer + "[" + node.call() + "][0]");
            List<String> ofLayer = connections.computeIfAbsent(layer, any -> new ArrayList<>());
            node.inputs().forEach(input -> ofLayer.add(outputs.get(input)));
        }
        return connections;
    }

    /** How many of the numbers the optimizer leaves alone. */
    public long nonTrainableParameters() {
        return parameters - trainableParameters;
    }

    /** In the layout of Keras 2, {@value #DEFAULT_LINE_LENGTH} characters wide. */
    public String toText() {
        return toText(DEFAULT_LINE_LENGTH);
    }

    /**
     * In the layout of Keras 2. What does not fit into its column goes on in the next line.
     *
     * @param lineLength characters in a line, at least 40
     * @throws IllegalArgumentException if the lines are shorter
     */
    public String toText(int lineLength) {
        return new SummaryText(this, lineLength).table();
    }

    /** As a Markdown table, the three totals below it. */
    public String toMarkdown() {
        List<String> lines = new ArrayList<>();
        lines.add("**" + escaped(name) + "**");
        lines.add("");
        lines.add("| Layer (type) | Output Shape | Param # | Connected to |");
        lines.add("|---|---|--:|---|");
        for (Row row : rows) {
            lines.add(String.format(
                    Locale.ROOT,
                    "| %s%s (%s) | %s | %,d | %s |",
                    "&nbsp;&nbsp;".repeat(row.depth()),
                    escaped(row.name()),
                    row.type(),
                    row.outputShape().toStringWithBatch(),
                    row.parameters(),
                    escaped(String.join(", ", row.connectedTo()))));
        }
        lines.add("");
        totals().forEach(total -> lines.add("- " + total));
        return String.join("\n", lines) + "\n";
    }

    /** Text that Markdown shows as it is. */
    private static String escaped(String text) {
        return text.replaceAll("[\\\\`*_|<>\\[\\]]", "\\\\$0");
    }

    /** The three totals, with the space that they take as 32-bit numbers. */
    List<String> totals() {
        return List.of(
                total("Total params", parameters),
                total("Trainable params", trainableParameters),
                total("Non-trainable params", nonTrainableParameters()));
    }

    private static String total(String what, long parameters) {
        return String.format(Locale.ROOT, "%s: %,d (%s)", what, parameters, size(parameters * Float.BYTES));
    }

    private static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        boolean mebibytes = bytes >= 1024 * 1024;
        return String.format(
                Locale.ROOT, "%.2f %s", bytes / (mebibytes ? 1024.0 * 1024 : 1024.0), mebibytes ? "MB" : "KB");
    }
}
