package dev.resnet4j.formats;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A file cannot be read or written as a model. The message is one line for the person who has the file: the file, the
 * place in it (entry, layer, data set), the reason, and what to do.
 */
public class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_MESSAGE = 2_000;

    private final String place;
    private final String reason;
    private final String advice;

    /** Without the file, which {@link #in} adds where it is known. */
    public FormatException(String place, String reason, String advice) {
        this("", place, reason, advice, null);
    }

    /** Without the file, which {@link #in} adds where it is known. */
    public FormatException(String place, String reason, String advice, Throwable cause) {
        this("", place, reason, advice, cause);
    }

    private FormatException(String file, String place, String reason, String advice, Throwable cause) {
        super(oneLine(file + place + ": " + reason + "; " + advice), cause);
        this.place = Objects.requireNonNull(place);
        this.reason = Objects.requireNonNull(reason);
        this.advice = Objects.requireNonNull(advice);
    }

    /** The same, about a file. */
    public FormatException in(Path file) {
        return new FormatException(file + ": ", place, reason, advice, getCause() == null ? this : getCause());
    }

    /** Names in a file are whatever its author wrote: nothing in them may break the line or flood the screen. */
    private static String oneLine(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
    }

    /** Why something failed, from an exception of someone else's code. */
    public static String reasonOf(Throwable problem) {
        if (problem instanceof OutOfMemoryError) {
            return "it takes more memory than there is";
        }
        if (problem instanceof StackOverflowError) {
            return "its structure is nested without end";
        }
        Throwable cause = problem;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
