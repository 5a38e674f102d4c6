package dev.resnet4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ImageTest {
    @Test
    void becomesNumbersFrom0To255InTheOrderOfItsPixels() {
        Image image = new Image(1, 2, 3, new byte[] {0, 1, 2, 127, (byte) 128, (byte) 255});

        assertThat(image.toFloats()).containsExactly(0, 1, 2, 127, 128, 255);
    }

    /** The expected values are those of Pillow's {@code convert('L')}. */
    @Test
    void becomesGreyAsInPillow() {
        int[] colours = {255, 0, 0, 0, 255, 0, 0, 0, 255, 1, 2, 3, 254, 255, 253, 200, 100, 50};
        byte[] pixels = new byte[colours.length];
        for (int index = 0; index < pixels.length; index++) {
            pixels[index] = (byte) colours[index];
        }

        Image grey = new Image(2, 3, 3, pixels).toGrey();

        assertThat(grey.sizeText()).isEqualTo("2x3x1");
        assertThat(grey.toFloats()).containsExactly(76, 150, 29, 2, 254, 124);
    }

    @Test
    void staysGreyWhereItIs() {
        Image grey = Pictures.grey(1, 2, 3, 200);

        assertThat(grey.toGrey()).isSameAs(grey);
    }

    @Test
    void refusesToMakeTwoChannelsGrey() {
        Image twoChannels = new Image(1, 1, 2, new byte[2]);

        assertThatThrownBy(twoChannels::toGrey)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1x1x2");
    }
}
