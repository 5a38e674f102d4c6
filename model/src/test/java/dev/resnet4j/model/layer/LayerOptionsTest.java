package dev.resnet4j.model.layer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Options out of range, which no input could make good. */
class LayerOptionsTest {
    static Stream<Arguments> refused() {
        return Stream.of(
                refused("a LeakyReLU's slope must be at least 0, got -0.1", () -> new LeakyReLU("", -0.1)),
                refused("negative_slope -1.0", () -> new ReLU("", 6, -1, 0)),
                refused("max_value -6.0", () -> new ReLU("", -6, 0, 0)),
                refused("threshold NaN", () -> new ReLU("", 6, 0, Double.NaN)),
                refused("dropout rate must be at least 0 and below 1, got 1.0", () -> new GaussianDropout(1)),
                refused("dropout rate must be at least 0 and below 1, got -0.5", () -> new SpatialDropout2D(-0.5)),
                refused("standard deviation must be at least 0 and finite, got -1.0", () -> new GaussianNoise(-1)),
                refused("got Infinity", () -> new GaussianNoise(Double.POSITIVE_INFINITY)),
                refused("0x0", () -> new UpSampling2D(0)),
                refused("left -2", () -> new Cropping2D("", 0, 0, -2, 0)),
                refused("a crop's height must be at least 1, got 0", () -> new CenterCrop(0, 4)),
                refused("a crop's width must be at least 1, got -4", () -> new RandomCrop(4, -4)),
                refused("a new width must be at least 1, got 0", () -> new Resizing(4, 0)),
                refused("got [2, -1, -1]", () -> new Reshape("", List.of(2, -1, -1))),
                refused("got [0]", () -> new Reshape("", List.of(0))),
                refused("at least one size", () -> new Reshape("", List.of())),
                refused("each number from 1 once, got [1, 1]", () -> new Permute(1, 1)),
                refused("got [0, 1]", () -> new Permute(0, 1)),
                refused("got 1.0 to 0.5", () -> new Interval(1, 0.5)),
                refused("NaN", () -> new Interval(Double.NaN, 1)),
                refused("Infinity", () -> Interval.around(Double.POSITIVE_INFINITY)),
                refused("brightness's factor must lie between -1 and 1", () -> new RandomBrightness(1.5)),
                refused("translation's factors must lie between -1 and 1", () -> new RandomTranslation(0.5, 2)),
                refused("zoom's factors must be above -1", () -> new RandomZoom(1)),
                refused(
                        "zoom's factors must be above -1",
                        () -> new RandomZoom(
                                "", Interval.around(0.5), Optional.of(new Interval(-2, 0)), Fill.DEFAULT)));
    }

    private static Arguments refused(String message, Supplier<?> maker) {
        return Arguments.of(message, maker);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void areRefusedAtOnce(String message, Supplier<?> maker) {
        assertThatThrownBy(maker::get)
                .isInstanceOf(InvalidNetworkException.class)
                .hasMessageContaining(message);
    }
}
