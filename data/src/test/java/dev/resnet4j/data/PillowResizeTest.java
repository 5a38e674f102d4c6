package dev.resnet4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The expected values are those of Pillow 9.4.0, {@code Image.fromarray(array).resize((width, height), filter)}, with
 * {@code box=} where the aspect ratio is kept, for the array that {@link #picture} makes.
 */
class PillowResizeTest {
    /** Seven rows of five columns: (53 row + 97 column + 31 row column) modulo 256. */
    private static Image picture() {
        int[] values = new int[35];
        for (int place = 0; place < values.length; place++) {
            int row = place / 5;
            int column = place % 5;
            values[place] = (row * 53 + column * 97 + row * column * 31) % 256;
        }
        return Pictures.grey(7, 5, values);
    }

    @ParameterizedTest
    @CsvSource({
        "NEAREST, 53 181 181 53 159 93 217 151 9 5 253 249",
        "BOX, 27 132 108 93 159 103 132 151 36 53 198 210",
        "BILINEAR, 63 120 115 116 131 90 128 153 72 72 137 183",
        "HAMMING, 48 125 115 106 151 91 134 151 56 60 150 196",
        "BICUBIC, 52 123 114 115 143 86 129 155 70 70 141 185",
        "LANCZOS, 47 125 113 116 149 81 131 158 75 73 141 183"
    })
    void makesAPictureSmallerAsPillow(Interpolation interpolation, String expected) {
        assertThat(values(PillowResize.resize(picture(), new ImageSize(3, 4), interpolation)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "NEAREST, 53 53 181 53 53 181 53 53 9 9 5 1 1 253 249 249",
        "BOX, 80 80 95 111 111 126 142 142 94 94 90 86 86 168 164 164",
        "BILINEAR, 84 93 105 111 117 122 128 132 103 94 81 78 107 168 172 170",
        "HAMMING, 73 83 101 113 116 120 130 135 101 95 85 75 88 178 171 167",
        "BICUBIC, 83 90 104 113 118 119 128 134 109 98 82 74 102 173 175 168",
        "LANCZOS, 86 92 106 115 117 118 127 133 113 102 78 69 103 174 178 167"
    })
    void makesRowsLongerAndColumnsShorterAsPillow(Interpolation interpolation, String expected) {
        assertThat(values(PillowResize.resize(picture(), new ImageSize(2, 8), interpolation)))
                .isEqualTo(expected);
    }

    /** Keras takes the 3 middle columns; the filters reach one further, as Pillow's do. */
    @ParameterizedTest
    @CsvSource({
        "NEAREST, 97 35 9 71 177 107 89 143",
        "BOX, 132 108 75 144 160 107 53 198",
        "BILINEAR, 119 111 85 129 111 134 60 150",
        "HAMMING, 130 107 69 120 130 134 58 156",
        "BICUBIC, 126 109 79 130 110 135 54 153",
        "LANCZOS, 127 110 78 133 107 135 53 157"
    })
    void takesTheMiddleWhereTheAspectRatioIsKept(Interpolation interpolation, String expected) {
        assertThat(values(PillowResize.keepingAspectRatio(picture(), new ImageSize(4, 2), interpolation)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void resizesEachChannelByItself(Interpolation interpolation) {
        Image colours = Pictures.noise(9, 14, 3);
        Image resized = PillowResize.resize(colours, new ImageSize(5, 20), interpolation);

        assertThat(resized.sizeText()).isEqualTo("5x20x3");
        for (int channel = 0; channel < 3; channel++) {
            assertThat(channel(resized, channel).pixels())
                    .isEqualTo(PillowResize.resize(channel(colours, channel), new ImageSize(5, 20), interpolation)
                            .pixels());
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesAPlainPicturePlain(Interpolation interpolation) {
        assertThat(PillowResize.resize(Pictures.plain(9, 2, 255), new ImageSize(4, 11), interpolation)
                        .pixels())
                .containsOnly(-1);
    }

    @ParameterizedTest
    @EnumSource
    void leavesAPictureOfTheRightSizeAlone(Interpolation interpolation) {
        Image picture = picture();

        assertThat(PillowResize.resize(picture, new ImageSize(7, 5), interpolation))
                .isSameAs(picture);
        assertThat(PillowResize.keepingAspectRatio(picture, new ImageSize(7, 5), interpolation))
                .isSameAs(picture);
    }

    /** One row in the shape of a column: less than a pixel of its width is in the middle. */
    @ParameterizedTest
    @EnumSource
    void takesOnePixelOfAPictureTooFlatForTheAspectRatio(Interpolation interpolation) {
        Image row = Pictures.grey(1, 3, 0, 200, 0);
        Image column = PillowResize.keepingAspectRatio(row, new ImageSize(5, 1), interpolation);

        assertThat(column.sizeText()).isEqualTo("5x1x1");
        assertThat(column.valueAt(2, 0, 0)).isGreaterThan(140);
    }

    @Test
    void refusesASizeThatDoesNotFitInMemory() {
        assertThatThrownBy(() -> PillowResize.resize(picture(), new ImageSize(40_000, 40_000), Interpolation.BOX))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("40000x40000", "MiB", "smaller size");
        assertThatThrownBy(() -> PillowResize.resize(picture(), new ImageSize(70_000, 70_000), Interpolation.BOX))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("7x5x1", "70000x70000");
    }

    private static Image channel(Image image, int channel) {
        byte[] pixels = new byte[image.height() * image.width()];
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            pixels[pixel] = image.pixels()[pixel * image.channels() + channel];
        }
        return new Image(image.height(), image.width(), 1, pixels);
    }

    private static String values(Image image) {
        return Arrays.toString(image.toFloats()).replaceAll("\\.0|[\\[\\],]", "");
    }
}
