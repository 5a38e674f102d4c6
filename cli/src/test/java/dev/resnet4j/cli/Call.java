package dev.resnet4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One call of the command line, done in this process.
 *
 * @param exitStatus of the call
 * @param out what it printed as results
 * @param err what it printed as failures and notes
 */
record Call(int exitStatus, String out, String err) {
    /** Calls without a terminal; anything may be given as an argument. */
    static Call of(Object... arguments) {
        return in(Terminal.NONE, arguments);
    }

    /** Calls in a terminal. */
    static Call in(Terminal terminal, Object... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] words = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int exitStatus = ResNet4jCommand.run(terminal, new PrintWriter(out), new PrintWriter(err), words);
        return new Call(exitStatus, out.toString(), err.toString());
    }

    /** The same call with more arguments behind it. */
    static Call of(List<?> arguments, Object... more) {
        return of(Stream.concat(arguments.stream(), Stream.of(more)).toArray());
    }

    /** The last line of the results. */
    JsonNode json() throws JsonProcessingException {
        List<String> lines = out.lines().toList();
        return RecordJson.MAPPER.readTree(lines.get(lines.size() - 1));
    }
}
