package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.tensor.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A model's architecture alone, as Keras's {@code to_json} writes it and {@code model_from_json} reads it. */
public final class ModelJson {
    /** The versions whose form the JSON has. */
    private static final String KERAS_2_VERSION = "2.15.0";

    private ModelJson() {}

    /**
     * Reads an architecture of Keras 1, 2 or 3. Feature maps of (channels, height, width) become (height, width,
     * channels).
     *
     * @throws FormatException if it is damaged, or asks for layers or options that resnet4j does not have, all of which
     *     are named
     */
    public static Network read(String json) {
        return read(json, Optional.empty());
    }

    /**
     * Reads an architecture whose pictures may have any size.
     *
     * @param inputShape the shape of one picture, (height, width, channels), where the JSON leaves it open
     * @throws FormatException if it is damaged, if the shape is not one that it admits, or if it asks for layers or
     *     options that resnet4j does not have, all of which are named
     */
    public static Network read(String json, Shape inputShape) {
        return read(json, Optional.of(inputShape));
    }

    private static Network read(String json, Optional<Shape> inputShape) {
        return NetworkConfigReader.read(
                        Json.parse("JSON of a model", json.getBytes(StandardCharsets.UTF_8)),
                        Optional.empty(),
                        inputShape)
                .network();
    }

    /**
     * The architecture as Keras 3 writes it.
     *
     * @throws FormatException if Keras 3 has no word for one of its options
     */
    public static String writeKeras3(Network network) {
        return text(NetworkConfigWriter.write(network, ConfigStyle.KERAS_3));
    }

    /**
     * The architecture as Keras 2 writes it, for tf.keras and TensorFlow.js, too.
     *
     * @throws FormatException if Keras 2 has no word for one of its options
     */
    public static String writeKeras2(Network network) {
        ObjectNode json = NetworkConfigWriter.write(network, ConfigStyle.KERAS_2);
        json.put("keras_version", KERAS_2_VERSION);
        json.put("backend", "tensorflow");
        return text(json);
    }

    private static String text(ObjectNode json) {
        return new String(Json.bytes(json), StandardCharsets.UTF_8);
    }
}
