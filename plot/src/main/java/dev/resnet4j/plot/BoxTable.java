package dev.resnet4j.plot;

import dev.resnet4j.plot.Drawing.Box;
import dev.resnet4j.plot.Picture.Area;
import dev.resnet4j.plot.Picture.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The cells of a box, as Graphviz cuts its record shape: fields side by side with their texts below each other, or fields
 * below each other with their texts side by side where the network runs from left to right.
 *
 * @param width of the box in points
 * @param height of the box in points
 * @param cells in their places, seen from the box's upper left corner
 */
record BoxTable(double width, double height, List<Cell> cells) {
    private static final double ROW_HEIGHT = 24;
    private static final double MARGIN = 8;

    static BoxTable of(Box box, Direction direction) {
        return switch (direction) {
            case TOP_TO_BOTTOM -> withFieldsSideBySide(box);
            case LEFT_TO_RIGHT -> withFieldsBelowEachOther(box);
        };
    }

    private static BoxTable withFieldsSideBySide(Box box) {
        double height = ROW_HEIGHT * mostTexts(box);
        double x = 0;
        List<Cell> cells = new ArrayList<>();
        for (List<String> texts : box.fields()) {
            double width = texts.stream().mapToDouble(BoxTable::width).max().orElse(0);
            double cellHeight = height / texts.size();
            for (int row = 0; row < texts.size(); row++) {
                cells.add(new Cell(texts.get(row), new Area(x, row * cellHeight, width, cellHeight)));
            }
            x += width;
        }
        return new BoxTable(x, height, cells);
    }

    private static BoxTable withFieldsBelowEachOther(Box box) {
        int most = mostTexts(box);
        List<Double> columns = IntStream.range(0, most)
                .mapToObj(column -> columnWidth(box, column, most))
                .toList();
        double across = columns.stream().mapToDouble(Double::doubleValue).sum();
        double widest = box.fields().stream()
                .filter(texts -> texts.size() == 1)
                .mapToDouble(texts -> width(texts.get(0)))
                .max()
                .orElse(0);
        double width = Math.max(across, widest);
        double spare = (width - across) / most;
        List<Cell> cells = new ArrayList<>();
        for (int row = 0; row < box.fields().size(); row++) {
            List<String> texts = box.fields().get(row);
            double x = 0;
            for (int column = 0; column < texts.size(); column++) {
                double cellWidth = texts.size() == 1 ? width : columns.get(column) + spare;
                cells.add(new Cell(texts.get(column), new Area(x, row * ROW_HEIGHT, cellWidth, ROW_HEIGHT)));
                x += cellWidth;
            }
        }
        return new BoxTable(width, ROW_HEIGHT * box.fields().size(), cells);
    }

    private static double columnWidth(Box box, int column, int columns) {
        return box.fields().stream()
                .filter(texts -> texts.size() == columns)
                .mapToDouble(texts -> width(texts.get(column)))
                .max()
                .orElse(0);
    }

    private static int mostTexts(Box box) {
        return box.fields().stream().mapToInt(List::size).max().orElse(1);
    }

    private static double width(String text) {
        return 2 * Math.ceil(Lettering.width(text) / 2) + 2 * MARGIN;
    }
}
