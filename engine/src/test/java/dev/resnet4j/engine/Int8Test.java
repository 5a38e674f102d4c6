package dev.resnet4j.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.resnet4j.data.Dataset;
import dev.resnet4j.data.Image;
import dev.resnet4j.engine.onednn.OneDnn;
import dev.resnet4j.model.resnet.ResNetFamily;
import dev.resnet4j.model.resnet.ResNetOptions;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.model.training.Adam;
import dev.resnet4j.model.training.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prediction and evaluation in bytes, beside 32 bits. */
class Int8Test {
    private static final int SIDE = 16;
    private static final List<String> DIRECTIONS = List.of("across", "down", "rising", "falling");
    private static final EvaluateOptions INT8 = EvaluateOptions.DEFAULT.withPrecision(Precision.INT8);
    private static final PredictOptions IN_BYTES = PredictOptions.DEFAULT.withPrecision(Precision.INT8);

    @BeforeAll
    static void needsConvolutionsOfBytes() {
        assumeTrue(OneDnn.convolvesBytes(), "this processor has no fast convolutions of bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void judgesAsWellAsThirtyTwoBits(int channels) {
        Dataset test = stripes(400, channels, 2);
        try (Model model = trained(channels)) {
            double accuracy = model.evaluate(test).accuracy();
            assertThat(accuracy).isGreaterThan(0.9);

            model.calibrate(stripes(64, channels, 3).images());

            assertThat(model.evaluate(test, INT8).accuracy()).isCloseTo(accuracy, within(0.005));
            // Numbers that are cut in steps differ.
            assertThat(model.evaluate(test, INT8).loss())
                    .isNotEqualTo(model.evaluate(test).loss());
        }
    }

    private static Model trained(int channels) {
        Model model = untrained(channels);
        model.fit(
                stripes(480, channels, 1),
                FitOptions.epochs(7).withBatchSize(16).withSeed(1));
        return model;
    }

    private static Model untrained(int channels) {
        Shape picture = Shape.of(SIDE, SIDE, channels);
        Model model = Model.of(ResNetFamily.build("resnet20", new ResNetOptions(picture, 4).withSeed(1)));
        model.compile(new Adam(0.003), Loss.CATEGORICAL_CROSSENTROPY);
        return model;
    }

    /** Stripes in one of four directions under noise. */
    private static Dataset stripes(int count, int channels, long seed) {
        Random random = new Random(seed);
        List<Image> images = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int direction = index % DIRECTIONS.size();
            images.add(stripes(direction, channels, random));
            labels.add(direction);
        }
        return new Dataset(images, labels, DIRECTIONS);
    }

    private static Image stripes(int direction, int channels, Random random) {
        double phase = 2 * Math.PI * random.nextDouble();
        double frequency = 0.8 + 0.6 * random.nextDouble();
        byte[] pixels = new byte[SIDE * SIDE * channels];
        for (int index = 0; index < pixels.length; index++) {
            int row = index / channels / SIDE;
            int column = index / channels % SIDE;
            double along = List.of(
                            (double) row, (double) column, (row + column) / Math.sqrt(2), (row - column) / Math.sqrt(2))
                    .get(direction);
            double value = 128 + 40 * Math.sin(frequency * along + phase) + 18 * random.nextGaussian();
            pixels[index] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return new Image(SIDE, SIDE, channels, pixels);
    }

    @Test
    void takesBatchesOfAnySizeInTurn() {
        List<Image> images = stripes(40, 3, 4).images();
        try (Model model = untrained(3)) {
            model.calibrate(images);

            List<Prediction> together = model.predict(images, IN_BYTES);

            assertThat(model.predict(images.subList(0, 1), IN_BYTES).get(0).probabilities())
                    .usingElementComparator((first, second) -> Math.abs(first - second) < 1e-5 ? 0 : 1)
                    .isEqualTo(together.get(0).probabilities());
            assertThat(model.predict(images, IN_BYTES)).isEqualTo(together);
        }
    }

    @Test
    void asksForACalibrationBeforeItsFirstUseAndAfterTraining() {
        Dataset data = stripes(32, 3, 5);
        try (Model model = untrained(3)) {
            assertThatThrownBy(() -> model.predict(data.images(), IN_BYTES))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("not calibrated");
            model.calibrate(data.images());
            List<Prediction> before = model.predict(data.images(), IN_BYTES);

            model.fit(data, FitOptions.epochs(1));

            assertThatThrownBy(() -> model.evaluate(data, INT8))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("not calibrated");
            model.calibrate(data.images());
            assertThat(model.predict(data.images(), IN_BYTES)).isNotEqualTo(before);
        }
    }

    @Test
    void keepsAPictureThatIsNotNumbers() {
        try (Model model = untrained(3)) {
            model.calibrate(stripes(4, 3, 6).images());
            NdArray picture = new NdArray(Shape.of(1, SIDE, SIDE, 3), new float[SIDE * SIDE * 3]);
            Arrays.fill(picture.values(), Float.NaN);

            assertThat(model.predict(picture, Precision.INT8).values()).containsOnly(Float.NaN);
        }
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatThrownBy(() -> FitOptions.epochs(1).withPrecision(Precision.INT8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("train in fp32 or bf16");
        assertThatThrownBy(() -> INT8.withBatchStatistics(true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("moving statistics");
        try (Model model = untrained(3)) {
            assertThatThrownBy(() -> model.calibrate(List.of()))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("no pictures");
        }
    }
}
