package dev.resnet4j.benchmarks.race;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import dev.resnet4j.engine.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long people wait for the first answer: from the start of the process to its end, or to the first training step. */
@Command(
        name = "startup",
        description = "Seconds of './resnet4j predict' of one picture, and to the end of the first training step.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class StartupBenchmark implements Callable<Integer> {
    @Option(names = "--precision", description = "fp32 or bf16, of the training step.")
    private NumberFormat precision = NumberFormat.FP32;

    @Option(names = "--batch", description = "Pictures of the training step.")
    private int batch = 32;

    @Option(names = "--size", description = "Height and width of the pictures.")
    private int size = 64;

    @Option(names = "--rounds", description = "How often each is timed.")
    private int rounds = 7;

    @Option(names = "--benchmarks", hidden = true, required = true, description = "This module's folder.")
    private Path benchmarks;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new StartupBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Double> predictions = new ArrayList<>();
        List<Double> firstSteps = new ArrayList<>();
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path model = folder.path().resolve("model.keras");
            try (Model untrained = Model.of(Resnet4jEntry.network(size))) {
                untrained.save(model);
            }
            Path picture = folder.path().resolve("picture.jpg");
            SyntheticPhoto.write(picture, 1, size, size);
            predict(model, picture); // Builds what is not built, and fills the system's cache of files.
            for (int round = 1; round <= rounds; round++) {
                predictions.add(predict(model, picture));
                firstSteps.add(firstStep());
                System.out.printf(
                        Locale.ROOT,
                        "round %d: predict %.2f s, first training step %.2f s%n",
                        round,
                        predictions.get(round - 1),
                        firstSteps.get(round - 1));
            }
        }
        report(new Figures(predictions), new Figures(firstSteps));
        return 0;
    }

    private double predict(Path model, Path picture) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = new ProcessBuilder(
                        benchmarks.resolveSibling("resnet4j").toString(),
                        "predict",
                        model.toString(),
                        picture.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException("resnet4j predict ended with status " + status);
        }
        return secondsSince(start);
    }

    private double firstStep() throws IOException, InterruptedException {
        Turn turn = new Turn(Task.TRAINING, precision, batch, size, 1, "");
        double[] seconds = new double[1];
        long start = System.nanoTime();
        int status = new TurnProcess(benchmarks, false)
                .run(
                        Entrant.RESNET4J,
                        FirstStep.class.getName(),
                        turn.toArguments(),
                        line -> seconds[0] = secondsSince(start));
        if (status != 0) {
            throw new IOException("the process of the first training step ended with status " + status);
        }
        return seconds[0];
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private void report(Figures predictions, Figures firstSteps) {
        System.out.printf("%n./resnet4j predict, one picture: %s s%n", predictions.text("%.2f"));
        System.out.printf("to the end of the first training step: %s s%n%n", firstSteps.text("%.2f"));
        ObjectNode json = Json.object();
        json.put("task", "startup");
        json.put("precision", precision.toString());
        json.put("batch", batch);
        json.put("size", size);
        json.put("rounds", rounds);
        json.put("predict_seconds", Json.rounded(predictions.median(), 3));
        json.put("first_training_step_seconds", Json.rounded(firstSteps.median(), 3));
        System.out.println(Json.line(json));
    }
}
