package dev.resnet4j.plot;

import dev.resnet4j.plot.Picture.Area;
import dev.resnet4j.plot.Picture.Cell;
import dev.resnet4j.plot.Picture.Frame;
import dev.resnet4j.plot.Picture.Lane;
import dev.resnet4j.plot.Picture.PlacedBox;
import dev.resnet4j.plot.Picture.Point;
import java.util.ArrayList;
import java.util.List;

/** Paints a picture: frames at the back, lanes over them, boxes in front. */
final class Painter {
    private static final int WHITE = 0xFFFFFF;
    private static final int LIGHT_GREY = 0xF0F0F0;
    private static final double ARROW_LENGTH = 8;
    private static final double ARROW_WIDTH = 6;
    private static final double TITLE_MARGIN = 8;

    private final Canvas canvas;

    private Painter(Canvas canvas) {
        this.canvas = canvas;
    }

    static void paint(Picture picture, Canvas canvas) {
        Painter painter = new Painter(canvas);
        picture.frames().forEach(painter::paint);
        picture.lanes().forEach(painter::paint);
        picture.boxes().forEach(painter::paint);
    }

    private void paint(Frame frame) {
        canvas.rectangle(frame.area(), LIGHT_GREY);
        canvas.text(
                frame.title(),
                frame.area().x() + TITLE_MARGIN,
                frame.area().y() + Lettering.SIZE + TITLE_MARGIN / 2,
                Lettering.width(frame.title()));
    }

    private void paint(PlacedBox box) {
        canvas.rectangle(box.area(), WHITE);
        for (Cell cell : box.cells()) {
            if (box.cells().size() > 1) {
                canvas.rectangle(cell.area(), WHITE);
            }
            double width = Lettering.width(cell.text());
            Area area = cell.area();
            canvas.text(
                    cell.text(),
                    area.x() + (area.width() - width) / 2,
                    area.y() + area.height() / 2 + Lettering.baseline(),
                    width);
        }
    }

    private void paint(Lane lane) {
        List<Point> points = lane.points();
        Point tip = points.get(points.size() - 1);
        Point before = points.get(points.size() - 2);
        double right = Math.signum(tip.x() - before.x());
        double down = Math.signum(tip.y() - before.y());
        Point base = new Point(tip.x() - right * ARROW_LENGTH, tip.y() - down * ARROW_LENGTH);
        List<Point> line = new ArrayList<>(points.subList(0, points.size() - 1));
        line.add(base);
        canvas.line(line);
        double halfAcross = down * ARROW_WIDTH / 2;
        double halfDown = right * ARROW_WIDTH / 2;
        canvas.triangle(List.of(
                tip,
                new Point(base.x() - halfAcross, base.y() - halfDown),
                new Point(base.x() + halfAcross, base.y() + halfDown)));
    }
}
