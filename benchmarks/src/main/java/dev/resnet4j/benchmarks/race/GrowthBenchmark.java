package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** How near resnet4j comes to the limit in small and large batches, and with small and large pictures. */
@Command(
        name = "growth",
        description =
                "Pictures a second with ResNet-50 over the batch and the size of the pictures: resnet4j and the limit"
                        + " in turn.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class GrowthBenchmark implements Callable<Integer> {
    @Parameters(index = "0", description = "training or prediction.")
    private Task task;

    @Option(names = "--precision", description = "fp32 or bf16.")
    private NumberFormat precision = NumberFormat.FP32;

    @Option(names = "--vary", description = "batch, size or both.")
    private Vary vary = Vary.BOTH;

    @Option(names = "--rounds", description = "How often each has its turn in each size.")
    private int rounds = 3;

    @Option(names = "--seconds", description = "What a turn takes, about; two steps at the least.")
    private double seconds = 4;

    @Option(names = "--out", paramLabel = "FILE.png", description = "Draws GFLOP/s too.")
    private Path out;

    @Option(names = "--same-environment", description = "Start resnet4j without what its start script sets.")
    private boolean sameEnvironment;

    @Option(names = "--benchmarks", hidden = true, required = true, description = "This module's folder.")
    private Path benchmarks;

    private enum Vary {
        BATCH,
        SIZE,
        BOTH;

        List<Axis> axes() {
            return switch (this) {
                case BATCH -> List.of(Axis.BATCH);
                case SIZE -> List.of(Axis.SIZE);
                case BOTH -> List.of(Axis.values());
            };
        }
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new GrowthBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Race race = new Race(
                List.of(Entrant.RESNET4J, Entrant.LIMIT), new TurnProcess(benchmarks, sameEnvironment), System.out);
        // The axes cross in one size.
        List<PictureBatch> sizes = vary.axes().stream()
                .flatMap(axis -> axis.places().stream())
                .distinct()
                .toList();
        List<GrowthPoint> points = new Growth(race, task, precision, rounds, seconds).run(sizes);
        if (points.isEmpty()) {
            return 1;
        }
        if (out != null) {
            GrowthPlot.write(out, "ResNet-50, " + task + ", " + precision, vary.axes(), points);
        }
        GrowthReport report = new GrowthReport(task, precision, points);
        System.out.println();
        System.out.print(report.table());
        System.out.println();
        System.out.println(report.json());
        return 0;
    }
}
