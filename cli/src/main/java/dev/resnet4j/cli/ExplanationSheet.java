package dev.resnet4j.cli;

import dev.resnet4j.data.Image;
import dev.resnet4j.data.ImageSize;
import dev.resnet4j.data.Interpolation;
import dev.resnet4j.data.PillowResize;
import dev.resnet4j.model.tensor.NdArray;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;

/** Pictures, each beside itself with its heat map over it, under a heading. */
final class ExplanationSheet {
    /** The longer side of a picture that stands alone, and of one among others, in pixels. */
    private static final int SIDE_ALONE = 448;

    private static final int SIDE_AMONG_OTHERS = 256;
    private static final int GAP = 12;
    private static final int LINE = 20;
    private static final Font HEADING = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

    private final String heading;
    private final List<Cell> cells;
    private final int side;
    private final int columns;

    /**
     * One picture.
     *
     * @param picture of 1 or 3 channels, as large as its longer side is to be drawn
     * @param map (height, width)
     * @param name the picture's
     * @param title what the map explains
     */
    record Cell(Image picture, NdArray map, String name, String title) {}

    private ExplanationSheet(String heading, List<Cell> cells) {
        this.heading = heading;
        this.cells = List.copyOf(cells);
        this.side = side(cells.size());
        this.columns = Math.min(2, cells.size());
    }

    /** How large the longer side of each of so many pictures is. */
    static int side(int pictures) {
        return pictures == 1 ? SIDE_ALONE : SIDE_AMONG_OTHERS;
    }

    /** A picture scaled so that its longer side is this long. */
    static Image scaled(Image picture, int side) {
        double scale = (double) side / Math.max(picture.height(), picture.width());
        ImageSize size = new ImageSize(Math.max(1, (int) Math.round(picture.height() * scale)), Math.max(1, (int)
                Math.round(picture.width() * scale)));
        return PillowResize.resize(picture, size, Interpolation.BICUBIC);
    }

    /**
     * The sheet as a PNG file.
     *
     * @param cells at least one
     * @throws DrawingException if this Java cannot draw
     */
    static byte[] png(String heading, List<Cell> cells) {
        ExplanationSheet sheet = new ExplanationSheet(heading, cells);
        return Charts.png(sheet.width(), sheet.height(), sheet::draw);
    }

    private int width() {
        return columns * cellWidth() + GAP;
    }

    private int height() {
        int rows = (cells.size() - 1) / columns + 1;
        return LINE + GAP + rows * rowHeight();
    }

    private int cellWidth() {
        return 2 * side + 2 * GAP;
    }

    private int rowHeight() {
        return cells.stream().mapToInt(cell -> cell.picture().height()).max().orElseThrow() + 2 * LINE + 2 * GAP;
    }

    private void draw(Graphics2D graphics) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width(), height());
        graphics.setColor(Color.BLACK);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        drawText(graphics, HEADING, heading, GAP, LINE, width() - 2 * GAP);
        for (int index = 0; index < cells.size(); index++) {
            drawCell(
                    graphics,
                    cells.get(index),
                    GAP + index % columns * cellWidth(),
                    LINE + GAP + index / columns * rowHeight());
        }
    }

    private void drawCell(Graphics2D graphics, Cell cell, int left, int top) {
        drawText(graphics, HEADING, cell.title(), left, top + LINE, cellWidth() - GAP);
        drawText(graphics, TEXT, cell.name(), left, top + 2 * LINE - 2, cellWidth() - GAP);
        int under = top + 2 * LINE + GAP / 2;
        graphics.drawImage(HeatMap.plain(cell.picture()), left, under, null);
        graphics.drawImage(
                new HeatMap(cell.map()).over(cell.picture()),
                left + cell.picture().width() + GAP,
                under,
                null);
    }

    /** A text too long for its place ends in dots. */
    private static void drawText(Graphics2D graphics, Font font, String text, int left, int baseline, int width) {
        graphics.setFont(font);
        FontMetrics metrics = graphics.getFontMetrics();
        String shown = text;
        for (int length = text.length(); metrics.stringWidth(shown) > width && length > 0; length--) {
            shown = text.substring(0, length - 1) + "...";
        }
        graphics.drawString(shown, left, baseline);
    }
}
