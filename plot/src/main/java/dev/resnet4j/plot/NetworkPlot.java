package dev.resnet4j.plot;

import dev.resnet4j.model.layer.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;

/**
 * A network's graph as a picture: a box a layer, an arrow to each layer that takes its output, as Keras's
 * {@code plot_model} draws it. Files are written beside their place and moved there when they are whole; a file that is
 * already there is replaced.
 */
public final class NetworkPlot {
    private final Drawing drawing;
    private final PlotOptions options;

    private NetworkPlot(Drawing drawing, PlotOptions options) {
        this.drawing = drawing;
        this.options = options;
    }

    /** The plot with Keras's defaults. */
    public static NetworkPlot of(Network network) {
        return of(network, new PlotOptions());
    }

    /** The plot of a network. */
    public static NetworkPlot of(Network network, PlotOptions options) {
        return new NetworkPlot(NetworkDrawing.of(network, options), options);
    }

    /**
     * Writes the picture in the format that the file's name ends in: {@code .png}, {@code .svg} or {@code .dot}.
     *
     * @throws PlotException if the name ends in something else, or the picture is too large for the format
     * @throws IOException if the file cannot be written
     */
    public void save(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        switch (name.substring(Math.max(0, name.lastIndexOf('.'))).toLowerCase(Locale.ROOT)) {
            case ".png" -> png(file);
            case ".svg" -> svg(file);
            case ".dot" -> dot(file);
            default ->
                throw new PlotException(
                        "a picture of a network is a .png, .svg or .dot file, got '" + name + "': name it so");
        }
    }

    /**
     * Writes a PNG at the resolution of the options, or at the highest at which a PNG can hold the picture: 32,767 pixels a
     * side, and no more than memory allows.
     *
     * @return the resolution in pixels per inch
     * @throws PlotException if letters would be less than 6 pixels high at that resolution, or if the network is too large
     *     to be laid out
     * @throws IOException if the file cannot be written
     */
    public int png(Path file) throws IOException {
        Picture picture = LayeredLayout.of(drawing, options.direction());
        try (PngCanvas canvas = new PngCanvas(picture, options.dpi())) {
            Painter.paint(picture, canvas);
            writeInPlace(file, canvas::write);
            return canvas.dpi();
        }
    }

    /**
     * Writes an SVG. Its texts are texts.
     *
     * @throws PlotException if the network is too large to be laid out
     * @throws IOException if the file cannot be written
     */
    public void svg(Path file) throws IOException {
        Picture picture = LayeredLayout.of(drawing, options.direction());
        SvgCanvas canvas = new SvgCanvas(picture, drawing.name());
        Painter.paint(picture, canvas);
        String svg = canvas.finish();
        writeInPlace(file, beside -> Files.writeString(beside, svg));
    }

    /**
     * Writes the graph in Graphviz's DOT language, without places.
     *
     * @throws IOException if the file cannot be written
     */
    public void dot(Path file) throws IOException {
        writeInPlace(file, beside -> Files.writeString(beside, DotFile.of(drawing, options.direction())));
    }

    private interface FileWriting {
        void to(Path file) throws IOException;
    }

    private static void writeInPlace(Path file, FileWriting writing) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try {
            writing.to(beside);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }
}
