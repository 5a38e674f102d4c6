package dev.resnet4j.formats.onnx;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.resnet4j.formats.Json;
import dev.resnet4j.formats.SavedModel;
import dev.resnet4j.formats.onnx.OnnxOptions.Input;
import dev.resnet4j.formats.onnx.proto.StringStringEntryProto;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What whoever runs the graph has to know and the graph does not say. */
record Metadata(SavedModel model, OnnxOptions options) {
    /** One line for people. */
    String description() {
        String given = switch (options.input()) {
            case PREPROCESSED -> "preprocessed as '" + model.facts().preprocessing() + "'";
            case FLOAT_PIXELS, BYTE_PIXELS -> "as pixels from 0 to 255";
        };
        return model.network().name() + ", takes arrays of "
                + model.network().inputShape().sizeText() + " " + given + ", laid out as " + options.layout();
    }

    List<StringStringEntryProto> properties() {
        List<StringStringEntryProto> properties = new ArrayList<>();
        properties.add(property("preprocessing", model.facts().preprocessing()));
        properties.add(property("preprocessing_in_graph", String.valueOf(options.input() != Input.PREPROCESSED)));
        properties.add(property("input_size", model.network().inputShape().sizeText()));
        properties.add(property("input_layout", options.layout().name()));
        if (!model.facts().classNames().isEmpty()) {
            properties.add(property("class_names", classNames()));
        }
        return properties;
    }

    private String classNames() {
        ArrayNode names = Json.array();
        model.facts().classNames().forEach(names::add);
        return new String(Json.bytes(names), StandardCharsets.UTF_8);
    }

    private static StringStringEntryProto property(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }
}
