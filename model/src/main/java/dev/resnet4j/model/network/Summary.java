package dev.resnet4j.model.network;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A network as a table, in the layout of Keras's {@code model.summary()}. */
public final class Summary {
    /** Keras's own default width. */
    public static final int DEFAULT_LINE_LENGTH = 98;

    private static final int SHORTEST_LINE = 40;
    private static final List<String> HEADINGS = List.of("Layer (type)", "Output Shape", "Param #", "Connected to");
    private static final double[] COLUMN_ENDS = {.33, .55, .67, 1};

    private final Network network;
    private final int lineLength;
    private final List<String> lines = new ArrayList<>();

    private Summary(Network network, int lineLength) {
        this.network = network;
        this.lineLength = lineLength;
    }

    /** The table, {@value #DEFAULT_LINE_LENGTH} characters wide. */
    public static String of(Network network) {
        return of(network, DEFAULT_LINE_LENGTH);
    }

    /**
     * The table in a given width. What does not fit into its column goes on in the next line.
     *
     * @throws IllegalArgumentException if the width is below 40
     */
    public static String of(Network network, int lineLength) {
        if (lineLength < SHORTEST_LINE) {
            throw new IllegalArgumentException(
                    "a summary needs lines of at least " + SHORTEST_LINE + " characters, got " + lineLength);
        }
        return new Summary(network, lineLength).table();
    }

    private String table() {
        lines.add("Model: \"" + network.name() + "\"");
        lines.add("_".repeat(lineLength));
        addRow(HEADINGS);
        lines.add("=".repeat(lineLength));
        for (Node node : network.nodes()) {
            addRow(List.of(
                    node.name() + " (" + node.layer().className() + ")",
                    node.outputShape().toStringWithBatch(),
                    String.valueOf(node.parameters()),
                    String.join(", ", node.inputs())));
        }
        lines.add("=".repeat(lineLength));
        long trainable = network.trainableParameters();
        addTotal("Total params", network.parameters());
        addTotal("Trainable params", trainable);
        addTotal("Non-trainable params", network.parameters() - trainable);
        lines.add("_".repeat(lineLength));
        return String.join("\n", lines) + "\n";
    }

    private void addTotal(String what, long parameters) {
        lines.add(String.format(Locale.ROOT, "%s: %,d (%s)", what, parameters, size(parameters * Float.BYTES)));
    }

    private static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        boolean mebibytes = bytes >= 1024 * 1024;
        return String.format(
                Locale.ROOT, "%.2f %s", bytes / (mebibytes ? 1024.0 * 1024 : 1024.0), mebibytes ? "MB" : "KB");
    }

    /** Splits each cell over as many lines as its column needs. */
    private void addRow(List<String> cells) {
        List<String> rest = new ArrayList<>(cells);
        while (rest.stream().anyMatch(cell -> !cell.isEmpty())) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < rest.size(); column++) {
                int width = columnEnd(column) - line.length();
                String cell = rest.get(column);
                String fitting = cell.substring(0, fittingLength(cell, width - 1));
                rest.set(column, cell.substring(fitting.length()).stripLeading());
                line.append(fitting).append(" ".repeat(width - fitting.length()));
            }
            lines.add(line.toString().stripTrailing());
        }
    }

    private int columnEnd(int column) {
        return (int) (lineLength * COLUMN_ENDS[column]);
    }

    /** How much of a cell to take: all that fits, broken after a space where there is one. */
    private static int fittingLength(String cell, int width) {
        if (cell.length() <= width) {
            return cell.length();
        }
        int space = cell.lastIndexOf(' ', width);
        return space > 0 ? space : width;
    }
}
