package dev.resnet4j.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/**
 * Reads and writes picture files. The format is told from the content: JPEG, PNG, BMP, GIF or WebP.
 *
 * <p>A picture becomes red, green and blue as Pillow's {@code convert('RGB')} does it, which Keras uses: transparency
 * and colour profiles are left out of account, grey values are written to all three channels, of 16 bits the upper 8
 * are taken, and of an animation the first frame. As in Keras, the orientation in a camera's EXIF data is not applied.
 */
public final class ImageFiles {
    /** The largest picture that is read: a small file may claim to be huge. */
    static final long MAX_PIXELS = 100_000_000;

    private static final Set<String> FORMATS = Set.of("jpeg", "png", "bmp", "gif", "webp");
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "bmp", "gif", "webp");

    /** While it is decoded, a picture stands in memory as the decoder has it and as it is returned. */
    private static final int DECODING_BYTES_PER_PIXEL = 8;

    static {
        ImageIO.setUseCache(false); // It would write temporary files.
    }

    private ImageFiles() {}

    /** Whether a file's name ends like a picture's (.jpg .jpeg .png .bmp .gif .webp, in any letter case). */
    public static boolean hasPictureName(Path file) {
        String name = file.getFileName().toString();
        return EXTENSIONS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /**
     * Reads a picture as red, green and blue.
     *
     * @throws DataException if there is no such file, its format is unknown, it is damaged or cut short, or it has more
     *     than 100 million pixels
     */
    public static Image read(Path file) {
        return withReader(file, ImageFiles::decode);
    }

    /**
     * Reads a picture as Keras's {@code load_img} does: first the colours, then the size.
     *
     * @throws DataException as {@link #read(Path)} does, or if the picture would not fit in memory in the size asked for
     */
    public static Image read(Path file, ImageOptions options) {
        Image image = options.colorMode().apply(read(file));
        if (options.targetSize().isEmpty()) {
            return image;
        }
        ImageSize size = options.targetSize().get();
        return options.keepAspectRatio()
                ? PillowResize.keepingAspectRatio(image, size, options.interpolation())
                : PillowResize.resize(image, size, options.interpolation());
    }

    /**
     * The size of a picture, from the start of its file.
     *
     * @throws DataException as {@link #read} does, but the pixels are not looked at
     */
    public static ImageSize sizeOf(Path file) {
        return withReader(file, reader -> new ImageSize(reader.getHeight(0), reader.getWidth(0)));
    }

    private static <T> T withReader(Path file, Use<T> use) {
        SourceFiles.requireReadable(file);
        try (ImageInputStream stream = new FileImageInputStream(file.toFile())) {
            ImageReader reader = readerFor(stream);
            try {
                reader.setInput(stream, true, true);
                return use.apply(reader);
            } finally {
                reader.dispose();
            }
        } catch (DataException problem) {
            throw new DataException(file + " cannot be read: " + problem.getMessage(), problem);
        } catch (Exception | VirtualMachineError damaged) {
            // Decoders meet damage with exceptions of many kinds.
            throw new DataException(
                    file + " cannot be read: it is damaged or cut short (" + SourceFiles.reason(damaged) + ")",
                    damaged);
        }
    }

    private static ImageReader readerFor(ImageInputStream stream) {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(stream);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (FORMATS.contains(formatName(reader))) {
                return reader;
            }
            reader.dispose();
        }
        throw new DataException("it is no picture in the formats JPEG, PNG, BMP, GIF or WebP");
    }

    private static String formatName(ImageReader reader) {
        return reader.getOriginatingProvider().getFormatNames()[0].toLowerCase(Locale.ROOT);
    }

    private static Image decode(ImageReader reader) throws IOException {
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        String size = reader.getHeight(0) + "x" + reader.getWidth(0);
        if (pixels > MAX_PIXELS) {
            throw new DataException(
                    "it is " + size + " pixels large, more than the " + MAX_PIXELS + " allowed: make it smaller");
        }
        MemoryBudget.require(
                pixels * DECODING_BYTES_PER_PIXEL, "its " + size + " pixels", "make it smaller or give more memory");
        List<String> warnings = new ArrayList<>();
        reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
        BufferedImage image = reader.read(0);
        requireWhole(warnings);
        return toRgb(image);
    }

    /** A JPEG file cut short is filled up with grey by its decoder, which only warns. */
    private static void requireWhole(List<String> warnings) throws IIOException {
        for (String warning : warnings) {
            String lowerCase = warning.toLowerCase(Locale.ROOT);
            if (lowerCase.contains("premature end") || lowerCase.contains("truncated")) {
                throw new IIOException(warning);
            }
        }
    }

    private static Image toRgb(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        boolean plain = colors instanceof ComponentColorModel
                && (colors.getColorSpace().getType() == ColorSpace.TYPE_RGB
                        || colors.getColorSpace().getType() == ColorSpace.TYPE_GRAY);
        byte[] pixels = plain ? fromSamples(image) : fromColors(image);
        return new Image(image.getHeight(), image.getWidth(), 3, pixels);
    }

    /** The numbers as they stand in the file: asked for colours, grey pictures would be brightened. */
    private static byte[] fromSamples(BufferedImage image) {
        Raster raster = image.getRaster();
        int width = image.getWidth();
        int bands = raster.getNumBands();
        int step = bands >= 3 ? 1 : 0;
        int shift = Math.max(0, image.getColorModel().getComponentSize(0) - Byte.SIZE);
        byte[] pixels = new byte[3 * width * image.getHeight()];
        int[] samples = new int[width * bands];
        int target = 0;
        for (int row = 0; row < image.getHeight(); row++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + row, width, 1, samples);
            for (int source = 0; source < samples.length; source += bands) {
                pixels[target++] = (byte) (samples[source] >> shift);
                pixels[target++] = (byte) (samples[source + step] >> shift);
                pixels[target++] = (byte) (samples[source + 2 * step] >> shift);
            }
        }
        return pixels;
    }

    private static byte[] fromColors(BufferedImage image) {
        int width = image.getWidth();
        byte[] pixels = new byte[3 * width * image.getHeight()];
        int[] colors = new int[width];
        int target = 0;
        for (int row = 0; row < image.getHeight(); row++) {
            image.getRGB(0, row, width, 1, colors, 0, width);
            for (int color : colors) {
                pixels[target++] = (byte) (color >> 16);
                pixels[target++] = (byte) (color >> 8);
                pixels[target++] = (byte) color;
            }
        }
        return pixels;
    }

    /**
     * Writes a picture as PNG, beside the file first and then moved into its place: the file is whole or untouched.
     *
     * @param image of 1 or 3 channels
     * @throws DataException if it cannot be written
     */
    public static void writePng(Image image, Path file) {
        byte[] png = toPng(image);
        try (NewFile beside = new NewFile(file.toAbsolutePath())) {
            Files.write(beside.path(), png);
            beside.moveIntoPlace();
        } catch (IOException problem) {
            throw new DataException(file + " cannot be written: " + SourceFiles.reason(problem), problem);
        }
    }

    /**
     * A picture as the bytes of a PNG file.
     *
     * @param image of 1 or 3 channels
     * @throws DataException if it has another number of channels
     */
    public static byte[] toPng(Image image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(toBufferedImage(image), "png", png)) {
                throw new IllegalStateException("this Java has no PNG writer");
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        return png.toByteArray();
    }

    private static BufferedImage toBufferedImage(Image image) {
        if (image.channels() != 1 && image.channels() != 3) {
            throw new DataException(
                    "a picture of " + image.sizeText() + " cannot be written: it needs 1 or 3 channels");
        }
        int type = image.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage buffered = new BufferedImage(image.width(), image.height(), type);
        int rowLength = image.width() * image.channels();
        int[] samples = new int[rowLength];
        for (int row = 0; row < image.height(); row++) {
            for (int index = 0; index < rowLength; index++) {
                samples[index] = Byte.toUnsignedInt(image.pixels()[row * rowLength + index]);
            }
            buffered.getRaster().setPixels(0, row, image.width(), 1, samples);
        }
        return buffered;
    }

    /** What is done with an opened picture. */
    private interface Use<T> {
        T apply(ImageReader reader) throws IOException;
    }
}
