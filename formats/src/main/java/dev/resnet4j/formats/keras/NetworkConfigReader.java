package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.model.layer.InputLayer;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Layer;
import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.layer.Node;
import dev.resnet4j.model.layer.SymbolicTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A network from {@code config.json}, of Keras's functional API or a {@code Sequential}. */
final class NetworkConfigReader {
    private static final Set<String> MODEL_CLASSES = Set.of("Functional", "Sequential", "Model");
    private static final String TENSOR_CLASS = "__keras_tensor__";
    private static final int MOST_LAYERS = 10_000;
    private static final int MOST_INPUTS_OF_A_LAYER = 1_000;

    private final JsonNode config;
    private final boolean sequential;
    private final Unsupported unsupported = new Unsupported();
    private final Map<String, SymbolicTensor> outputs = new LinkedHashMap<>();
    private SymbolicTensor latest;

    private NetworkConfigReader(JsonNode model) {
        this.config = model.path("config");
        this.sequential = model.path("class_name").asText().equals("Sequential");
    }

    /** @throws FormatException if it is no network that resnet4j can represent; all reasons of one kind at once */
    static LayeredNetwork read(JsonNode model) {
        String className = model.path("class_name").asText();
        if (!MODEL_CLASSES.contains(className)) {
            throw new FormatException(
                    KerasFile.CONFIG_ENTRY,
                    "the model is of a class of its own, '" + className
                            + "', whose layers stand in its Python code and not in the file",
                    "save it as a model of the functional API or a Sequential");
        }
        try {
            return new NetworkConfigReader(model).network();
        } catch (InvalidNetworkException e) {
            throw new FormatException(KerasFile.CONFIG_ENTRY, e.getMessage(), Advice.SUPPORTED_ONLY, e);
        } catch (ArithmeticException e) {
            throw damaged("the shapes of its layers are too large to count");
        }
    }

    private LayeredNetwork network() {
        Map<String, JsonNode> json = layersByName();
        LayerConfigReader reader = new LayerConfigReader(unsupported);
        List<Layer> layers = new ArrayList<>();
        json.values().forEach(layer -> reader.read(layer).ifPresent(layers::add));
        if (!sequential) {
            json.forEach((name, layer) -> noteUnsupportedCalls(name, layer.path("inbound_nodes")));
        }
        unsupported.throwIfAny();

        for (Layer layer : layers) {
            latest = layer.apply(inputs(layer, json.get(layer.name())));
            outputs.put(layer.name(), latest);
        }
        String name = config.path("name").asText("model");
        Network network = Network.of(name, outputs.get(inputName(layers)), outputs.get(outputName(layers)));
        return new LayeredNetwork(network, inFileOrder(network));
    }

    private Map<String, JsonNode> layersByName() {
        JsonNode layers = config.path("layers");
        if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
            throw damaged("it has " + layers.size() + " layers, but must have between 1 and " + MOST_LAYERS);
        }
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        for (JsonNode layer : layers) {
            String name = layer.path("config").path("name").asText();
            if (name.isEmpty() || !layer.path("name").asText(name).equals(name)) {
                throw damaged("layer " + (byName.size() + 1) + " has no name, or two");
            }
            if (byName.put(name, layer) != null) {
                throw damaged("two layers are named '" + name + "'");
            }
        }
        return byName;
    }

    private void noteUnsupportedCalls(String name, JsonNode calls) {
        if (calls.size() > 1) {
            unsupported.add("a layer that is called " + calls.size() + " times", name);
        }
        if (!tensorsIn(calls.path(0).path("kwargs")).isEmpty()) {
            unsupported.add("a tensor as a named argument", name);
        }
    }

    private SymbolicTensor[] inputs(Layer layer, JsonNode json) {
        if (layer instanceof InputLayer) {
            return new SymbolicTensor[0];
        }
        if (sequential) {
            return new SymbolicTensor[] {lastOutput(layer)};
        }
        List<JsonNode> tensors = tensorsIn(json.path("inbound_nodes").path(0).path("args"));
        if (tensors.size() > MOST_INPUTS_OF_A_LAYER) {
            throw damaged("layer '" + layer.name() + "' takes " + tensors.size() + " inputs, more than "
                    + MOST_INPUTS_OF_A_LAYER);
        }
        return tensors.stream()
                .map(tensor -> output(layer, tensor.path("config").path("keras_history")))
                .toArray(SymbolicTensor[]::new);
    }

    private SymbolicTensor lastOutput(Layer layer) {
        if (latest == null) {
            throw damaged("the Sequential starts with layer '" + layer.name()
                    + "' and not with an InputLayer, so the size of its pictures is not known");
        }
        return latest;
    }

    private SymbolicTensor output(Layer layer, JsonNode history) {
        SymbolicTensor output = outputs.get(referredLayer(history));
        if (output == null) {
            throw damaged(
                    "layer '" + layer.name() + "' takes " + history + ", which is no layer that stands before it");
        }
        return output;
    }

    /** Every tensor in a call's arguments, in order. The depth of JSON is bounded, so this recursion is. */
    private static List<JsonNode> tensorsIn(JsonNode arguments) {
        List<JsonNode> tensors = new ArrayList<>();
        if (arguments.path("class_name").asText().equals(TENSOR_CLASS)) {
            tensors.add(arguments);
        } else {
            arguments.forEach(argument -> tensors.addAll(tensorsIn(argument)));
        }
        return tensors;
    }

    private String inputName(List<Layer> layers) {
        return sequential ? layers.get(0).name() : onlyReference("input_layers");
    }

    private String outputName(List<Layer> layers) {
        return sequential ? layers.get(layers.size() - 1).name() : onlyReference("output_layers");
    }

    /** Keras before 3.9 writes a list of one reference, later a bare one. */
    private String onlyReference(String field) {
        JsonNode references = config.path(field);
        boolean bare = references.path(0).isTextual();
        if (!bare && references.size() != 1) {
            throw new FormatException(
                    KerasFile.CONFIG_ENTRY,
                    "the model has " + references.size() + " " + field + ", but resnet4j takes models with one",
                    Advice.SUPPORTED_ONLY);
        }
        String name = referredLayer(bare ? references : references.get(0));
        if (!outputs.containsKey(name)) {
            throw damaged(field + " names '" + name + "', which is no layer");
        }
        return name;
    }

    /** The layer of a reference [layer, call, output]; all but a layer's only output of its only call is damage. */
    private static String referredLayer(JsonNode reference) {
        if (reference.size() != 3
                || reference.get(1).asInt(-1) != 0
                || reference.get(2).asInt(-1) != 0) {
            throw damaged("a reference must be [layer, 0, 0], but it is " + reference);
        }
        return reference.get(0).asText();
    }

    private List<Node> inFileOrder(Network network) {
        Map<String, Node> byName = network.nodes().stream().collect(Collectors.toMap(Node::name, Function.identity()));
        List<String> unconnected = outputs.keySet().stream()
                .filter(name -> !byName.containsKey(name))
                .toList();
        if (!unconnected.isEmpty()) {
            throw damaged("nothing connects " + unconnected + " to the output");
        }
        return outputs.keySet().stream().map(byName::get).toList();
    }

    private static FormatException damaged(String reason) {
        return new FormatException(KerasFile.CONFIG_ENTRY, reason, Advice.SAVE_AGAIN);
    }
}
