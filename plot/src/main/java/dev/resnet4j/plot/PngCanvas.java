package dev.resnet4j.plot;

import dev.resnet4j.plot.Picture.Area;
import dev.resnet4j.plot.Picture.Point;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.FileImageOutputStream;

/** A canvas of pixels. Lines lie on whole pixels, so that they are sharp at every resolution. */
final class PngCanvas implements Canvas, AutoCloseable {
    private static final double POINTS_PER_INCH = 72;
    private static final double INCHES_PER_METRE = 1 / .0254;
    private static final String PNG_METADATA = "javax_imageio_png_1.0";
    private static final int LONGEST_SIDE = 32_767;
    private static final int LOWEST_READABLE_DPI = 36;
    private static final int BYTES_PER_PIXEL = 3;
    private static final double MOST_PIXELS = 500_000_000;

    private final int dpi;
    private final double scale;
    private final int lineWidth;
    private final BufferedImage image;
    private final Graphics2D graphics;

    /** @throws PlotException if even small letters would make the picture too large */
    PngCanvas(Picture picture, int mostDpi) {
        dpi = Math.min(mostDpi, fittingDpi(picture));
        scale = dpi / POINTS_PER_INCH;
        lineWidth = (int) Math.max(1, Math.round(scale));
        image = new BufferedImage(pixels(picture.width()), pixels(picture.height()), BufferedImage.TYPE_3BYTE_BGR);
        graphics = image.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        graphics.setFont(Lettering.font(scale));
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    }

    /** The highest resolution at which a PNG can hold the picture. */
    private static int fittingDpi(Picture picture) {
        double memory = (double) Runtime.getRuntime().maxMemory();
        double mostPixels = Math.min(MOST_PIXELS, memory / 2 / BYTES_PER_PIXEL);
        double pixelsPerPoint = Math.min(
                (LONGEST_SIDE - 1) / Math.max(picture.width(), picture.height()),
                Math.sqrt(mostPixels / (picture.width() * picture.height())));
        int fitting = (int) (pixelsPerPoint * POINTS_PER_INCH);
        if (fitting < LOWEST_READABLE_DPI) {
            throw new PlotException(String.format(
                    Locale.ROOT,
                    "the picture of the network is %,.0f x %,.0f inches large, and a PNG has at most %,d pixels a side and"
                            + " %,.0f in all here: its letters could not be read. Write SVG, which has no pixels",
                    picture.width() / POINTS_PER_INCH,
                    picture.height() / POINTS_PER_INCH,
                    LONGEST_SIDE,
                    mostPixels));
        }
        return fitting;
    }

    /** The resolution in pixels per inch. */
    int dpi() {
        return dpi;
    }

    private int pixels(double points) {
        return (int) Math.ceil(points * scale);
    }

    @Override
    public void rectangle(Area area, int filling) {
        int left = pixel(area.x());
        int top = pixel(area.y());
        int width = pixel(area.x() + area.width()) - left;
        int height = pixel(area.y() + area.height()) - top;
        graphics.setColor(new Color(filling));
        graphics.fillRect(left, top, width, height);
        graphics.setColor(Color.BLACK);
        line(left, top, left + width, top);
        line(left, top + height, left + width, top + height);
        line(left, top, left, top + height);
        line(left + width, top, left + width, top + height);
    }

    @Override
    public void line(List<Point> corners) {
        graphics.setColor(Color.BLACK);
        for (int end = 1; end < corners.size(); end++) {
            Point from = corners.get(end - 1);
            Point to = corners.get(end);
            line(pixel(from.x()), pixel(from.y()), pixel(to.x()), pixel(to.y()));
        }
    }

    /** A line along one axis, ends included. */
    private void line(int x1, int y1, int x2, int y2) {
        int before = lineWidth / 2;
        graphics.fillRect(
                Math.min(x1, x2) - before,
                Math.min(y1, y2) - before,
                Math.abs(x2 - x1) + lineWidth,
                Math.abs(y2 - y1) + lineWidth);
    }

    @Override
    public void triangle(List<Point> corners) {
        Path2D triangle = new Path2D.Double();
        double middle = (lineWidth - 2 * (lineWidth / 2)) / 2.0;
        for (Point corner : corners) {
            double x = corner.x() * scale + middle;
            double y = corner.y() * scale + middle;
            if (triangle.getCurrentPoint() == null) {
                triangle.moveTo(x, y);
            } else {
                triangle.lineTo(x, y);
            }
        }
        triangle.closePath();
        graphics.setColor(Color.BLACK);
        graphics.fill(triangle);
    }

    @Override
    public void text(String text, double x, double y, double width) {
        graphics.setColor(Color.BLACK);
        graphics.drawString(text, (float) (x * scale), (float) Math.rint(y * scale));
    }

    private int pixel(double points) {
        return (int) Math.round(points * scale);
    }

    /** Writes the PNG, with its resolution. */
    void write(Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (FileImageOutputStream stream = new FileImageOutputStream(file.toFile())) {
            writer.setOutput(stream);
            writer.write(new IIOImage(image, null, resolution(writer)));
        } finally {
            writer.dispose();
        }
    }

    private IIOMetadata resolution(ImageWriter writer) throws IOException {
        IIOMetadata metadata = writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), null);
        String pixelsPerMetre = String.valueOf(Math.round(dpi * INCHES_PER_METRE));
        IIOMetadataNode size = new IIOMetadataNode("pHYs");
        size.setAttribute("pixelsPerUnitXAxis", pixelsPerMetre);
        size.setAttribute("pixelsPerUnitYAxis", pixelsPerMetre);
        size.setAttribute("unitSpecifier", "meter");
        IIOMetadataNode root = new IIOMetadataNode(PNG_METADATA);
        root.appendChild(size);
        metadata.mergeTree(PNG_METADATA, root);
        return metadata;
    }

    @Override
    public void close() {
        graphics.dispose();
    }
}
