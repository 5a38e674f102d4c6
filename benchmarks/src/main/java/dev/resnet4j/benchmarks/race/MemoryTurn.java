package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.Contestant;
import dev.resnet4j.benchmarks.contest.Entry;
import dev.resnet4j.benchmarks.contest.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A process that trains and tells of its own memory, which it reads from where Linux tells it. */
final class MemoryTurn {
    /** Begins the lines "resident STEP BYTES". */
    static final String RESIDENT = "resident";

    /** Begins the line "peak BYTES". */
    static final String PEAK = "peak";

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long BYTES_A_KILOBYTE = 1024;
    private static final int FIRST_TOLD = 10;
    private static final int TOLD_EVERY = 100;

    private MemoryTurn() {}

    /** Takes the entrant's name and the words of a {@link Turn}. */
    public static void main(String[] arguments) throws IOException {
        Turn turn = Turn.parse(Arrays.copyOfRange(arguments, 1, arguments.length));
        try (Contestant contestant = entry(Entrant.valueOf(arguments[0])).enter(turn)) {
            for (int step = 1; step <= turn.steps(); step++) {
                contestant.step();
                if (step == FIRST_TOLD || step % TOLD_EVERY == 0) {
                    System.out.println(RESIDENT + " " + step + " " + bytes("VmRSS:"));
                }
            }
        }
        System.out.println(PEAK + " " + bytes("VmHWM:"));
    }

    private static Entry entry(Entrant entrant) {
        return entrant == Entrant.RESNET4J ? Resnet4jEntry::enter : LibtorchEntry::enter;
    }

    /** A line of the process's status such as {@code VmHWM:     123 kB}. */
    private static long bytes(String name) throws IOException {
        List<String> lines = Files.readAllLines(STATUS);
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(kilobytes -> Long.parseLong(kilobytes) * BYTES_A_KILOBYTE)
                .findFirst()
                .orElseThrow(() -> new IOException(STATUS + " has no line " + name));
    }
}
