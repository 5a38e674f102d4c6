package dev.resnet4j.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What standard output ends in. Java's own {@code System.console()} does not tell: it looks at standard input as well,
 * and from Java 22 on is there in any case. So the system's own {@code test} and {@code stty} are asked, but not before
 * someone wants to know: it takes the time of a process.
 *
 * @param watched asks whether a person watches
 * @param columnCount characters in a line
 */
record Terminal(BooleanSupplier watched, ColumnCount columnCount) {
    /** A file or a pipe. */
    static final Terminal NONE = new Terminal(() -> false, () -> Terminal.USUAL_COLUMNS);

    private static final int USUAL_COLUMNS = 80;
    private static final File CONTROLLING_TERMINAL = new File("/dev/tty");

    /** What this process's standard output ends in. */
    static Terminal ofStandardOutput() {
        return new Terminal(Terminal::isTerminal, Terminal::askForColumns);
    }

    /** Whether a person watches: a line can be written over. */
    boolean interactive() {
        return watched.getAsBoolean();
    }

    /** The width now; windows change. */
    int columns() {
        return columnCount.get();
    }

    private static boolean isTerminal() {
        try {
            Process test = new ProcessBuilder("test", "-t", "1")
                    .redirectOutput(Redirect.INHERIT)
                    .start();
            return test.waitFor(1, TimeUnit.SECONDS) && test.exitValue() == 0;
        } catch (IOException e) {
            return false; // A system without these tools gets plain lines.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int askForColumns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(CONTROLLING_TERMINAL)
                    .redirectError(Redirect.DISCARD)
                    .start();
            String[] rowsAndColumns = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .split(" ", -1);
            int columns = rowsAndColumns.length == 2 ? Integer.parseInt(rowsAndColumns[1]) : 0;
            return columns > 0 ? columns : USUAL_COLUMNS;
        } catch (IOException | NumberFormatException e) {
            return USUAL_COLUMNS;
        }
    }

    /** Asks for the number of characters in a line. */
    interface ColumnCount {
        int get();
    }
}
