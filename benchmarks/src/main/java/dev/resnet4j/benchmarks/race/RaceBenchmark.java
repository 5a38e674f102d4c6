package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Races resnet4j and its peers with the tutorial's ResNet-50, each in a process of its own, in turn. Each is given the
 * settings that its own documentation recommends; for resnet4j that is its start script, unless
 * {@code --same-environment} is said.
 */
@Command(
        name = "race",
        description = "Pictures a second with ResNet-50: resnet4j and its peers in turn.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class RaceBenchmark implements Callable<Integer> {
    private static final int TRAINING_STEPS = 8;
    private static final int PREDICTION_STEPS = 24;

    @Parameters(index = "0", description = "training or prediction.")
    private Task task;

    @Option(names = "--precision", description = "fp32, bf16, or int8 in prediction; who has it not is left out.")
    private NumberFormat precision = NumberFormat.FP32;

    @Option(names = "--batch", description = "Pictures a step.")
    private int batch = 32;

    @Option(names = "--size", description = "Height and width of the pictures.")
    private int size = 64;

    @Option(names = "--rounds", description = "How often each contestant has its turn.")
    private int rounds = 7;

    @Option(names = "--steps", description = "Steps timed in a turn; 8 in training and 24 in prediction if not given.")
    private Integer steps;

    @Option(
            names = "--peers",
            split = ",",
            description = "libtorch, djl, tensorflow, onnxruntime (prediction), deeplearning4j (slow; not raced unless"
                    + " named); all but the last if not given.")
    private List<Entrant> peers;

    @Option(names = "--same-environment", description = "Start resnet4j without what its start script sets.")
    private boolean sameEnvironment;

    @Option(names = "--benchmarks", hidden = true, required = true, description = "This module's folder.")
    private Path benchmarks;

    @Spec
    private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new RaceBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (precision == NumberFormat.INT8) {
            System.out.println("beside int8, onnxruntime races in fp32");
        }
        Race race = new Race(entrants(), new TurnProcess(benchmarks, sameEnvironment), System.out);
        Path model = Files.createTempFile("resnet50", ".onnx");
        try {
            Turn turn = new Turn(task, precision, batch, size, stepsOfTurn(), model.toString());
            if (race.entrants().contains(Entrant.ONNXRUNTIME)) {
                OnnxExport.write(model, size);
            }
            RaceResult result = race.run(turn, rounds);
            if (!result.has(Entrant.RESNET4J)) {
                return 1;
            }
            RaceReport report = new RaceReport(turn, result);
            System.out.println();
            System.out.print(report.table());
            System.out.println();
            System.out.println(report.json());
            return 0;
        } finally {
            Files.deleteIfExists(model);
        }
    }

    private int stepsOfTurn() {
        if (steps != null) {
            return steps;
        }
        return switch (task) {
            case TRAINING -> TRAINING_STEPS;
            case PREDICTION -> PREDICTION_STEPS;
        };
    }

    private List<Entrant> entrants() {
        List<Entrant> named = peers == null ? Entrant.usualPeers(task) : peers;
        named.stream().filter(peer -> !peer.isPeer()).findFirst().ifPresent(peer -> {
            throw new ParameterException(
                    spec.commandLine(), peer + " is no peer: it takes part in each race; leave it out of --peers");
        });
        List<Entrant> entrants = new ArrayList<>(List.of(Entrant.RESNET4J));
        named.stream().distinct().forEach(entrants::add);
        entrants.add(Entrant.LIMIT);
        return entrants;
    }
}
