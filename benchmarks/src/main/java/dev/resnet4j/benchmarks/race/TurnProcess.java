package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.LeftOutException;
import dev.resnet4j.benchmarks.contest.Stopwatch;
import dev.resnet4j.benchmarks.contest.Turn;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An entrant's turn in a process of its own.
 *
 * @param benchmarks the folder of this module
 * @param sameEnvironment whether resnet4j goes without what its start script sets
 */
record TurnProcess(Path benchmarks, boolean sameEnvironment) {
    /**
     * Lets an entrant do its turn.
     *
     * @return pictures a second
     * @throws LeftOutException if it cannot do the turn, or its process came to no result
     */
    double picturesPerSecond(Entrant entrant, Turn turn) throws IOException, InterruptedException {
        String last = "";
        Process process = start(entrant, turn.toArguments());
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                last = line;
            }
        }
        int status = process.waitFor();
        if (last.startsWith(Stopwatch.LEFT_OUT)) {
            throw new LeftOutException(last.substring(Stopwatch.LEFT_OUT.length()));
        }
        if (status != 0 || !last.startsWith(Stopwatch.RESULT)) {
            throw new LeftOutException("its process ended with status " + status + " and no result");
        }
        return Double.parseDouble(last.substring(Stopwatch.RESULT.length()));
    }

    /** Starts an entrant's main class with the same options of the Java machine as this process. */
    private Process start(Entrant entrant, List<String> arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", entrant.classPath(benchmarks), entrant.mainClass()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        if (!sameEnvironment || !entrant.environment().equals(StartScript.ENVIRONMENT)) {
            builder.environment().putAll(entrant.environment());
        }
        return builder.start();
    }
}
