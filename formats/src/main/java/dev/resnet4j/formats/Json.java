package dev.resnet4j.formats;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** JSON with bounds: Keras's longest configurations stay far below them. */
public final class Json {
    private static final int DEEPEST_NESTING = 100;
    private static final int MOST_TOKENS = 3_000_000;

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST_NESTING)
                            .maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private Json() {}

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An empty array. */
    public static ArrayNode array() {
        return MAPPER.createArrayNode();
    }

    /** A number. */
    public static JsonNode number(double value) {
        return MAPPER.getNodeFactory().numberNode(value);
    }

    /** The JSON as UTF-8 text in one line. */
    public static byte[] bytes(JsonNode json) {
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    /**
     * A JSON object from a file.
     *
     * @param entry where the bytes are from, for the message
     * @throws FormatException if it is no JSON object, or one nested or long beyond measure
     */
    public static JsonNode parse(String entry, byte[] bytes) {
        JsonNode json;
        try {
            json = MAPPER.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new FormatException(
                    entry, "it is not JSON that can be read: " + e.getOriginalMessage(), Advice.SAVE_AGAIN, e);
        } catch (IOException e) {
            throw new FormatException(entry, "it is not text: " + FormatException.reasonOf(e), Advice.SAVE_AGAIN, e);
        }
        if (!json.isObject()) {
            throw new FormatException(entry, "it is not a JSON object", Advice.SAVE_AGAIN);
        }
        return json;
    }
}
