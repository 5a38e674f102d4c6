package dev.resnet4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlotOptionsTest {
    @Test
    void startsFromKerasDefaults() {
        assertThat(new PlotOptions())
                .isEqualTo(new PlotOptions(false, false, true, false, false, Direction.TOP_TO_BOTTOM, 96));
    }

    @Test
    void changesOneOptionAtATime() {
        assertThat(new PlotOptions()
                        .withShapes(true)
                        .withDataTypes(true)
                        .withLayerNames(false)
                        .withLayerActivations(true)
                        .withExpandNested(true)
                        .withDirection(Direction.LEFT_TO_RIGHT)
                        .withDpi(200))
                .isEqualTo(new PlotOptions(true, true, false, true, true, Direction.LEFT_TO_RIGHT, 200));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 23, 1201})
    void refusesAResolutionOutOfRange(int dpi) {
        PlotOptions options = new PlotOptions();

        assertThatThrownBy(() -> options.withDpi(dpi))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a picture has from 24 to 1200 pixels per inch, got " + dpi);
    }
}
