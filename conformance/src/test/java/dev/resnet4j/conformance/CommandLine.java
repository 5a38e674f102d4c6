package dev.resnet4j.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program as processes of their own, with what they print in a file. */
final class CommandLine {
    private static final String MAIN = "dev.resnet4j.cli.Main";

    private CommandLine() {}

    /** The words of a shell command that calls the program. */
    static List<String> words(List<?> arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:-UsePerfData",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                MAIN));
        arguments.forEach(argument -> command.add(argument.toString()));
        return command;
    }

    /** Starts a call. */
    static Process start(Path output, List<String> words) {
        try {
            return new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
