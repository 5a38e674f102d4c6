package dev.resnet4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp"})
    void readsWhatALosslessFormatHolds(String format) throws IOException {
        Image image = Pictures.noise(5, 7, 1);
        Path file = write(buffered(image, BufferedImage.TYPE_INT_RGB), format);
        Image read = ImageFiles.read(file);

        assertThat(read.sizeText()).isEqualTo("5x7x3");
        assertThat(read.pixels()).isEqualTo(image.pixels());
        assertThat(ImageFiles.sizeOf(file)).isEqualTo(new ImageSize(5, 7));
    }

    @Test
    void readsJpeg() throws IOException {
        Image read = ImageFiles.read(write(filled(20, 30, new Color(200, 100, 50)), "jpg"));

        assertThat(read.sizeText()).isEqualTo("20x30x3");
        assertNear(read, 200, 100, 50, 3);
    }

    @Test
    void readsGif() throws IOException {
        Image read = ImageFiles.read(write(filled(6, 4, new Color(255, 51, 0)), "gif"));

        assertThat(read.sizeText()).isEqualTo("6x4x3");
        assertNear(read, 255, 51, 0, 0);
    }

    @Test
    void readsWebp() throws IOException {
        Path file = folder.resolve("picture.webp");
        Files.write(file, webp(6, 4, new Color(250, 120, 7)));
        Image read = ImageFiles.read(file);

        assertThat(read.sizeText()).isEqualTo("6x4x3");
        assertNear(read, 250, 120, 7, 0);
    }

    @Test
    void tellsTheFormatFromTheContentNotTheName() throws IOException {
        Path file = write(filled(2, 2, Color.RED), "png");
        Path renamed = Files.move(file, folder.resolve("picture.jpg"));

        assertNear(ImageFiles.read(renamed), 255, 0, 0, 0);
    }

    @Test
    void keepsTheFirstFrameOfAnAnimation() throws IOException {
        Path file = folder.resolve("animation.gif");
        ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (Color color : List.of(Color.GREEN, Color.RED)) {
                writer.writeToSequence(new IIOImage(filled(3, 3, color), null, null), null);
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }

        assertNear(ImageFiles.read(file), 0, 255, 0, 0);
    }

    @Test
    void writesGreyValuesToAllChannelsAsTheyAre() throws IOException {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setSample(0, 0, 0, 100);
        grey.getRaster().setSample(1, 0, 0, 200);

        assertThat(ImageFiles.read(write(grey, "png")).pixels())
                .isEqualTo(new byte[] {100, 100, 100, (byte) 200, (byte) 200, (byte) 200});
    }

    @Test
    void readsGreyJpegWithoutBrighteningIt() throws IOException {
        BufferedImage grey = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        int[] samples = new int[256];
        Arrays.fill(samples, 100);
        grey.getRaster().setPixels(0, 0, 16, 16, samples);

        assertNear(ImageFiles.read(write(grey, "jpg")), 100, 100, 100, 1);
    }

    @Test
    void takesTheUpperEightOfSixteenBits() throws IOException {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        grey.getRaster().setSample(0, 0, 0, 0x64ff);
        grey.getRaster().setSample(1, 0, 0, 0xff00);

        assertThat(ImageFiles.read(write(grey, "png")).pixels()).containsExactly(100, 100, 100, -1, -1, -1);
    }

    @Test
    void leavesTransparencyOutOfAccount() throws IOException {
        BufferedImage transparent = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        transparent.setRGB(0, 0, 0x00c86432);
        transparent.setRGB(1, 0, 0x80c86432);

        assertNear(ImageFiles.read(write(transparent, "png")), 200, 100, 50, 0);
    }

    @Test
    void readsPalettesAndSingleBits() throws IOException {
        byte[] values = {0, (byte) 200};
        BufferedImage bits = new BufferedImage(
                2, 1, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(1, 2, values, values, values));
        bits.getRaster().setSample(1, 0, 0, 1);

        assertThat(ImageFiles.read(write(bits, "png")).pixels())
                .containsExactly(0, 0, 0, (byte) 200, (byte) 200, (byte) 200);
    }

    @Test
    void readsAJpegOfFourInks() throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(0, 16, 16, 4, null);
        for (int row = 0; row < 16; row++) {
            for (int column = 0; column < 16; column++) {
                raster.setPixel(column, row, new int[] {255, 0, 0, 255}); // Adobe stores 255 for no ink.
            }
        }
        Path file = folder.resolve("inks.jpg");
        ImageWriter writer = jdkJpegWriter();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(stream);
            writer.write(new IIOImage(raster, null, null));
        } finally {
            writer.dispose();
        }
        insertAdobeMarker(file);
        Image read = ImageFiles.read(file);

        assertThat(read.sizeText()).isEqualTo("16x16x3");
        assertThat(read.valueAt(8, 8, 0)).as("red").isGreaterThan(read.valueAt(8, 8, 1) + 80);
        assertThat(read.valueAt(8, 8, 2)).as("blue").isLessThan(100);
    }

    @Test
    void readsInTheColoursAndTheSizeAskedFor() throws IOException {
        Image image = Pictures.noise(9, 13, 2);
        Path file = write(buffered(image, BufferedImage.TYPE_INT_RGB), "png");
        ImageSize size = new ImageSize(4, 3);
        ImageOptions options = ImageOptions.DEFAULT
                .withColorMode(ColorMode.GRAYSCALE)
                .withTargetSize(size)
                .withInterpolation(Interpolation.BICUBIC);

        assertThat(ImageFiles.read(file, options).pixels())
                .isEqualTo(PillowResize.resize(image.toGrey(), size, Interpolation.BICUBIC)
                        .pixels());
        assertThat(ImageFiles.read(file, options.withKeepAspectRatio(true)).pixels())
                .isEqualTo(PillowResize.keepingAspectRatio(image.toGrey(), size, Interpolation.BICUBIC)
                        .pixels());
    }

    @Test
    void readsAsKerasWhereNothingIsAskedFor() throws IOException {
        Image image = Pictures.noise(5, 7, 1);
        Path file = write(buffered(image, BufferedImage.TYPE_INT_RGB), "png");
        Image resized = ImageFiles.read(file, ImageOptions.DEFAULT.withTargetSize(new ImageSize(2, 3)));

        assertThat(ImageFiles.read(file, ImageOptions.DEFAULT).pixels()).isEqualTo(image.pixels());
        assertThat(resized.pixels())
                .isEqualTo(PillowResize.resize(image, new ImageSize(2, 3), Interpolation.NEAREST)
                        .pixels());
    }

    @Test
    void readsTheRealPhotos() throws IOException {
        Path unzipped = SignsJpegs.unzip(folder);
        try (var files = Files.walk(unzipped)) {
            List<Path> pictures = files.filter(ImageFiles::hasPictureName).toList();

            assertThat(pictures).hasSize(1200);
            assertThat(pictures.parallelStream().map(ImageFiles::read).map(Image::sizeText))
                    .containsOnly("64x64x3");
        }
    }

    @Test
    void knowsPicturesByTheirNameInAnyLetterCase() {
        assertThat(List.of("a.jpg", "b.JPEG", "c.Png", "d.bmp", "e.GIF", "f.webp"))
                .allMatch(name -> ImageFiles.hasPictureName(Path.of(name)));
        assertThat(List.of("a.txt", "Thumbs.db", ".DS_Store", "jpgg", "a.jpg.zip", "png"))
                .filteredOn(name -> ImageFiles.hasPictureName(Path.of(name)))
                .containsExactly("png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "jpg"})
    void refusesAPictureCutShort(String format) throws IOException {
        byte[] bytes =
                Files.readAllBytes(write(buffered(Pictures.noise(40, 40, 1), BufferedImage.TYPE_INT_RGB), format));
        Path cut = folder.resolve("cut." + format);
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

        assertRefused(cut, cut.toString(), "cut short");
    }

    @Test
    void refusesAFileThatIsNoPicture() throws IOException {
        Path file = folder.resolve("note.jpg");
        Files.writeString(file, "hello");

        assertRefused(file, file.toString(), "no picture in the formats JPEG, PNG, BMP, GIF or WebP");
        Files.writeString(file, "");
        assertRefused(file, "no picture");
    }

    @Test
    void refusesAMissingFileAndAFolder() {
        assertRefused(folder.resolve("missing.png"), "there is no file", "missing.png");
        assertRefused(folder, "not a file");
    }

    @Test
    void refusesAPictureThatClaimsToBeHuge() throws IOException {
        byte[] bytes = Files.readAllBytes(write(filled(2, 2, Color.RED), "png"));
        ByteBuffer png = ByteBuffer.wrap(bytes);
        png.putInt(16, 100_000).putInt(20, 50_000);
        CRC32 checksum = new CRC32();
        checksum.update(bytes, 12, 17);
        png.putInt(29, (int) checksum.getValue());
        Path file = folder.resolve("huge.png");
        Files.write(file, bytes);

        assertRefused(file, "huge.png", "50000x100000", "100000000");
    }

    @Test
    void writesPngInPlaceOfWhatWasThere() throws IOException {
        Path file = folder.resolve("out.png");
        Files.writeString(file, "before");
        Image image = Pictures.noise(5, 7, 1);
        ImageFiles.writePng(image, file);

        assertThat(ImageFiles.read(file).pixels()).isEqualTo(image.pixels());
        assertThat(folder.toFile().list()).containsExactly("out.png");
    }

    @Test
    void writesGreyPng() {
        Path file = folder.resolve("grey.png");
        ImageFiles.writePng(Pictures.grey(1, 2, 100, 200), file);

        assertThat(ImageFiles.read(file).pixels()).containsExactly(100, 100, 100, -56, -56, -56);
    }

    @Test
    void saysWhyAPictureCannotBeWrittenAndLeavesNothing() {
        assertThatThrownBy(() -> ImageFiles.writePng(Pictures.plain(1, 1, 0), folder.resolve("no/such/out.png")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("out.png cannot be written");
        Image fourChannels = new Image(1, 1, 4, new byte[4]);
        assertThatThrownBy(() -> ImageFiles.writePng(fourChannels, folder.resolve("out.png")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1x1x4");
        assertThat(folder.toFile().list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "jpg", "webp"})
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void loadsOrRefusesDamagedPictures(String format) throws IOException {
        byte[] bytes = format.equals("webp")
                ? webp(12, 9, new Color(3, 2, 1))
                : Files.readAllBytes(write(buffered(Pictures.noise(12, 9, 1), BufferedImage.TYPE_INT_RGB), format));
        Random random = new Random(2026);
        Path damaged = folder.resolve("damaged." + format);
        for (int variant = 0; variant < 250; variant++) {
            Files.write(damaged, Mutation.damage(bytes, random));
            try {
                assertThat(ImageFiles.read(damaged).pixels()).isNotEmpty();
            } catch (DataException refused) {
                assertThat(refused.getMessage()).contains(damaged.toString()).doesNotContain("\n");
            }
        }
    }

    private static void assertRefused(Path file, String... parts) {
        assertThatThrownBy(() -> ImageFiles.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(parts);
    }

    private static void assertNear(Image image, int red, int green, int blue, int tolerance) {
        int[] expected = {red, green, blue};
        for (int index = 0; index < image.pixels().length; index++) {
            assertThat(Byte.toUnsignedInt(image.pixels()[index]))
                    .isBetween(expected[index % 3] - tolerance, expected[index % 3] + tolerance);
        }
    }

    private Path write(BufferedImage image, String format) throws IOException {
        Path file = folder.resolve("picture." + format);
        assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
        return file;
    }

    private static ImageWriter jdkJpegWriter() {
        List<ImageWriter> writers = new ArrayList<>();
        ImageIO.getImageWritersByFormatName("jpeg").forEachRemaining(writers::add);
        return writers.stream()
                .filter(writer -> writer.getClass().getName().startsWith("com.sun"))
                .findFirst()
                .orElseThrow();
    }

    /** Says that the four channels are inks, as picture editors write it, right after the start of the file. */
    private static void insertAdobeMarker(Path file) throws IOException {
        byte[] marker = {-1, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        byte[] bytes = Files.readAllBytes(file);
        ByteArrayOutputStream marked = new ByteArrayOutputStream();
        marked.write(bytes, 0, 2);
        marked.write(marker);
        marked.write(bytes, 2, bytes.length - 2);
        Files.write(file, marked.toByteArray());
    }

    private static BufferedImage filled(int height, int width, Color color) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int place = 0; place < height * width; place++) {
            image.setRGB(place % width, place / width, color.getRGB());
        }
        return image;
    }

    private static BufferedImage buffered(Image image, int type) {
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), type);
        for (int row = 0; row < image.height(); row++) {
            for (int column = 0; column < image.width(); column++) {
                Color color = new Color(
                        image.valueAt(row, column, 0), image.valueAt(row, column, 1), image.valueAt(row, column, 2));
                buffered.setRGB(column, row, color.getRGB());
            }
        }
        return buffered;
    }

    /** A lossless WebP file of one colour: five prefix codes of one symbol each, so that pixels take no bits. */
    private static byte[] webp(int height, int width, Color color) throws IOException {
        Bits bits = new Bits();
        bits.add(0x2f, 8);
        bits.add(width - 1, 14);
        bits.add(height - 1, 14);
        bits.add(0, 1 + 3); // No alpha, version 0.
        bits.add(0, 1 + 1 + 1); // No transforms, no colour cache, no meta prefix codes.
        for (int symbol : new int[] {color.getGreen(), color.getRed(), color.getBlue(), 255}) {
            bits.add(0b101, 3); // Simple code, one symbol, of eight bits.
            bits.add(symbol, 8);
        }
        bits.add(0b0001, 4); // The distances' code: simple, one symbol of one bit, 0.
        byte[] payload = Arrays.copyOf(bits.toByteArray(), 24);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
        file.write(littleEndian(4 + 8 + payload.length));
        file.writeBytes("WEBPVP8L".getBytes(StandardCharsets.US_ASCII));
        file.write(littleEndian(payload.length));
        file.write(payload);
        return file.toByteArray();
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    /** Numbers of few bits, the lowest bit first. */
    private static final class Bits {
        private final BitSet bits = new BitSet();
        private int length;

        void add(int value, int count) {
            for (int bit = 0; bit < count; bit++) {
                bits.set(length++, (value >> bit & 1) == 1);
            }
        }

        byte[] toByteArray() {
            return bits.toByteArray();
        }
    }
}
