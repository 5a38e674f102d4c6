package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.Json;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Network.Kind;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.tensor.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network as Keras serialises a model: of its functional API, {@code keras.Model(inputs, outputs)}, or a
 * {@code Sequential}. Models inside are written the same way.
 */
final class NetworkConfigWriter {
    private final Network network;
    private final boolean frozen;
    private final ConfigStyle style;
    private final Map<String, Node> nodes = new HashMap<>();

    /** @param frozen whether all layers are, because the model around this one is */
    private NetworkConfigWriter(Network network, boolean frozen, ConfigStyle style) {
        this.network = network;
        this.frozen = frozen;
        this.style = style;
        network.nodes().forEach(node -> nodes.put(node.name(), node));
    }

    /** @throws FormatException if the style has no word for an option of a layer */
    static ObjectNode write(Network network, ConfigStyle style) {
        return new NetworkConfigWriter(network, false, style).model();
    }

    private ObjectNode model() {
        ObjectNode config = network.kind() == Kind.SEQUENTIAL ? sequential() : functional();
        return switch (style) {
            case KERAS_2 -> {
                ObjectNode model = Json.object().put("class_name", network.className());
                yield model.set("config", config);
            }
            case KERAS_3 -> inKeras3(config);
        };
    }

    private ObjectNode inKeras3(ObjectNode config) {
        if (network.kind() == Kind.SEQUENTIAL) {
            ObjectNode model = KerasObject.write("keras", "Sequential", config);
            model.putObject("build_config").set("input_shape", LayerConfigWriter.batchShape(network.inputShape()));
            return model;
        }
        ObjectNode model = KerasObject.write("keras.src.models.functional", "Functional", config);
        model.put("registered_name", "Functional");
        model.putObject("build_config").putNull("input_shape");
        return model;
    }

    private ObjectNode sequential() {
        ObjectNode config = Json.object().put("name", network.name());
        if (style == ConfigStyle.KERAS_3) {
            config.put("trainable", !frozen);
            config.set("dtype", LayerConfigWriter.floatPolicy());
        }
        ArrayNode layers = config.putArray("layers");
        network.nodes().forEach(node -> layers.add(layer(node)));
        if (style == ConfigStyle.KERAS_3) {
            config.set("build_input_shape", LayerConfigWriter.batchShape(network.inputShape()));
        }
        return config;
    }

    private ObjectNode functional() {
        ObjectNode config = Json.object();
        config.put("name", network.name());
        config.put("trainable", !frozen);
        Map<String, ArrayNode> calls = new HashMap<>();
        ArrayNode layers = config.putArray("layers");
        for (Node node : network.nodes()) {
            String name = node.layer().name();
            if (node.call() == 0) {
                ObjectNode layer = layer(node);
                layer.put("name", name);
                calls.put(name, layer.putArray("inbound_nodes"));
                layers.add(layer);
            }
            if (!node.inputs().isEmpty()) {
                calls.get(name).add(call(node));
            }
        }
        config.set("input_layers", modelReference(network.nodes().get(0)));
        config.set("output_layers", modelReference(network.output()));
        return config;
    }

    /** Keras 2 knows models of several inputs and outputs only as lists. */
    private ArrayNode modelReference(Node node) {
        ArrayNode reference = reference(node, isBuiltIn(node));
        return style == ConfigStyle.KERAS_2 ? Json.array().add(reference) : reference;
    }

    private ObjectNode layer(Node node) {
        boolean trainable = !(frozen || node.frozen());
        if (node.layer() instanceof Network nested) {
            ObjectNode model = new NetworkConfigWriter(nested, !trainable, style).model();
            if (!trainable) {
                ((ObjectNode) model.path("config")).put("trainable", false);
            }
            return model;
        }
        ObjectNode config = node.layer().accept(new LayerConfigWriter(style, trainable));
        String className = node.layer().className();
        if (style == ConfigStyle.KERAS_2) {
            ObjectNode json = Json.object().put("class_name", className);
            return json.set("config", config);
        }
        ObjectNode json = KerasObject.write("keras.layers", className, config);
        if (!node.weights().isEmpty()) {
            Shape input = nodes.get(node.inputs().get(0)).outputShape();
            json.putObject("build_config").set("input_shape", LayerConfigWriter.batchShape(input));
        }
        return json;
    }

    private JsonNode call(Node node) {
        List<Node> inputs = node.inputs().stream().map(nodes::get).toList();
        if (style == ConfigStyle.KERAS_2) {
            ArrayNode call = Json.array();
            inputs.forEach(input -> call.add(reference(input, isBuiltIn(input)).add(Json.object())));
            return call;
        }
        ObjectNode call = Json.object();
        addTensors(inputs, call.putArray("args"));
        call.putObject("kwargs");
        return call;
    }

    /** Layers of one input are called with a tensor, layers of several with a list of them. */
    private static void addTensors(List<Node> inputs, ArrayNode arguments) {
        ArrayNode tensors = inputs.size() == 1 ? arguments : arguments.addArray();
        for (Node input : inputs) {
            ObjectNode tensor = tensors.addObject();
            tensor.put("class_name", "__keras_tensor__");
            ObjectNode config = tensor.putObject("config");
            config.set("shape", LayerConfigWriter.batchShape(input.outputShape()));
            config.put("dtype", "float32");
            config.set("keras_history", reference(input, false));
        }
    }

    /**
     * Whether Keras counts the way from a model's input to its output as the first call of a model inside: in Keras 2
     * always, in Keras 3 for functional models, and there in the references of the model alone.
     */
    private boolean isBuiltIn(Node node) {
        return node.layer() instanceof Network nested
                && (style == ConfigStyle.KERAS_2 || nested.kind() == Kind.FUNCTIONAL);
    }

    /** A layer's first output at one of its calls. */
    private static ArrayNode reference(Node node, boolean builtIn) {
        return Json.array()
                .add(node.layer().name())
                .add(node.call() + (builtIn ? 1 : 0))
                .add(0);
    }
}
