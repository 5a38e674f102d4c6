package dev.resnet4j.cli;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.knowm.xchart.style.AxesChartStyler;

/** What all charts have in common: their looks, and the way to a PNG file. */
final class Charts {
    static final Color BLUE = new Color(0x1f77b4);
    static final Color ORANGE = new Color(0xd95f02);
    static final Color GREY = new Color(0x8c8c8c);
    private static final Color GRID = new Color(0xe4e4e4);

    private Charts() {}

    /** White, without frames, with quiet lines across. */
    static void style(AxesChartStyler styler) {
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridVerticalLinesVisible(false);
        styler.setLegendBorderColor(GRID);
    }

    /**
     * A drawing as a PNG file.
     *
     * @param width in pixels
     * @param height in pixels
     * @throws DrawingException if this Java cannot draw
     */
    static byte[] png(int width, int height, Consumer<Graphics2D> drawing) {
        try {
            BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = picture.createGraphics();
            drawing.accept(graphics);
            graphics.dispose();
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.setUseCache(false); // It would write temporary files.
            ImageIO.write(picture, "png", png);
            return png.toByteArray();
        } catch (LinkageError | InternalError | RuntimeException | IOException cannotDraw) {
            // Java's graphics meet missing fonts and libraries with errors of many kinds.
            throw new DrawingException(cannotDraw);
        }
    }
}
