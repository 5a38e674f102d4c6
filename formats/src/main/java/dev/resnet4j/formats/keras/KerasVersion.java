package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** Which Keras wrote a configuration, where the same words mean something else in another. */
enum KerasVersion {
    KERAS_1,
    KERAS_2,
    KERAS_3;

    /**
     * The version that a file names, or else the one that its configuration looks like.
     *
     * @param declared as {@code keras_version} has it: {@code 2.2.4-tf}
     */
    static KerasVersion of(JsonNode model, Optional<String> declared) {
        String version = declared.orElseGet(() -> model.path("keras_version").asText());
        return switch (version.isEmpty() ? ' ' : version.charAt(0)) {
            case '0', '1' -> KERAS_1;
            case '2' -> KERAS_2;
            case '3' -> KERAS_3;
            default -> looksLike(model);
        };
    }

    /** Keras 3 alone says where a class is found and calls an input's shape {@code batch_shape}. */
    private static KerasVersion looksLike(JsonNode model) {
        JsonNode firstLayer = model.path("config").path("layers").path(0);
        boolean keras3 = model.has("module")
                || firstLayer.has("module")
                || firstLayer.path("config").has("batch_shape");
        return keras3 ? KERAS_3 : KERAS_2;
    }
}
