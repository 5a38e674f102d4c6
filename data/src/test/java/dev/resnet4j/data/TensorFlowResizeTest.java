package dev.resnet4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorFlowResizeTest {
    @Test
    void leavesAPictureOfTheRightSizeAlone() {
        Image image = Pictures.noise(4, 5, 1);

        assertThat(TensorFlowResize.bilinear(image, new ImageSize(4, 5))).isSameAs(image);
    }

    /** By hand: places -0.25, 0.25, 0.75, 1.25 of two pixels. */
    @Test
    void doublesARowWithHalfPixelCentres() {
        Image row = Pictures.grey(1, 2, 0, 100);

        assertThat(TensorFlowResize.bilinear(row, new ImageSize(1, 4)).pixels()).containsExactly(0, 25, 75, 100);
    }

    /** By hand: the middle of each pair, so that pixels between are left out, as without smoothing. */
    @Test
    void quartersARowWithoutSmoothing() {
        Image row = Pictures.grey(1, 8, 0, 10, 20, 30, 40, 50, 60, 70);

        assertThat(TensorFlowResize.bilinear(row, new ImageSize(1, 2)).pixels()).containsExactly(15, 55);
    }

    /** The example in the documentation of {@code tf.image.resize}: a 5x5 identity matrix to 3x5. */
    @Test
    void givesTheValuesOfTensorFlowsDocumentation() {
        Image identity = Pictures.grey(
                5, 5, 240, 0, 0, 0, 0, 0, 240, 0, 0, 0, 0, 0, 240, 0, 0, 0, 0, 0, 240, 0, 0, 0, 0, 0, 240);

        assertThat(TensorFlowResize.bilinear(identity, new ImageSize(3, 5)).pixels())
                .isEqualTo(Pictures.grey(3, 5, 160, 80, 0, 0, 0, 0, 0, 240, 0, 0, 0, 0, 0, 80, 160)
                        .pixels());
    }

    @ParameterizedTest
    @CsvSource({"7,5,13,11", "13,11,7,5", "1,1,3,4", "6,9,6,4", "100,3,64,64"})
    void agreesWithTheTentFormulaForEverySize(int fromHeight, int fromWidth, int toHeight, int toWidth) {
        Image image = Pictures.noise(fromHeight, fromWidth, 3);
        Image resized = TensorFlowResize.bilinear(image, new ImageSize(toHeight, toWidth));

        for (int row = 0; row < toHeight; row++) {
            for (int column = 0; column < toWidth; column++) {
                for (int channel = 0; channel < 3; channel++) {
                    assertThat((double) resized.valueAt(row, column, channel))
                            .isBetween(
                                    tent(image, resized, row, column, channel) - 0.501,
                                    tent(image, resized, row, column, channel) + 0.501);
                }
            }
        }
    }

    @Test
    void resizesAWholeDataSet() {
        Dataset resized = TensorFlowResize.bilinear(Pictures.numbered(4), new ImageSize(3, 5));

        assertThat(resized.images().get(3).sizeText()).isEqualTo("3x5x3");
        assertThat(resized.images().get(3).valueAt(2, 4, 1)).isEqualTo(3);
        assertThat(resized.labels()).containsExactly(0, 1, 2, 0);
    }

    @Test
    void refusesPicturesThatDoNotFitInMemory() {
        assertThatThrownBy(() -> TensorFlowResize.bilinear(Pictures.numbered(4), new ImageSize(30_000, 30_000)))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll("4 pictures of 30000x30000", "MiB", "smaller image size");
    }

    /** Each source pixel weighted by a tent of width one about the place, edge pixels standing for those outside. */
    private static double tent(Image image, Image resized, int row, int column, int channel) {
        double placeRow = (row + 0.5) * image.height() / resized.height() - 0.5;
        double placeColumn = (column + 0.5) * image.width() / resized.width() - 0.5;
        double sum = 0;
        for (int sourceRow = -1; sourceRow <= image.height(); sourceRow++) {
            for (int sourceColumn = -1; sourceColumn <= image.width(); sourceColumn++) {
                double weight = Math.max(0, 1 - Math.abs(sourceRow - placeRow))
                        * Math.max(0, 1 - Math.abs(sourceColumn - placeColumn));
                int insideRow = Math.max(0, Math.min(image.height() - 1, sourceRow));
                int insideColumn = Math.max(0, Math.min(image.width() - 1, sourceColumn));
                sum += weight * image.valueAt(insideRow, insideColumn, channel);
            }
        }
        return sum;
    }
}
