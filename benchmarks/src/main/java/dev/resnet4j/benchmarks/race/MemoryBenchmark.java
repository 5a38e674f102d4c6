package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.SyntheticPictures;
import dev.resnet4j.engine.Precision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The process's resident memory while ResNet-50 trains. Reads it from where Linux tells it. */
@Command(
        name = "memory",
        description = "Resident memory over training steps of ResNet-50.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class MemoryBenchmark implements Callable<Integer> {
    private static final long BYTES_A_PAGE = 4096;

    @Option(names = "--precision", description = "fp32 or bf16.")
    private Precision precision = Precision.FP32;

    @Option(names = "--batch", description = "Pictures a step.")
    private int batch = 8;

    @Option(names = "--size", description = "Height and width of the pictures.")
    private int size = 32;

    @Option(names = "--steps", description = "Steps.")
    private int steps = 1000;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MemoryBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        try (Contestant training = new Resnet4jTraining(SyntheticPictures.of(batch, size), precision)) {
            for (int step = 1; step <= steps; step++) {
                training.step();
                if (step == 10 || step % 100 == 0) {
                    System.out.printf(Locale.ROOT, "step %5d: %6.1f MB resident%n", step, residentBytes() / 1e6);
                }
            }
        }
        System.out.printf(Locale.ROOT, "closed:     %6.1f MB resident%n", residentBytes() / 1e6);
        return 0;
    }

    private static long residentBytes() throws IOException {
        try (Scanner numbers = new Scanner(Path.of("/proc/self/statm"), StandardCharsets.US_ASCII)) {
            numbers.nextLong(); // the whole process's size, touched or not
            return numbers.nextLong() * BYTES_A_PAGE;
        }
    }
}
