package dev.resnet4j.cli;

import java.io.PrintWriter;

/**
 * Where a command's words go: results to standard output, notes to standard error.
 *
 * @param out for results
 * @param err for notes
 * @param terminal what {@code out} ends in
 * @param json whether results are wanted as JSON, too
 */
record Console(PrintWriter out, PrintWriter err, Terminal terminal, boolean json) {
    /** The command as the person typed it, for lines to copy; the start script sets it. */
    private static final String COMMAND = System.getProperty("resnet4j.command", "resnet4j");

    /** A line of the results. */
    void print(String line) {
        out.println(line);
    }

    /** A line beside the results: what the person should know. */
    void note(String line) {
        err.println("resnet4j: " + line);
    }

    /** A call of this program to copy, in a shell's words. */
    static String commandLine(String... arguments) {
        StringBuilder line = new StringBuilder(ShellWord.quote(COMMAND));
        for (String argument : arguments) {
            line.append(' ').append(ShellWord.quote(argument));
        }
        return line.toString();
    }

    /** The last line of a command: its results as one JSON object, where the person asked for it. */
    void printResult(Record result) {
        if (json) {
            out.println(RecordJson.text(result));
        }
    }
}
