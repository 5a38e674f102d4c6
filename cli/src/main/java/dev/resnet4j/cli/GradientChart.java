package dev.resnet4j.cli;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The gradients' norms of a plain and a residual network on logarithmic axes: above side by side over the steps, for some
 * layers from early (dark) to late (bright); below by the layers' depth, at the start and at the end.
 */
final class GradientChart {
    private static final int PANEL_WIDTH = 640;
    private static final int PANEL_HEIGHT = 430;

    /** From dark to bright, told apart by brightness too. */
    private static final List<Color> EARLY_TO_LATE = List.of(
            new Color(0x440154),
            new Color(0x414487),
            new Color(0x2a788e),
            new Color(0x22a884),
            new Color(0x8bc34a),
            new Color(0xf5b700));

    /** How many layers are drawn over the steps. */
    static final int LAYERS = EARLY_TO_LATE.size();

    private final GradientTrace plain;
    private final GradientTrace residual;
    private final double smallest;
    private final double largest;

    private GradientChart(GradientTrace plain, GradientTrace residual) {
        this.plain = plain;
        this.residual = residual;
        this.smallest = powerOfTen(drawn().min(Double::compare).orElseThrow(), Math::floor);
        this.largest = powerOfTen(drawn().max(Double::compare).orElseThrow(), Math::ceil);
    }

    private Stream<Double> drawn() {
        return plain.kernels().stream()
                .flatMap(kernel -> Stream.of(plain, residual).flatMap(trace -> trace.of(kernel.weight()).stream()))
                .map(GradientTrace.Entry::drawnNorm);
    }

    private static double powerOfTen(double number, ToDoubleFunction<Double> rounding) {
        return Math.pow(10, rounding.applyAsDouble(Math.log10(number)));
    }

    /**
     * The picture as a PNG file.
     *
     * @param plain at least one step
     * @param residual at least one step; it has all kernels of the plain network
     * @throws DrawingException if this Java cannot draw
     */
    static byte[] png(GradientTrace plain, GradientTrace residual) {
        return Charts.png(
                2 * PANEL_WIDTH, 2 * PANEL_HEIGHT, graphics -> new GradientChart(plain, residual).draw(graphics));
    }

    private void draw(Graphics2D graphics) {
        overSteps(plain).paint(graphics, PANEL_WIDTH, PANEL_HEIGHT);
        graphics.translate(PANEL_WIDTH, 0);
        overSteps(residual).paint(graphics, PANEL_WIDTH, PANEL_HEIGHT);
        graphics.translate(-PANEL_WIDTH, PANEL_HEIGHT);
        byDepth().paint(graphics, 2 * PANEL_WIDTH, PANEL_HEIGHT);
    }

    private XYChart overSteps(GradientTrace trace) {
        XYChart chart = chart(trace.network().name(), "Step", PANEL_WIDTH);
        List<GradientTrace.Entry> chosen = plain.choice(LAYERS);
        for (int index = 0; index < chosen.size(); index++) {
            List<GradientTrace.Entry> entries = trace.of(chosen.get(index).weight());
            draw(
                    chart.addSeries(
                            "layer " + chosen.get(index).depth(),
                            entries.stream()
                                    .mapToDouble(GradientTrace.Entry::step)
                                    .toArray(),
                            entries.stream()
                                    .mapToDouble(GradientTrace.Entry::drawnNorm)
                                    .toArray()),
                    EARLY_TO_LATE.get(index),
                    new BasicStroke(2f));
        }
        return chart;
    }

    private XYChart byDepth() {
        XYChart chart = chart("By depth", "Layer, from the input to the output", 2 * PANEL_WIDTH);
        addByDepth(chart, plain, Charts.ORANGE);
        addByDepth(chart, residual, Charts.BLUE);
        return chart;
    }

    private void addByDepth(XYChart chart, GradientTrace trace, Color color) {
        List<GradientTrace.Entry> kernels = plain.kernels();
        double[] depths =
                kernels.stream().mapToDouble(GradientTrace.Entry::depth).toArray();
        String name = trace.network().name();
        float[] dashes = {7f, 5f};
        draw(
                chart.addSeries(
                        name + ", step 1",
                        depths,
                        kernels.stream()
                                .mapToDouble(kernel -> trace.atTheStart(kernel.weight()))
                                .toArray()),
                color,
                new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, dashes, 0f));
        draw(
                chart.addSeries(
                        name + ", mean of steps " + trace.firstStepOfEnd() + " to " + trace.steps(),
                        depths,
                        kernels.stream()
                                .mapToDouble(kernel -> trace.atTheEnd(kernel.weight()))
                                .toArray()),
                color,
                new BasicStroke(2.5f));
    }

    private static void draw(XYSeries series, Color color, BasicStroke stroke) {
        series.setLineColor(color);
        series.setLineStyle(stroke);
        series.setMarker(SeriesMarkers.NONE);
    }

    /** All with one scale of norms, so that the networks can be compared. */
    private XYChart chart(String title, String xAxisTitle, int width) {
        XYChart chart = new XYChartBuilder()
                .width(width)
                .height(PANEL_HEIGHT)
                .title(title)
                .xAxisTitle(xAxisTitle)
                .yAxisTitle("L2 norm of the kernel's gradient")
                .build();
        XYStyler styler = chart.getStyler();
        Charts.style(styler);
        styler.setYAxisLogarithmic(true);
        styler.setYAxisMin(smallest);
        styler.setYAxisMax(largest);
        styler.setYAxisDecimalPattern("0E0");
        styler.setXAxisDecimalPattern("0");
        styler.setLegendBorderColor(Color.WHITE);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        return chart;
    }
}
