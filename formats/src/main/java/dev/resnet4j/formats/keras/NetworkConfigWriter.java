package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.tensor.Shape;
import java.util.HashMap;
import java.util.Map;

/** A network as Keras 3 serialises a model of its functional API, {@code keras.Model(inputs, outputs)}. */
final class NetworkConfigWriter {
    private final LayerConfigWriter layerConfig = new LayerConfigWriter();
    private final Map<String, Shape> outputShapes = new HashMap<>();

    private NetworkConfigWriter(Network network) {
        network.nodes().forEach(node -> outputShapes.put(node.name(), node.outputShape()));
    }

    static ObjectNode write(Network network) {
        return new NetworkConfigWriter(network).model(network);
    }

    private ObjectNode model(Network network) {
        ObjectNode config = Json.object();
        config.put("name", network.name());
        config.put("trainable", true);
        ArrayNode layers = config.putArray("layers");
        network.nodes().forEach(node -> layers.add(layer(node)));
        config.set("input_layers", reference(network.nodes().get(0).name()));
        config.set("output_layers", reference(network.output().name()));

        ObjectNode model = KerasObject.write("keras.src.models.functional", "Functional", config);
        model.put("registered_name", "Functional");
        model.putObject("build_config").putNull("input_shape");
        return model;
    }

    private ObjectNode layer(Node node) {
        ObjectNode json = KerasObject.write(
                "keras.layers", node.layer().className(), node.layer().accept(layerConfig));
        if (!node.weights().isEmpty()) {
            Shape input = outputShapes.get(node.inputs().get(0));
            json.putObject("build_config").set("input_shape", LayerConfigWriter.batchShape(input));
        }
        json.put("name", node.name());
        ArrayNode inboundNodes = json.putArray("inbound_nodes");
        if (!node.inputs().isEmpty()) {
            ObjectNode call = inboundNodes.addObject();
            addInputs(node, call.putArray("args"));
            call.putObject("kwargs");
        }
        return json;
    }

    /** Layers of one input are called with a tensor, layers of several with a list of them. */
    private void addInputs(Node node, ArrayNode arguments) {
        ArrayNode tensors = node.inputs().size() == 1 ? arguments : arguments.addArray();
        for (String input : node.inputs()) {
            ObjectNode tensor = tensors.addObject();
            tensor.put("class_name", "__keras_tensor__");
            ObjectNode config = tensor.putObject("config");
            config.set("shape", LayerConfigWriter.batchShape(outputShapes.get(input)));
            config.put("dtype", "float32");
            config.set("keras_history", reference(input));
        }
    }

    /** A layer's first output at its first call. */
    private static ArrayNode reference(String layer) {
        return Json.array().add(layer).add(0).add(0);
    }
}
