package dev.resnet4j.model.network;

import java.util.ArrayList;
import java.util.List;

/** A summary in the layout of Keras 2. The layers of a nested network stand in a frame below it. */
final class SummaryText {
    private static final int SHORTEST_LINE = 40;
    private static final List<String> HEADINGS = List.of("Layer (type)", "Output Shape", "Param #", "Connected to");
    private static final double[] COLUMN_ENDS = {.33, .55, .67, 1};

    private final Summary summary;
    private final int lineLength;
    private final List<String> lines = new ArrayList<>();

    /** @throws IllegalArgumentException if the lines are shorter than 40 characters */
    SummaryText(Summary summary, int lineLength) {
        if (lineLength < SHORTEST_LINE) {
            throw new IllegalArgumentException(
                    "a summary needs lines of at least " + SHORTEST_LINE + " characters, got " + lineLength);
        }
        this.summary = summary;
        this.lineLength = lineLength;
    }

    String table() {
        lines.add("Model: \"" + summary.name() + "\"");
        lines.add("_".repeat(lineLength));
        addRow(0, HEADINGS);
        lines.add("=".repeat(lineLength));
        int depth = 0;
        for (Summary.Row row : summary.rows()) {
            addFrames(depth, row.depth());
            depth = row.depth();
            addRow(depth, cells(row));
        }
        addFrames(depth, 0);
        lines.add("=".repeat(lineLength));
        lines.addAll(summary.totals());
        lines.add("_".repeat(lineLength));
        return String.join("\n", lines) + "\n";
    }

    private static List<String> cells(Summary.Row row) {
        return List.of(
                row.name() + " (" + row.type() + ")",
                row.outputShape().toStringWithBatch(),
                String.valueOf(row.parameters()),
                String.join("\n", row.connectedTo()));
    }

    /** The edges of the frames that begin or end between two rows. */
    private void addFrames(int from, int to) {
        for (int depth = from + 1; depth <= to; depth++) {
            lines.add(framed(depth - 1, "|" + "¯".repeat(lineLength - 2 - 4 * (depth - 1)) + "|"));
        }
        for (int depth = from; depth > to; depth--) {
            lines.add(framed(depth - 1, "|" + "_".repeat(lineLength - 2 - 4 * (depth - 1)) + "|"));
        }
    }

    private static String framed(int depth, String inside) {
        return "| ".repeat(depth) + inside + " |".repeat(depth);
    }

    /** Splits each cell over as many lines as its column needs. */
    private void addRow(int depth, List<String> cells) {
        List<String> rest = new ArrayList<>(cells);
        while (rest.stream().anyMatch(cell -> !cell.isEmpty())) {
            StringBuilder line = new StringBuilder("| ".repeat(depth));
            for (int column = 0; column < rest.size(); column++) {
                int end = columnEnd(column) - (column == rest.size() - 1 ? 2 * depth : 0);
                int width = Math.max(end - line.length(), 2);
                String cell = rest.get(column);
                String fitting = cell.substring(0, fittingLength(cell, width - 1));
                rest.set(column, cell.substring(fitting.length()).stripLeading());
                line.append(fitting).append(" ".repeat(width - fitting.length()));
            }
            lines.add(depth == 0 ? line.toString().stripTrailing() : line + " |".repeat(depth));
        }
    }

    private int columnEnd(int column) {
        return (int) (lineLength * COLUMN_ENDS[column]);
    }

    /** How much of a cell to take: up to a line's end, all that fits, broken after a space where there is one. */
    private static int fittingLength(String cell, int width) {
        int lineEnd = cell.indexOf('\n');
        int length = lineEnd < 0 ? cell.length() : lineEnd;
        if (length <= width) {
            return length;
        }
        int space = cell.lastIndexOf(' ', width);
        return space > 0 ? space : width;
    }
}
