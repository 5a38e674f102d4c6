package dev.resnet4j.plot;

import dev.resnet4j.plot.Picture.Area;
import dev.resnet4j.plot.Picture.Point;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A canvas of SVG elements. Text stays text, and takes the width that was measured for it whatever the font. */
final class SvgCanvas implements Canvas {
    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private final Writer svg = new StringWriter();
    private final XMLStreamWriter xml;

    SvgCanvas(Picture picture, String title) {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(svg);
        } catch (XMLStreamException problem) {
            throw new IllegalStateException(problem);
        }
        write(() -> {
            xml.writeStartDocument("UTF-8", "1.0");
            newLine();
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace(NAMESPACE);
            attribute("width", number(picture.width()) + "pt");
            attribute("height", number(picture.height()) + "pt");
            attribute("viewBox", "0 0 " + number(picture.width()) + " " + number(picture.height()));
            attribute("font-family", "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif");
            attribute("font-size", String.valueOf(Lettering.SIZE));
            newLine();
            xml.writeStartElement("title");
            xml.writeCharacters(title);
            xml.writeEndElement();
            newLine();
            xml.writeEmptyElement("rect");
            attribute("width", "100%");
            attribute("height", "100%");
            attribute("fill", "white");
            newLine();
        });
    }

    /** The whole file. */
    String finish() {
        write(() -> {
            xml.writeEndElement();
            newLine();
            xml.writeEndDocument();
            xml.close();
        });
        return svg.toString();
    }

    @Override
    public void rectangle(Area area, int filling) {
        write(() -> {
            xml.writeEmptyElement("rect");
            attribute("x", number(area.x()));
            attribute("y", number(area.y()));
            attribute("width", number(area.width()));
            attribute("height", number(area.height()));
            attribute("fill", String.format(Locale.ROOT, "#%06x", filling));
            attribute("stroke", "black");
            newLine();
        });
    }

    @Override
    public void line(List<Point> corners) {
        write(() -> {
            xml.writeEmptyElement("polyline");
            attribute("points", points(corners));
            attribute("fill", "none");
            attribute("stroke", "black");
            newLine();
        });
    }

    @Override
    public void triangle(List<Point> corners) {
        write(() -> {
            xml.writeEmptyElement("polygon");
            attribute("points", points(corners));
            newLine();
        });
    }

    @Override
    public void text(String text, double x, double y, double width) {
        write(() -> {
            xml.writeStartElement("text");
            attribute("x", number(x));
            attribute("y", number(y));
            attribute("textLength", number(width));
            attribute("lengthAdjust", "spacingAndGlyphs");
            attribute("xml:space", "preserve");
            xml.writeCharacters(text);
            xml.writeEndElement();
            newLine();
        });
    }

    private static String points(List<Point> corners) {
        return corners.stream()
                .map(corner -> number(corner.x()) + "," + number(corner.y()))
                .collect(Collectors.joining(" "));
    }

    private static String number(double points) {
        String text = String.format(Locale.ROOT, "%.2f", points);
        return text.replaceAll("\\.?0+$", "");
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, value);
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n");
    }

    private interface Elements {
        void write() throws XMLStreamException;
    }

    /** What is written goes to memory, where writing does not fail. */
    private static void write(Elements elements) {
        try {
            elements.write();
        } catch (XMLStreamException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
