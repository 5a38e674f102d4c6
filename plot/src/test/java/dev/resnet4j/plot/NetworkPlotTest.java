package dev.resnet4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.SymbolicTensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class NetworkPlotTest {
    @TempDir
    Path folder;

    @Test
    void writesAPngAsLargeAsItsResolutionAsks() throws IOException {
        PlotOptions options = new PlotOptions().withDpi(144);
        Path file = folder.resolve("chain.png");

        assertThat(NetworkPlot.of(Networks.chain(3), options).png(file)).isEqualTo(144);

        Picture picture = picture(Networks.chain(3), options);
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo((int) Math.ceil(picture.width() * 2));
        assertThat(image.getHeight()).isEqualTo((int) Math.ceil(picture.height() * 2));
        assertThat(pixelsPerMetre(Files.readAllBytes(file))).isBetween(5668, 5670);
    }

    @Test
    void drawsSharpLinesAroundABox() throws IOException {
        Path file = folder.resolve("chain.png");
        NetworkPlot.of(Networks.chain(1), new PlotOptions().withDpi(72)).png(file);

        Picture.Area box =
                picture(Networks.chain(1), new PlotOptions()).boxes().get(0).area();
        BufferedImage image = ImageIO.read(file.toFile());
        int left = (int) Math.round(box.x());
        int middle = (int) Math.round(box.y() + 3);
        assertThat(image.getRGB(left - 1, middle)).isEqualTo(0xFFFFFFFF);
        assertThat(image.getRGB(left, middle)).isEqualTo(0xFF000000);
        assertThat(image.getRGB(left + 1, middle)).isEqualTo(0xFFFFFFFF);
    }

    @Test
    void lowersTheResolutionWhereAPngCannotBeSoLarge() throws IOException {
        Path file = folder.resolve("long.png");

        int dpi = NetworkPlot.of(Networks.chain(400), new PlotOptions().withDpi(300))
                .png(file);

        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(dpi).isBetween(36, 299);
        assertThat(image.getHeight()).isBetween(32_000, 32_767);
    }

    @Test
    void refusesAPngWhoseLettersCouldNotBeRead() {
        NetworkPlot plot = NetworkPlot.of(Networks.chain(1500));
        Path file = folder.resolve("endless.png");

        assertThatThrownBy(() -> plot.png(file))
                .isInstanceOf(PlotException.class)
                .hasMessageContaining("inches large")
                .hasMessageContaining("Write SVG");
        assertThat(file).doesNotExist();
    }

    @Test
    void writesAnSvgWithEveryTextAsText() throws Exception {
        PlotOptions options = new PlotOptions().withShapes(true).withExpandNested(true);
        Path file = folder.resolve("nested.svg");

        NetworkPlot.of(Networks.deeplyNested(), options).svg(file);

        List<String> texts = new ArrayList<>();
        Picture picture = picture(Networks.deeplyNested(), options);
        picture.frames().forEach(frame -> texts.add(frame.title()));
        picture.boxes().forEach(box -> box.cells().forEach(cell -> texts.add(cell.text())));
        assertThat(texts(file)).isEqualTo(texts);
        assertThat(elements(file, "polyline")).hasSameSizeAs(picture.lanes());
        assertThat(elements(file, "polygon")).hasSameSizeAs(picture.lanes());
        assertThat(svg(file).getAttribute("viewBox")).startsWith("0 0 ");
    }

    @Test
    void namesInAnSvgAreShownAsTheyAre() throws Exception {
        String name = "<b>&amp;\"'\\{|}]]> \u4e2d\u0001";
        SymbolicTensor input = Networks.input();
        Path file = folder.resolve("names.svg");

        NetworkPlot.of(Network.of("<&>", input, Networks.relu(name, input))).svg(file);

        assertThat(texts(file)).contains(name.replace('\u0001', '\ufffd') + ": Activation");
        assertThat(elements(file, "title").get(0).getTextContent()).isEqualTo("<&>");
    }

    @Test
    void takesTheFormatFromTheEndOfTheName() throws IOException {
        NetworkPlot plot = NetworkPlot.of(Networks.chain(1));

        plot.save(folder.resolve("a.PNG"));
        plot.save(folder.resolve("a.svg"));
        plot.save(folder.resolve("a.dot"));

        assertThat(Files.readAllBytes(folder.resolve("a.PNG"))).startsWith(0x89, 'P', 'N', 'G');
        assertThat(folder.resolve("a.svg")).content().startsWith("<?xml").contains("<svg ");
        assertThat(folder.resolve("a.dot")).content().startsWith("digraph");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).as("nothing but the three files").hasSize(3);
        }
    }

    @Test
    void refusesAnotherFormat() {
        NetworkPlot plot = NetworkPlot.of(Networks.chain(1));

        assertThatThrownBy(() -> plot.save(Path.of("network.jpg")))
                .isInstanceOf(PlotException.class)
                .hasMessage("a picture of a network is a .png, .svg or .dot file, got 'network.jpg': name it so");
        assertThatThrownBy(() -> plot.save(Path.of("png"))).isInstanceOf(PlotException.class);
    }

    @Test
    void replacesAFileAndLeavesItWhereWritingFails() throws IOException {
        NetworkPlot plot = NetworkPlot.of(Networks.chain(1));
        Path file = Files.writeString(folder.resolve("a.svg"), "old");

        plot.svg(file);

        assertThat(file).content().startsWith("<?xml");
        assertThatThrownBy(() -> plot.svg(folder.resolve("nowhere").resolve("a.svg")))
                .isInstanceOf(NoSuchFileException.class);
    }

    private static Picture picture(Network network, PlotOptions options) {
        return LayeredLayout.of(NetworkDrawing.of(network, options), options.direction());
    }

    /** From the chunk pHYs, whose first number it is. */
    private static int pixelsPerMetre(byte[] png) {
        int chunk = new String(png, StandardCharsets.ISO_8859_1).indexOf("pHYs");
        assertThat(chunk).isPositive();
        return ByteBuffer.wrap(png).getInt(chunk + 4);
    }

    private static List<String> texts(Path file) throws Exception {
        return elements(file, "text").stream().map(Element::getTextContent).toList();
    }

    private static List<Element> elements(Path file, String name) throws Exception {
        NodeList nodes = svg(file).getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int index = 0; index < nodes.getLength(); index++) {
            elements.add((Element) nodes.item(index));
        }
        return elements;
    }

    private static Element svg(Path file) throws Exception {
        return DocumentBuilderFactory.newNSInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getDocumentElement();
    }
}
