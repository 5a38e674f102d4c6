package dev.resnet4j.benchmarks.race;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws how fast the operations of resnet4j and of the limit run, one panel for each axis. */
final class GrowthPlot {
    private static final int WIDTH = 620;
    private static final int HEIGHT = 440;
    private static final Color GRID = new Color(0xe4e4e4);
    private static final Color RESNET4J = new Color(0x1f77b4);
    private static final Color LIMIT = new Color(0x7f7f7f);

    private GrowthPlot() {}

    /**
     * Writes a PNG.
     *
     * @param axes those with points, from left to right
     */
    static void write(Path out, String title, List<Axis> axes, List<GrowthPoint> points) throws IOException {
        List<CategoryChart> panels =
                axes.stream().map(axis -> panel(title, axis, points)).toList();
        Files.createDirectories(out.toAbsolutePath().getParent());
        try (OutputStream file = Files.newOutputStream(out)) {
            BitmapEncoder.saveBitmap(panels, 1, panels.size(), file, BitmapEncoder.BitmapFormat.PNG);
        }
    }

    private static CategoryChart panel(String title, Axis axis, List<GrowthPoint> points) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(axis.title())
                .yAxisTitle("GFLOP/s of the convolutions")
                .build();
        chart.getStyler()
                .setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line)
                // Both lines' points over the same places.
                .setOverlapped(true)
                .setYAxisMin(0.0)
                .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
                .setPlotGridLinesColor(GRID)
                .setPlotGridVerticalLinesVisible(false)
                .setPlotBorderVisible(false)
                // Outside, where no line runs.
                .setLegendPosition(LegendPosition.OutsideS)
                .setLegendLayout(LegendLayout.Horizontal)
                .setLegendBorderColor(GRID)
                .setChartBackgroundColor(Color.WHITE);
        List<GrowthPoint> onAxis = points.stream()
                .filter(point -> axis.places().contains(point.place()))
                .sorted(Comparator.comparingInt(point -> axis.coordinate(point.place())))
                .toList();
        line(chart, axis, onAxis, Entrant.LIMIT, LIMIT);
        line(chart, axis, onAxis, Entrant.RESNET4J, RESNET4J);
        return chart;
    }

    private static void line(CategoryChart chart, Axis axis, List<GrowthPoint> points, Entrant entrant, Color color) {
        List<Integer> places =
                points.stream().map(point -> axis.coordinate(point.place())).toList();
        List<Double> speeds =
                points.stream().map(point -> point.gigaflops(entrant)).toList();
        CategorySeries series = chart.addSeries(entrant.toString(), places, speeds);
        series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(color);
        series.setLineColor(color).setLineStyle(new BasicStroke(2));
    }
}
