package dev.resnet4j.plot;

import java.util.List;

/**
 * A drawing with everything in its place. All lengths are points, 72 to the inch, from the upper left corner.
 *
 * @param width of the canvas
 * @param height of the canvas
 * @param boxes the layers
 * @param frames around nested networks, each before those inside it
 * @param lanes the arrows
 */
record Picture(double width, double height, List<PlacedBox> boxes, List<Frame> frames, List<Lane> lanes) {
    Picture {
        boxes = List.copyOf(boxes);
        frames = List.copyOf(frames);
        lanes = List.copyOf(lanes);
    }

    /** A place on the canvas. */
    record Point(double x, double y) {}

    /** A rectangle on the canvas, by its upper left corner. */
    record Area(double x, double y, double width, double height) {
        Area movedBy(double right, double down) {
            return new Area(x + right, y + down, width, height);
        }
    }

    /** A layer's box, cut into cells that fill it. */
    record PlacedBox(String id, Area area, List<Cell> cells) {
        PlacedBox {
            cells = List.copyOf(cells);
        }
    }

    /** A text, to stand in the middle of its area. */
    record Cell(String text, Area area) {}

    /** The frame of a nested network. */
    record Frame(String title, Area area) {}

    /** An arrow from point to point, each straight below or beside the one before; its head is at the last. */
    record Lane(String from, String to, List<Point> points) {
        Lane {
            points = List.copyOf(points);
        }
    }
}
