package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.engine.metrics.Calibration;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ReliabilityDiagramTest {
    @Test
    void drawsABarAsHighAsTheAccuracyOfItsBin() throws IOException {
        long half = bluePixels(Calibration.of(List.of(0.9, 0.9), List.of(true, false), 15));
        long whole = bluePixels(Calibration.of(List.of(0.9, 0.9), List.of(true, true), 15));
        long none = bluePixels(Calibration.of(List.of(0.9, 0.9), List.of(false, false), 15));

        assertThat((double) (half - none) / (whole - none)).isBetween(0.45, 0.55);
    }

    private static long bluePixels(Calibration calibration) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(ReliabilityDiagram.png(calibration)));
        long count = 0;
        for (int row = 0; row < picture.getHeight(); row++) {
            for (int column = 0; column < picture.getWidth(); column++) {
                count += (picture.getRGB(column, row) & 0xffffff) == 0x1f77b4 ? 1 : 0;
            }
        }
        return count;
    }
}
