package dev.resnet4j.benchmarks;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Draws the test accuracy over the epochs of several ways to train, each with several seeds, in one picture. */
@Command(
        name = "test-accuracy",
        description = {
            "Draws the test accuracy over the epochs of several ways to train: the mean of the seeds as a thick line,"
                    + " each seed as a thin one. Prints what each came to."
        },
        mixinStandardHelpOptions = true)
final class TestAccuracyPlot implements Callable<Integer> {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 520;
    private static final List<Color> COLORS = List.of(
            new Color(0x1f77b4), new Color(0xd95f02), new Color(0x7f7f7f), new Color(0x2ca02c), new Color(0x9467bd));
    private static final Color GRID = new Color(0xe4e4e4);

    @Parameters(index = "0", paramLabel = "OUT.png", description = "The picture.")
    private Path out;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "NAME=FOLDER",
            description = "What the line is called, and the folder of a 'train --seeds'.")
    private Map<String, Path> runs = new LinkedHashMap<>();

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TestAccuracyPlot()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        XYChart chart = chart();
        int color = 0;
        for (Map.Entry<String, Path> run : runs.entrySet()) {
            List<double[]> seeds = accuracies(run.getValue());
            add(chart, run.getKey(), seeds, COLORS.get(color++ % COLORS.size()));
            print(run.getKey(), seeds);
        }
        Path folder = out.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Files.write(out, BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG));
        return 0;
    }

    /** The test accuracy after each epoch, of each seed. */
    private static List<double[]> accuracies(Path folder) throws IOException {
        List<Path> histories;
        try (Stream<Path> inside = Files.list(folder)) {
            histories = inside.map(run -> run.resolve("history.csv"))
                    .filter(Files::exists)
                    .sorted()
                    .toList();
        }
        List<double[]> seeds = new ArrayList<>();
        for (Path history : histories) {
            List<String> lines = Files.readAllLines(history);
            int column = Arrays.asList(lines.get(0).split(",", -1)).indexOf("val_accuracy");
            seeds.add(lines.stream()
                    .skip(1)
                    .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[column]))
                    .toArray());
        }
        if (seeds.isEmpty() || seeds.stream().anyMatch(seed -> seed.length != seeds.get(0).length)) {
            throw new IOException(folder
                    + " holds no runs, or runs of different lengths: give that of a 'train --seeds'" + " that is done");
        }
        return seeds;
    }

    private static XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle("Epoch")
                .yAxisTitle("Test accuracy")
                .build();
        chart.getStyler()
                .setYAxisMin(0.0)
                .setYAxisMax(1.0)
                .setLegendPosition(LegendPosition.InsideSE)
                .setLegendBorderColor(GRID)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false);
        chart.getStyler()
                .setPlotGridLinesColor(GRID)
                .setPlotGridVerticalLinesVisible(false)
                .setXAxisDecimalPattern("0")
                .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        return chart;
    }

    private static void add(XYChart chart, String name, List<double[]> seeds, Color color) {
        double[] epochs =
                IntStream.rangeClosed(1, seeds.get(0).length).asDoubleStream().toArray();
        Color pale = new Color(color.getRed(), color.getGreen(), color.getBlue(), 90);
        for (int seed = 0; seed < seeds.size(); seed++) {
            line(chart.addSeries(name + " " + seed, epochs, seeds.get(seed)), pale, 1f)
                    .setShowInLegend(false);
        }
        line(chart.addSeries(name, epochs, means(seeds)), color, 3f);
    }

    private static XYSeries line(XYSeries series, Color color, float width) {
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(width));
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }

    private static double[] means(List<double[]> seeds) {
        return IntStream.range(0, seeds.get(0).length)
                .mapToDouble(epoch -> seeds.stream()
                        .mapToDouble(seed -> seed[epoch])
                        .average()
                        .orElseThrow())
                .toArray();
    }

    private static void print(String name, List<double[]> seeds) {
        double[] means = means(seeds);
        System.out.printf(
                Locale.ROOT,
                "%s: after %d epochs mean %.4f of %s%n",
                name,
                means.length,
                means[means.length - 1],
                seeds.stream()
                        .map(seed -> String.format(Locale.ROOT, "%.4f", seed[seed.length - 1]))
                        .toList());
    }
}
