package dev.resnet4j.plot;

import dev.resnet4j.plot.Picture.Area;
import dev.resnet4j.plot.Picture.Point;
import java.util.List;

/** What a picture is painted on. Lengths are points; lines are one point thick. */
interface Canvas {
    /** A rectangle, filled, with a black line around it. */
    void rectangle(Area area, int filling);

    /** A black line from corner to corner. */
    void line(List<Point> corners);

    /** A black triangle. */
    void triangle(List<Point> corners);

    /** A text that starts at x, its letters on the line y, with its width in points. */
    void text(String text, double x, double y, double width);
}
