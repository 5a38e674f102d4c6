package dev.resnet4j.cli;

import dev.resnet4j.data.DataException;
import dev.resnet4j.engine.EngineException;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.plot.PlotException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person is told where a command fails: one line. */
final class Failures {
    private Failures() {}

    /** Runs the command that was parsed; errors of the Java machine become failures of the command. */
    static int reportingErrors(ParseResult result) {
        try {
            return new RunLast().execute(result);
        } catch (OutOfMemoryError | StackOverflowError | LinkageError error) {
            throw new ExecutionException(result.commandSpec().commandLine(), oneLine(error.toString()), error);
        }
    }

    /** Says why a command failed. @return the exit status 1 */
    static int report(Exception failure, PrintWriter err, boolean verbose) {
        if (verbose) {
            failure.printStackTrace(err);
        }
        err.println("resnet4j: " + oneLine(describe(failure)));
        return ExitCode.SOFTWARE;
    }

    /** Says what is wrong with a call. @return the exit status 2 */
    static int reportWrongCall(ParameterException wrong, PrintWriter err, boolean verbose) {
        if (verbose) {
            wrong.printStackTrace(err);
        }
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        String message = wrong instanceof UnmatchedArgumentException unmatched
                ? describeUnmatched(unmatched)
                : oneLine(wrong.getMessage());
        err.println("resnet4j: " + message + " (see '" + command + " --help')");
        return ExitCode.USAGE;
    }

    private static String describeUnmatched(UnmatchedArgumentException unmatched) {
        String first = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
        boolean atCommand = unmatched.getCommandLine().getParent() == null;
        String kind = first.startsWith("-") ? "option" : atCommand ? "command" : "place for";
        String suggestions = String.join(" or ", unmatched.getSuggestions());
        return "there is no " + kind + " '" + first + "'"
                + (suggestions.isEmpty() ? "" : "; did you mean " + suggestions + "?");
    }

    /** What went wrong, in words for a person. */
    static String describe(Exception failure) {
        if (failure instanceof CommandException
                || failure instanceof DataException
                || failure instanceof EngineException
                || failure instanceof FormatException
                || failure instanceof InvalidNetworkException
                || failure instanceof PlotException) {
            return failure.getMessage();
        }
        if (failure instanceof UncheckedIOException unchecked) {
            return describeFileProblem(unchecked.getCause());
        }
        if (failure instanceof IOException fileProblem) {
            return describeFileProblem(fileProblem);
        }
        if (failure.getCause() instanceof OutOfMemoryError) {
            return "there is not enough memory: use smaller batches or fewer pictures, or give Java more, such as"
                    + " RESNET4J_OPTS=-Xmx8g (" + failure.getMessage() + ")";
        }
        return "this should not happen, please report it with what --verbose prints: " + failure;
    }

    private static String describeFileProblem(IOException problem) {
        if (problem instanceof NoSuchFileException missing) {
            return "there is no file " + missing.getFile() + ": check the path";
        }
        if (problem instanceof AccessDeniedException denied) {
            return denied.getFile() + " may not be read or written: check its permissions";
        }
        if (problem instanceof FileSystemException ofFile && ofFile.getReason() != null) {
            return ofFile.getFile() + ": " + ofFile.getReason();
        }
        return "a file cannot be read or written: " + problem.getMessage();
    }

    private static String oneLine(String text) {
        return String.join(" ", text.strip().lines().map(String::strip).toList());
    }
}
