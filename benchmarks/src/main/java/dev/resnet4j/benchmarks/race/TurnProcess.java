package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.LeftOutException;
import dev.resnet4j.benchmarks.contest.Stopwatch;
import dev.resnet4j.benchmarks.contest.Turn;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
        String[] last = {""};
        int status = run(entrant, entrant.mainClass(), turn.toArguments(), line -> last[0] = line);
        return picturesPerSecond(last[0], status);
    }

    private static double picturesPerSecond(String last, int status) {
        if (last.startsWith(Stopwatch.LEFT_OUT)) {
            throw new LeftOutException(last.substring(Stopwatch.LEFT_OUT.length()));
        }
        if (status != 0 || !last.startsWith(Stopwatch.RESULT)) {
            throw new LeftOutException("its process ended with status " + status + " and no result");
        }
        return Double.parseDouble(last.substring(Stopwatch.RESULT.length()));
    }

    /**
     * Runs a main class on an entrant's class path and in its environment, with the same options of the Java machine as
     * this process.
     *
     * @param out is told each line of standard output as it comes
     * @return the exit status
     */
    int run(Entrant entrant, String mainClass, List<String> arguments, Consumer<String> out)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ProcessHandle.current().info().command().orElse("java")));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", entrant.classPath(benchmarks), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        if (!sameEnvironment || !entrant.environment().equals(StartScript.ENVIRONMENT)) {
            builder.environment().putAll(entrant.environment());
        }
        Path errors = Files.createTempFile("errors", ".txt");
        try {
            int status = wait(builder.redirectError(errors.toFile()).start(), out);
            if (status != 0) {
                // Some libraries remark on much that is no error: what they say counts where they fail.
                System.err.print(Files.readString(errors));
            }
            return status;
        } finally {
            Files.delete(errors);
        }
    }

    private static int wait(Process process, Consumer<String> out) throws IOException, InterruptedException {
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                out.accept(line);
            }
        }
        return process.waitFor();
    }
}
