package dev.resnet4j.formats;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the names of a network's classes from a file, told from its content: Keras's {@code imagenet_class_index.json},
 * <code>{"0": ["n01440764", "tench"], ...}</code>, of which the second word of each pair is the name, or text with one
 * name a line, in the order of the network's outputs.
 */
public final class ClassNames {
    /** A hundred thousand names stay far below it. */
    private static final int LARGEST_FILE = 8 << 20;

    private static final String TEXT_ADVICE = "give one name a line, in the order of the network's outputs";
    private static final String JSON_ADVICE = "give {\"0\": [\"n01440764\", \"tench\"], ...} as Keras has it";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ClassNames() {}

    /**
     * The names, the first output's first. Two classes may have one name, as ImageNet's two cranes have.
     *
     * @throws FormatException if there is no such file, it is in neither of the two forms, larger than 8 MiB, or a name is
     *     not printable
     */
    public static List<String> read(Path file) {
        try {
            return parse(content(file));
        } catch (FormatException e) {
            throw e.in(file);
        }
    }

    /** Whether a name can stand in a line on a terminal. */
    public static boolean isPrintable(String name) {
        return !name.isBlank() && name.chars().noneMatch(Character::isISOControl);
    }

    private static byte[] content(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new FormatException("class names", "there is no such file", "check the path");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new FormatException(
                        "class names", "it is larger than " + LARGEST_FILE + " bytes", "give a file of names");
            }
            return bytes;
        } catch (IOException e) {
            throw new FormatException(
                    "class names",
                    "it cannot be read: " + FormatException.reasonOf(e),
                    "check the path and its permissions",
                    e);
        }
    }

    /** The names in a file's bytes. */
    static List<String> parse(byte[] bytes) {
        String text = text(bytes);
        List<String> names = text.stripLeading().startsWith("{") ? fromJson(text) : fromLines(text);
        for (int index = 0; index < names.size(); index++) {
            if (!isPrintable(names.get(index))) {
                throw new FormatException("class " + index, "its name is empty or not printable", TEXT_ADVICE);
            }
        }
        if (names.isEmpty()) {
            throw new FormatException("class names", "there are none", TEXT_ADVICE);
        }
        return names;
    }

    private static String text(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new FormatException("class names", "it is not UTF-8 text", TEXT_ADVICE, e);
        }
    }

    private static List<String> fromLines(String text) {
        return text.stripTrailing().lines().map(String::strip).toList();
    }

    private static List<String> fromJson(String text) {
        JsonNode json = Json.parse("class names", text.getBytes(StandardCharsets.UTF_8));
        List<String> names = new ArrayList<>();
        for (int index = 0; index < json.size(); index++) {
            JsonNode pair = json.path(String.valueOf(index));
            if (pair.isMissingNode()) {
                throw new FormatException(
                        "class " + index, "it is missing, though there are " + json.size() + " entries", JSON_ADVICE);
            }
            if (!pair.isArray() || pair.size() != 2 || !pair.get(1).isTextual()) {
                throw new FormatException(
                        "class " + index, "it is not a pair of an identifier and a name", JSON_ADVICE);
            }
            names.add(pair.get(1).textValue());
        }
        return names;
    }
}
