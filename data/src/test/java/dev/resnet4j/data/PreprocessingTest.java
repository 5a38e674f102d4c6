package dev.resnet4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PreprocessingTest {
    private static final Offset<Float> ROUNDING = within(1e-6f);

    /** One pixel: red 255, green 51, blue 0. */
    private static final Image PIXEL = new Image(1, 1, 3, new byte[] {(byte) 255, 51, 0});

    @Test
    void unitDividesBy255() {
        assertThat(written(Preprocessing.UNIT)).containsExactly(1f, 0.2f, 0f);
    }

    @Test
    void rawLeavesTheValues() {
        assertThat(written(Preprocessing.RAW)).containsExactly(255f, 51f, 0f);
    }

    @Test
    void tfScalesToMinusOneToOne() {
        assertThat(written(Preprocessing.TF)).containsExactly(new float[] {1f, -0.6f, -1f}, ROUNDING);
    }

    @Test
    void caffeTurnsTheChannelsRoundAndTakesTheMeansOff() {
        assertThat(written(Preprocessing.CAFFE))
                .containsExactly(new float[] {-103.939f, 51 - 116.779f, 255 - 123.68f}, within(1e-4f));
    }

    @Test
    void torchNormalisesEachChannel() {
        assertThat(written(Preprocessing.TORCH))
                .containsExactly(
                        new float[] {(1 - 0.485f) / 0.229f, (0.2f - 0.456f) / 0.224f, -0.406f / 0.225f}, ROUNDING);
    }

    /** The expected values are NumPy's for what Keras's {@code preprocess_input} does with a float32 array. */
    @Test
    void givesKerasNumbersToTheLastBit() {
        Image pixels = new Image(3, 1, 3, new byte[] {12, (byte) 200, 77, (byte) 255, 1, (byte) 128, 0, (byte) 254, 3});

        assertThat(written(Preprocessing.TF, pixels))
                .containsExactly(
                        -0.90588236f,
                        0.5686275f,
                        -0.3960784f,
                        1.0f,
                        -0.99215686f,
                        0.003921628f,
                        -1.0f,
                        0.99215686f,
                        -0.9764706f);
        assertThat(written(Preprocessing.TORCH, pixels))
                .containsExactly(
                        -1.9124069f,
                        1.4656863f,
                        -0.4623964f,
                        2.2489083f,
                        -2.0182073f,
                        0.42649257f,
                        -2.117904f,
                        2.4110641f,
                        -1.7521569f);
        assertThat(written(Preprocessing.CAFFE, pixels))
                .containsExactly(
                        -26.939003f,
                        83.221f,
                        -111.68f,
                        24.060997f,
                        -115.779f,
                        131.32f,
                        -100.939f,
                        137.22101f,
                        -123.68f);
    }

    @ParameterizedTest
    @EnumSource
    void writesEachPixelAtItsPlaceAndNothingElse(Preprocessing preprocessing) {
        Image twoPixels = new Image(1, 2, 3, new byte[] {1, 2, 3, (byte) 255, 51, 0});
        float[] target = new float[9];
        preprocessing.write(twoPixels, target, 2);

        assertThat(target).startsWith(0f, 0f).endsWith(0f);
        float[] second = {target[5], target[6], target[7]};
        assertThat(second).containsExactly(written(preprocessing));
    }

    @ParameterizedTest
    @EnumSource
    void isFoundByItsNameInAnyLetterCase(Preprocessing preprocessing) {
        assertThat(Preprocessing.parse(preprocessing.toString())).isEqualTo(preprocessing);
        assertThat(Preprocessing.parse(preprocessing.name())).isEqualTo(preprocessing);
    }

    @Test
    void refusesAnUnknownNameAndListsTheKnown() {
        assertThatThrownBy(() -> Preprocessing.parse("imagenet"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'imagenet'")
                .hasMessageContaining("unit, raw, tf, caffe, torch");
    }

    @Test
    void refusesAGreyPictureWhereTheMeansAreOfThreeChannels() {
        Image grey = Pictures.grey(1, 2, 7, 8);

        assertThatThrownBy(() -> Preprocessing.TORCH.write(grey, new float[2], 0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("1x2x1");
        float[] target = new float[2];
        Preprocessing.RAW.write(grey, target, 0);
        assertThat(target).containsExactly(7f, 8f);
    }

    private static float[] written(Preprocessing preprocessing) {
        return written(preprocessing, PIXEL);
    }

    private static float[] written(Preprocessing preprocessing, Image image) {
        float[] target = new float[image.pixels().length];
        preprocessing.write(image, target, 0);
        return target;
    }
}
