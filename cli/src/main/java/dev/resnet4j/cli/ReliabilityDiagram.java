package dev.resnet4j.cli;

import dev.resnet4j.engine.metrics.Calibration;
import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How often a classifier is right at each confidence: the reliability diagram of Guo et al., 2017. */
final class ReliabilityDiagram {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 440;

    private ReliabilityDiagram() {}

    /**
     * The picture as a PNG file.
     *
     * @throws DrawingException if this Java cannot draw
     */
    static byte[] png(Calibration calibration) {
        return Charts.png(WIDTH, HEIGHT, graphics -> chart(calibration).paint(graphics, WIDTH, HEIGHT));
    }

    private static CategoryChart chart(Calibration calibration) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title("Reliability")
                .xAxisTitle("Confidence up to")
                .yAxisTitle("Accuracy")
                .build();
        CategoryStyler styler = chart.getStyler();
        Charts.style(styler);
        styler.setYAxisMin(0.0).setYAxisMax(1.0).setLegendPosition(LegendPosition.InsideNW);
        styler.setAvailableSpaceFill(0.95);
        styler.setOverlapped(true); // Bars as wide as their bins, with the points in their middle.

        List<Calibration.Bin> bins = calibration.bins();
        addSeries(chart, "right", bins, Calibration.Bin::accuracy, CategorySeriesRenderStyle.Bar)
                .setFillColor(Charts.BLUE);
        CategorySeries claimed =
                addSeries(chart, "claimed", bins, ReliabilityDiagram::claimed, CategorySeriesRenderStyle.Scatter);
        claimed.setMarker(SeriesMarkers.DIAMOND).setMarkerColor(Charts.ORANGE);
        CategorySeries perfect = addSeries(
                chart, "perfect", bins, bin -> (bin.lower() + bin.upper()) / 2, CategorySeriesRenderStyle.Line);
        perfect.setMarker(SeriesMarkers.NONE).setLineColor(Charts.GREY).setLineStyle(new BasicStroke(1.5f));
        return chart;
    }

    /** Their mean confidence; nothing where there are no answers. */
    private static Double claimed(Calibration.Bin bin) {
        return bin.count() == 0 ? null : bin.confidence();
    }

    private static CategorySeries addSeries(
            CategoryChart chart,
            String name,
            List<Calibration.Bin> bins,
            Function<Calibration.Bin, Double> value,
            CategorySeriesRenderStyle style) {
        List<String> ends = bins.stream()
                .map(bin -> String.format(Locale.ROOT, "%.0f%%", 100 * bin.upper()))
                .toList();
        List<Double> values = new ArrayList<>();
        bins.forEach(bin -> values.add(value.apply(bin)));
        CategorySeries series = chart.addSeries(name, ends, values);
        series.setChartCategorySeriesRenderStyle(style);
        return series;
    }
}
