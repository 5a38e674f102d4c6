package dev.resnet4j.cli;

import dev.resnet4j.model.training.History;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Loss and accuracy over the epochs, of the training and the test pictures, as two charts side by side. */
final class Curves {
    private static final int CHART_WIDTH = 640;
    private static final int CHART_HEIGHT = 440;

    private final List<History.Epoch> epochs;

    private Curves(History history) {
        this.epochs = history.epochs();
    }

    /**
     * The picture as a PNG file.
     *
     * @param history at least one epoch
     * @throws DrawingException if this Java cannot draw
     */
    static byte[] png(History history) {
        Curves curves = new Curves(history);
        return Charts.png(2 * CHART_WIDTH, CHART_HEIGHT, curves::draw);
    }

    private void draw(Graphics2D graphics) {
        XYChart loss = chart("Loss", History.Scores::loss);
        XYChart accuracy = chart("Accuracy", History.Scores::accuracy);
        loss.getStyler().setYAxisMin(0.0).setLegendPosition(LegendPosition.InsideNE);
        accuracy.getStyler().setYAxisMin(0.0).setYAxisMax(1.0).setLegendPosition(LegendPosition.InsideSE);

        loss.paint(graphics, CHART_WIDTH, CHART_HEIGHT);
        graphics.translate(CHART_WIDTH, 0);
        accuracy.paint(graphics, CHART_WIDTH, CHART_HEIGHT);
    }

    private XYChart chart(String title, ToDoubleFunction<History.Scores> score) {
        XYChart chart = new XYChartBuilder()
                .width(CHART_WIDTH)
                .height(CHART_HEIGHT)
                .title(title)
                .xAxisTitle("Epoch")
                .build();
        Charts.style(chart.getStyler());
        chart.getStyler().setXAxisDecimalPattern("0");
        addSeries(chart, "training", Charts.BLUE, epoch -> Optional.of(epoch.training()), score);
        addSeries(chart, "test", Charts.ORANGE, History.Epoch::validation, score);
        return chart;
    }

    private void addSeries(
            XYChart chart, String name, Color color, ScoresOf scoresOf, ToDoubleFunction<History.Scores> score) {
        List<History.Epoch> judged = epochs.stream()
                .filter(epoch -> scoresOf.epoch(epoch).isPresent())
                .toList();
        if (judged.isEmpty()) {
            return;
        }
        double[] numbers = judged.stream().mapToDouble(History.Epoch::number).toArray();
        double[] values = judged.stream()
                .mapToDouble(epoch -> score.applyAsDouble(scoresOf.epoch(epoch).orElseThrow()))
                .toArray();
        XYSeries series = chart.addSeries(name, numbers, values);
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(2f));
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setMarkerColor(color);
    }

    /** Which scores of an epoch are drawn. */
    private interface ScoresOf {
        Optional<History.Scores> epoch(History.Epoch epoch);
    }
}
