package dev.resnet4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.resnet4j.formats.OutputFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Records in files, as indented JSON. */
final class JsonFile {
    /** Far above what a run of ten thousands of classes writes. */
    private static final long LARGEST = 16 << 20;

    private JsonFile() {}

    /** Writes beside and moves into place. @throws dev.resnet4j.formats.FormatException if it cannot be written */
    static void write(Path path, Record content) {
        byte[] json = (RecordJson.indented(content) + "\n").getBytes(StandardCharsets.UTF_8);
        OutputFile.write(path, beside -> Files.write(beside, json));
    }

    /** @throws CommandException if the file is too large, or does not hold such a record */
    static <T extends Record> T read(Path path, Class<T> type) {
        try {
            if (Files.size(path) > LARGEST) {
                throw new CommandException(path + " is too large to be the settings of a run");
            }
            return RecordJson.MAPPER.readValue(path.toFile(), type);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new CommandException(
                    path + " is damaged: start the run anew with another --out (" + reason(e) + ")", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(Exception problem) {
        return problem instanceof JsonProcessingException inJson ? inJson.getOriginalMessage() : problem.getMessage();
    }
}
