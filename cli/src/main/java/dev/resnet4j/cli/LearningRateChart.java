package dev.resnet4j.cli;

import dev.resnet4j.engine.finder.LearningRateCurve;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The loss over the learning rates that were tried, on a logarithmic axis, with the suggested rate as an upright line. */
final class LearningRateChart {
    private static final int WIDTH = 800;
    private static final int HEIGHT = 480;

    private final LearningRateCurve curve;
    private final List<Double> smoothed;
    private final double top;

    private LearningRateChart(LearningRateCurve curve) {
        this.curve = curve;
        this.smoothed = curve.smoothedLosses();
        // What is far above belongs to rates that are out of the question.
        this.top = Math.min(
                1.05
                        * curve.steps().stream()
                                .mapToDouble(LearningRateCurve.Step::loss)
                                .max()
                                .orElseThrow(),
                2 * smoothed.get(0));
    }

    /**
     * The picture as a PNG file.
     *
     * @param title of the picture
     * @throws DrawingException if this Java cannot draw
     */
    static byte[] png(String title, LearningRateCurve curve) {
        XYChart chart = new LearningRateChart(curve).chart(title);
        return Charts.png(WIDTH, HEIGHT, graphics -> chart.paint(graphics, WIDTH, HEIGHT));
    }

    private XYChart chart(String title) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("Learning rate")
                .yAxisTitle("Loss")
                .build();
        Charts.style(chart.getStyler());
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setXAxisDecimalPattern("0E0")
                .setYAxisMin(0.0)
                .setYAxisMax(top);
        chart.getStyler().setLegendPosition(LegendPosition.InsideSW);

        double[] rates = curve.steps().stream()
                .mapToDouble(LearningRateCurve.Step::learningRate)
                .toArray();
        double[] losses = curve.steps().stream()
                .mapToDouble(LearningRateCurve.Step::loss)
                .map(this::drawn)
                .toArray();
        draw(chart.addSeries("each step", rates, losses), Charts.GREY, 1f);
        double[] means = smoothed.stream()
                .mapToDouble(Double::doubleValue)
                .map(this::drawn)
                .toArray();
        draw(chart.addSeries("smoothed", rates, means), Charts.BLUE, 2.5f);
        curve.suggestion()
                .ifPresent(rate -> draw(
                        chart.addSeries(
                                "suggested: " + RateText.rounded(rate), new double[] {rate, rate}, new double[] {0, top
                                }),
                        Charts.ORANGE,
                        2f));
        return chart;
    }

    /** A gap where it is out of the picture. */
    private double drawn(double loss) {
        return loss > top ? Double.NaN : loss;
    }

    private static void draw(XYSeries series, Color color, float width) {
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(width));
        series.setMarker(SeriesMarkers.NONE);
    }
}
