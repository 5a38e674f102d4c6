package dev.resnet4j.benchmarks.race;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The memory of processes that train ResNet-50: resnet4j's over its steps, and the most that it and a bare loop take. */
@Command(
        name = "memory",
        description =
                "Resident memory over training steps of ResNet-50, and the most of it beside a bare libtorch loop.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class MemoryBenchmark implements Callable<Integer> {
    private static final double MEGABYTE = 1e6;

    /** Enough for a peak: what a step takes, the next step takes again. */
    private static final int MOST_STEPS_OF_THE_LOOP = 50;

    @Option(names = "--precision", description = "fp32 or bf16.")
    private NumberFormat precision = NumberFormat.FP32;

    @Option(names = "--batch", description = "Pictures a step.")
    private int batch = 8;

    @Option(names = "--size", description = "Height and width of the pictures.")
    private int size = 32;

    @Option(names = "--steps", description = "Steps of resnet4j; of the bare loop 50 at most.")
    private int steps = 1000;

    @Option(names = "--same-environment", description = "Start resnet4j without what its start script sets.")
    private boolean sameEnvironment;

    @Option(names = "--benchmarks", hidden = true, required = true, description = "This module's folder.")
    private Path benchmarks;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MemoryBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        ObjectNode json = Json.object();
        json.put("task", "memory");
        json.put("precision", precision.toString());
        json.put("batch", batch);
        json.put("size", size);
        ObjectNode resident = json.putObject("resident_megabytes_after_steps");
        ObjectNode peak = json.putObject("peak_megabytes");
        for (String line : turn(Entrant.RESNET4J, steps)) {
            tell(Entrant.RESNET4J, line, resident, peak);
        }
        for (String line : turn(Entrant.LIBTORCH, Math.min(steps, MOST_STEPS_OF_THE_LOOP))) {
            tell(Entrant.LIBTORCH, line, Json.object(), peak);
        }
        System.out.println(Json.line(json));
        return 0;
    }

    private List<String> turn(Entrant entrant, int stepsOfTurn) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(entrant.name()));
        arguments.addAll(new Turn(Task.TRAINING, precision, batch, size, stepsOfTurn, "").toArguments());
        List<String> lines = new ArrayList<>();
        int status = new TurnProcess(benchmarks, sameEnvironment)
                .run(entrant, MemoryTurn.class.getName(), arguments, lines::add);
        if (status != 0) {
            throw new IOException(entrant + "'s process ended with status " + status);
        }
        return lines;
    }

    private static void tell(Entrant entrant, String line, ObjectNode resident, ObjectNode peak) {
        String[] words = line.split(" ", -1);
        double megabytes = Long.parseLong(words[words.length - 1]) / MEGABYTE;
        if (words[0].equals(MemoryTurn.RESIDENT)) {
            System.out.printf(Locale.ROOT, "%-9s step %5s: %6.1f MB resident%n", entrant, words[1], megabytes);
            resident.put(words[1], Json.rounded(megabytes, 1));
        } else if (words[0].equals(MemoryTurn.PEAK)) {
            System.out.printf(Locale.ROOT, "%-9s most:       %6.1f MB resident%n", entrant, megabytes);
            peak.put(entrant.toString(), Json.rounded(megabytes, 1));
        }
    }
}
