package dev.resnet4j.engine.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.resnet4j.engine.Device;
import dev.resnet4j.engine.Precision;
import dev.resnet4j.model.layer.Dropout;
import dev.resnet4j.model.layer.Fill;
import dev.resnet4j.model.layer.FillMode;
import dev.resnet4j.model.layer.GaussianDropout;
import dev.resnet4j.model.layer.GaussianNoise;
import dev.resnet4j.model.layer.Interpolation;
import dev.resnet4j.model.layer.Interval;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.RandomBrightness;
import dev.resnet4j.model.layer.RandomContrast;
import dev.resnet4j.model.layer.RandomCrop;
import dev.resnet4j.model.layer.RandomFlip;
import dev.resnet4j.model.layer.RandomRotation;
import dev.resnet4j.model.layer.RandomTranslation;
import dev.resnet4j.model.layer.RandomZoom;
import dev.resnet4j.model.layer.SpatialDropout2D;
import dev.resnet4j.model.layer.SymbolicTensor;
import dev.resnet4j.model.network.Weights;
import dev.resnet4j.model.tensor.NdArray;
import dev.resnet4j.model.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What layers that draw random numbers do in training: each draw's rule, and how often it comes. */
class RandomLayersTest {
    private static final Interpolation BILINEAR = Interpolation.BILINEAR;

    @Test
    void mirrorsHalfOfThePictures() {
        NdArray pictures = pictures(200, 2, 3, 1);
        int[] leftAndRight = {2, 1, 0, 5, 4, 3};
        int[] upAndDown = {3, 4, 5, 0, 1, 2};
        int[] bothWays = {5, 4, 3, 2, 1, 0};

        assertMirrored(new RandomFlip(RandomFlip.Mode.HORIZONTAL), pictures, leftAndRight);
        assertMirrored(new RandomFlip(RandomFlip.Mode.VERTICAL), pictures, upAndDown);
        assertMirrored(new RandomFlip(RandomFlip.Mode.HORIZONTAL_AND_VERTICAL), pictures, bothWays);
    }

    private static void assertMirrored(RandomFlip layer, NdArray pictures, int[] mirrored) {
        NdArray output = train(layer, pictures, 1);
        int flipped = 0;
        for (int sample = 0; sample < 200; sample++) {
            float[] before = sample(pictures, sample);
            float[] after = sample(output, sample);
            if (Arrays.equals(before, after)) {
                continue;
            }
            for (int pixel = 0; pixel < mirrored.length; pixel++) {
                assertThat(after[pixel]).isEqualTo(before[mirrored[pixel]]);
            }
            flipped++;
        }
        assertThat(flipped).isBetween(75, 125);
    }

    @Test
    void movesEachPictureByADrawOfItsOwn() {
        // A single bright row tells by how many of the ten rows a picture was moved.
        float[] values = new float[300 * 10];
        for (int sample = 0; sample < 300; sample++) {
            values[sample * 10 + 4] = 1;
        }
        NdArray pictures = new NdArray(Shape.of(300, 10, 1, 1), values);
        Fill fill = new Fill(FillMode.CONSTANT, BILINEAR, 0);
        NdArray output =
                train(new RandomTranslation("", new Interval(-0.1, 0.3), new Interval(0, 0), fill), pictures, 2);

        double[] moved = IntStream.range(0, 300)
                .mapToDouble(sample -> IntStream.range(0, 10)
                        .mapToDouble(row -> (row - 4) * sample(output, sample)[row])
                        .sum())
                .toArray();
        assertThat(Arrays.stream(moved).boxed())
                .allSatisfy(rows -> assertThat(rows).isBetween(-1.00001, 3.00001));
        assertThat(Arrays.stream(moved).average().orElseThrow()).isCloseTo(1, within(0.25));
        assertThat(Arrays.stream(moved).filter(rows -> rows < 0).count()).isBetween(50L, 100L);
    }

    @Test
    void cutsTheSamePartOutOfAllPicturesOfABatch() {
        NdArray pictures = pictures(2, 5, 4, 3);
        Map<Integer, Integer> places = new HashMap<>();
        for (int step = 0; step < 300; step++) {
            NdArray output = train(new RandomCrop(3, 3), pictures, step);
            assertThat(output.shape()).isEqualTo(Shape.of(2, 3, 3, 3));
            int found = placeOf(output, pictures, 0);
            assertThat(placeOf(output, pictures, 1)).isEqualTo(found);
            places.merge(found, 1, Integer::sum);
        }
        assertThat(places).hasSize(6);
        assertThat(places.values()).allSatisfy(times -> assertThat(times).isBetween(25, 80));
    }

    private static int placeOf(NdArray cut, NdArray pictures, int sample) {
        IntPredicate isHere = place -> IntStream.range(0, 9)
                .allMatch(pixel -> cut.get(sample, pixel / 3, pixel % 3, 0)
                        == pictures.get(sample, place / 2 + pixel / 3, place % 2 + pixel % 3, 0));
        return IntStream.range(0, 6).filter(isHere).findFirst().orElseThrow();
    }

    @Test
    void addsToEachPictureANumberOfItsOwnAndCutsTheRange() {
        NdArray pictures = pictures(200, 2, 2, 3);
        NdArray output = train(new RandomBrightness("", new Interval(-0.25, 0.2), new Interval(-8, 8)), pictures, 3);

        double sum = 0;
        for (int sample = 0; sample < 200; sample++) {
            // The darkest pixel is never cut.
            float more = smallest(sample(output, sample)) - smallest(sample(pictures, sample));
            for (int index = 0; index < 12; index++) {
                double expected = Math.max(-8, Math.min(8, sample(pictures, sample)[index] + more));
                assertThat((double) sample(output, sample)[index]).isCloseTo(expected, within(1e-5));
            }
            sum += more;
        }
        assertThat(sum / 200).isCloseTo(-0.025 * 16, within(0.6));
    }

    @Test
    void stretchesEachPicturesDistancesFromTheMeanByAFactorOfItsOwn() {
        NdArray pictures = pictures(200, 3, 2, 2);
        NdArray output = train(new RandomContrast("", new Interval(-0.5, 0.25), new Interval(-100, 100)), pictures, 4);

        double sum = 0;
        for (int sample = 0; sample < 200; sample++) {
            float[] before = sample(pictures, sample);
            float[] after = sample(output, sample);
            double factor = (after[2] - after[0]) / (before[2] - before[0]);
            assertThat(factor).isBetween(0.4999, 1.2501);
            for (int channel = 0; channel < 2; channel++) {
                double mean = 0;
                for (int pixel = 0; pixel < 6; pixel++) {
                    mean += before[2 * pixel + channel] / 6;
                }
                for (int index = channel; index < 12; index += 2) {
                    assertThat((double) after[index]).isCloseTo((before[index] - mean) * factor + mean, within(2e-5));
                }
            }
            sum += factor;
        }
        assertThat(sum / 200).isCloseTo(0.875, within(0.05));
    }

    @Test
    void dropsWholeChannelsAndScalesTheOthers() {
        NdArray output = train(new SpatialDropout2D(0.25), ones(100, 3, 3, 8), 5);

        int dropped = 0;
        for (int sample = 0; sample < 100; sample++) {
            for (int channel = 0; channel < 8; channel++) {
                float first = output.get(sample, 0, 0, channel);
                assertThat(first).isIn(0f, 1 / 0.75f);
                assertThat(output.get(sample, 2, 1, channel)).isEqualTo(first);
                dropped += first == 0 ? 1 : 0;
            }
        }
        assertThat(dropped / 800.0).isCloseTo(0.25, within(0.05));
    }

    @Test
    void addsAndMultipliesNoiseOfTheGivenStandardDeviation() {
        float[] added = train(new GaussianNoise(2), ones(1, 100, 100, 1), 6).values();
        float[] multiplied =
                train(new GaussianDropout(0.2), ones(1, 100, 100, 1), 7).values();

        assertThat(mean(added)).isCloseTo(1, within(0.1));
        assertThat(standardDeviation(added)).isCloseTo(2, within(0.1));
        assertThat(mean(multiplied)).isCloseTo(1, within(0.03));
        assertThat(standardDeviation(multiplied)).isCloseTo(Math.sqrt(0.2 / 0.8), within(0.03));
    }

    private static Stream<Layer> all() {
        return Stream.of(
                new Dropout(0.5),
                new SpatialDropout2D(0.5),
                new GaussianDropout(0.5),
                new GaussianNoise(1),
                new RandomBrightness(0.5),
                new RandomContrast(0.5),
                new RandomCrop(3, 2),
                new RandomFlip(RandomFlip.Mode.HORIZONTAL),
                new RandomRotation(0.5),
                new RandomTranslation(0.5, 0.5),
                new RandomZoom(0.5));
    }

    @ParameterizedTest
    @MethodSource("all")
    void drawsTheSameWithTheSameSeedAlone(Layer layer) {
        NdArray pictures = pictures(8, 6, 5, 3);

        assertThat(train(layer, pictures, 1)).isEqualTo(train(layer, pictures, 1));
        assertThat(train(layer, pictures, 1)).isNotEqualTo(train(layer, pictures, 2));
    }

    @ParameterizedTest
    @MethodSource("all")
    void givesNumbersOfThePrecisionOfKernels(Layer layer) {
        NdArray pictures = pictures(2, 6, 5, 3);
        NdArray exact = run(layer, pictures, 1, Statistics.MOVING, Precision.FP32);
        NdArray rounded = run(layer, pictures, 1, Statistics.MOVING, Precision.BF16);

        assertThat(run(layer, pictures, 1, Statistics.BATCH_AND_UPDATE, Precision.BF16)
                        .shape())
                .isEqualTo(exact.shape());
        for (int index = 0; index < exact.values().length; index++) {
            assertThat(rounded.values()[index]).isCloseTo(exact.values()[index], within(0.05f));
        }
    }

    private static NdArray train(Layer layer, NdArray pictures, long seed) {
        return run(layer, pictures, seed, Statistics.BATCH_AND_UPDATE, Precision.FP32);
    }

    private static NdArray run(Layer layer, NdArray pictures, long seed, Statistics statistics, Precision precision) {
        Shape shape = new Shape(pictures.shape().dimensions().subList(1, 4));
        SymbolicTensor input = SymbolicTensor.input(shape);
        Network network = Network.of("test", input, layer.apply(input));
        try (PointerScope scope = new PointerScope();
                org.bytedeco.pytorch.Device device = NativeLibrary.open(Device.CPU);
                NativeWeights weights = new NativeWeights(network, Weights.initialize(network), device)) {
            torch.manual_seed(seed);
            ForwardPass pass = ForwardPass.ofLayers(network, weights, new GraphUses(network), statistics, precision);
            return Tensors.downloadOutputs(
                    pass.output(Tensors.uploadPictures(pictures, device)), network.outputShape());
        }
    }

    /** Numbers from 0 to about 7, no two of a picture alike. */
    private static NdArray pictures(int batch, int height, int width, int channels) {
        Shape shape = Shape.of(batch, height, width, channels);
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int index = 0; index < values.length; index++) {
            values[index] = index * 37 % 1009 / 140f;
        }
        return new NdArray(shape, values);
    }

    private static NdArray ones(int... sizes) {
        Shape shape = Shape.of(sizes);
        float[] values = new float[Math.toIntExact(shape.elements())];
        Arrays.fill(values, 1);
        return new NdArray(shape, values);
    }

    private static float[] sample(NdArray batch, int sample) {
        int length = batch.values().length / batch.shape().dimension(0);
        return Arrays.copyOfRange(batch.values(), sample * length, (sample + 1) * length);
    }

    private static float smallest(float[] values) {
        float smallest = values[0];
        for (float value : values) {
            smallest = Math.min(smallest, value);
        }
        return smallest;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double standardDeviation(float[] values) {
        double mean = mean(values);
        double sum = 0;
        for (float value : values) {
            sum += (value - mean) * (value - mean);
        }
        return Math.sqrt(sum / values.length);
    }
}
