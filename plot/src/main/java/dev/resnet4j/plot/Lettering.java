package dev.resnet4j.plot;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;

/** The letters of a picture, and the room that they take. */
final class Lettering {
    /** The height of the letters in points. */
    static final int SIZE = 12;

    /** Text is measured as it is drawn: smoothed, and with widths that are not rounded to pixels. */
    static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, SIZE);
    private static final LineMetrics METRICS = FONT.getLineMetrics("Mg", CONTEXT);

    private Lettering() {}

    /** The letters for a canvas with so many pixels to the point. */
    static Font font(double scale) {
        return FONT.deriveFont((float) (SIZE * scale));
    }

    /** The width of a text in points. */
    static double width(String text) {
        return FONT.getStringBounds(text, CONTEXT).getWidth();
    }

    /** How far below the middle of a line its letters stand, in points. */
    static double baseline() {
        return (METRICS.getAscent() - METRICS.getDescent()) / 2;
    }
}
