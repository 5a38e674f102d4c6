package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Json;

/** The form in which Keras 3 serialises any of its objects: where its class is found, and its configuration. */
final class KerasObject {
    private KerasObject() {}

    static ObjectNode write(String module, String className, JsonNode config) {
        ObjectNode json = Json.object();
        json.put("module", module);
        json.put("class_name", className);
        json.set("config", config);
        json.putNull("registered_name");
        return json;
    }
}
