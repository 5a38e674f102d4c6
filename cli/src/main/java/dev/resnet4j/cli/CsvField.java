package dev.resnet4j.cli;

/** A text as a field of a CSV file (RFC 4180). */
final class CsvField {
    private CsvField() {}

    /** The text itself, in quotes where a comma, a quote or a line's end is in it. */
    static String of(String text) {
        boolean plain = text.chars().noneMatch(each -> each == ',' || each == '"' || each == '\n' || each == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
