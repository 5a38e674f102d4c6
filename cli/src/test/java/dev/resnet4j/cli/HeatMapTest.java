package dev.resnet4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.data.Image;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class HeatMapTest {
    private static final Image BLACK = new Image(40, 60, 3, new byte[40 * 60 * 3]);

    private static HeatMap map(float... values) {
        return new HeatMap(new NdArray(Shape.of(2, 2), values));
    }

    @Test
    void isRedWhereTheMapIsHighestAndBlueWhereItIsZero() {
        BufferedImage drawn = map(0, 0, 0, 7).over(BLACK);

        Color low = new Color(drawn.getRGB(0, 0));
        Color high = new Color(drawn.getRGB(59, 39));
        assertThat(drawn.getWidth()).isEqualTo(60);
        assertThat(low.getBlue()).isGreaterThan(low.getRed());
        assertThat(high.getRed()).isGreaterThan(4 * high.getBlue());
        assertThat(drawn.getRGB(59, 0)).as("at the right above").isEqualTo(drawn.getRGB(0, 0));
    }

    @Test
    void doesNotDependOnTheMapsScale() {
        assertThat(map(0, 1, 2, 3).over(BLACK).getRGB(17, 20))
                .isEqualTo(map(0, 10, 20, 30).over(BLACK).getRGB(17, 20));
    }

    @Test
    void isEvenWhereNothingSpeaksForTheClass() {
        BufferedImage drawn = map(0, 0, 0, 0).over(BLACK);

        assertThat(drawn.getRGB(59, 39)).isEqualTo(drawn.getRGB(0, 0));
    }

    @Test
    void showsGreyPicturesToo() {
        Image grey = new Image(1, 2, 1, new byte[] {10, (byte) 200});

        BufferedImage plain = HeatMap.plain(grey);

        assertThat(plain.getRGB(0, 0)).isEqualTo(new Color(10, 10, 10).getRGB());
        assertThat(plain.getRGB(1, 0)).isEqualTo(new Color(200, 200, 200).getRGB());
        assertThat(map(0, 1, 0, 1).over(grey).getRGB(0, 0))
                .isNotEqualTo(map(1, 0, 1, 0).over(grey).getRGB(0, 0));
    }
}
