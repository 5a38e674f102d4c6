package dev.resnet4j.formats.keras;

import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import dev.resnet4j.formats.keras.LayerTemplate.Content;
import dev.resnet4j.formats.keras.LayerTemplate.Input;
import dev.resnet4j.formats.keras.LayerTemplate.Nested;
import dev.resnet4j.formats.keras.LayerTemplate.Reference;
import dev.resnet4j.model.layer.InvalidNetworkException;
import dev.resnet4j.model.layer.Network.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a configuration says, of Keras's functional API or a {@code Sequential}, those inside others too. All that
 * resnet4j does not have is noted, so that it can be said at once.
 */
final class ModelConfigReader {
    private static final Set<String> MODEL_CLASSES = Set.of("Functional", "Sequential", "Model");
    private static final int MOST_LAYERS = 10_000;
    private static final int DEEPEST_NESTING = 16;

    private final Unsupported unsupported;
    private final LayerConfigReader layerReader;

    /** Of all models together. */
    private int layersRead;

    ModelConfigReader(KerasVersion version, Unsupported unsupported) {
        this.unsupported = unsupported;
        this.layerReader = new LayerConfigReader(version, unsupported);
    }

    /** Whether the layers of a model of this class stand in its configuration. */
    static boolean isModel(JsonNode json) {
        return MODEL_CLASSES.contains(json.path("class_name").asText());
    }

    /** @throws FormatException if the configuration is damaged */
    Optional<ModelTemplate> read(JsonNode model) {
        String otherwise = isSequential(model) ? "sequential" : "model";
        return read(model, model.path("config").path("name").asText(otherwise), 1);
    }

    /** Empty where something is not supported, which is noted. */
    private Optional<ModelTemplate> read(JsonNode model, String name, int depth) {
        if (depth > DEEPEST_NESTING) {
            throw damaged("its models are nested more than " + DEEPEST_NESTING + " deep");
        }
        JsonNode config = model.path("config");
        // Keras 1 and 2 up to 2.2.2 have nothing but the layers of a Sequential.
        List<LayerTemplate> layers = layers(config.isArray() ? config : config.path("layers"), depth);
        return isSequential(model) ? sequential(name, model, layers) : functional(name, config, layers);
    }

    private static boolean isSequential(JsonNode model) {
        return model.path("class_name").asText().equals("Sequential");
    }

    private List<LayerTemplate> layers(JsonNode json, int depth) {
        layersRead += json.size();
        if (json.isEmpty() || layersRead > MOST_LAYERS) {
            throw damaged("it has " + layersRead + " layers, but a model must have between 1 and " + MOST_LAYERS);
        }
        Set<String> names = new HashSet<>();
        List<LayerTemplate> layers = new ArrayList<>();
        for (JsonNode layer : json) {
            String name = name(layer, names);
            if (!names.add(name)) {
                throw damaged("two layers are named '" + name + "'");
            }
            List<List<Reference>> calls = new InboundNodes(name, unsupported).read(layer.path("inbound_nodes"));
            boolean frozen = isFrozen(layer.path("config"));
            String className = layer.path("class_name").asText();
            // A layer that is not supported is noted and left out.
            content(name, layer, depth)
                    .ifPresent(content -> layers.add(new LayerTemplate(className, name, content, frozen, calls)));
        }
        return layers;
    }

    private static String name(JsonNode layer, Set<String> taken) {
        JsonNode config = layer.path("config");
        String name = config.path("name").asText(layer.path("name").asText());
        if (config.isArray() && name.isEmpty()) {
            return freeName("sequential", taken);
        }
        if (name.isEmpty() || !layer.path("name").asText(name).equals(name)) {
            throw damaged("layer " + (taken.size() + 1) + " has no name, or two");
        }
        return name;
    }

    /** As Keras numbers layers: {@code sequential}, {@code sequential_1}. */
    private static String freeName(String base, Set<String> taken) {
        String name = base;
        for (int number = 1; taken.contains(name); number++) {
            name = base + "_" + number;
        }
        return name;
    }

    private Optional<Content> content(String name, JsonNode layer, int depth) {
        if (isModel(layer)) {
            return read(layer, name, depth + 1).map(Nested::new);
        }
        try {
            return layerReader.read(name, layer);
        } catch (InvalidNetworkException e) {
            throw new FormatException(
                    NetworkConfigReader.PLACE + ", layer '" + name + "'", e.getMessage(), Advice.SUPPORTED_ONLY, e);
        }
    }

    static boolean isFrozen(JsonNode config) {
        return config.path("trainable").isBoolean() && !config.path("trainable").booleanValue();
    }

    private Optional<ModelTemplate> sequential(String name, JsonNode model, List<LayerTemplate> layers) {
        JsonNode config = model.path("config");
        JsonNode first =
                config.isArray() ? config.path(0) : config.path("layers").path(0);
        if (layers.isEmpty()) {
            return Optional.empty();
        }
        LayerTemplate start = layers.get(0);
        Optional<Input> input = start.content() instanceof Input own ? Optional.of(own) : Optional.empty();
        String inputLayer = start.name();
        if (input.isEmpty()) {
            Set<String> taken = new HashSet<>();
            layers.forEach(layer -> taken.add(layer.name()));
            inputLayer = freeName(start.name() + "_input", taken);
            input = start.content() instanceof Nested nested
                    ? nested.model().input()
                    : layerReader.inputSizes(start.name(), first);
        }
        if (input.isEmpty()) {
            input = LayerConfigReader.sizes(config.path("build_input_shape"));
        }
        Reference output = new Reference(layers.get(layers.size() - 1).name(), 0);
        return Optional.of(new ModelTemplate(name, Kind.SEQUENTIAL, layers, input, inputLayer, output));
    }

    private Optional<ModelTemplate> functional(String name, JsonNode config, List<LayerTemplate> layers) {
        Optional<Reference> input = onlyReference(name, config, "input_layers");
        Optional<Reference> output = onlyReference(name, config, "output_layers");
        if (input.isEmpty() || output.isEmpty()) {
            return Optional.empty();
        }
        boolean ofArguments = false;
        for (JsonNode layer : config.path("layers")) {
            ofArguments |= layer.path("inbound_nodes").path(0).isObject();
        }
        List<LayerTemplate> counted = fromNought(layers, output.get(), ofArguments);
        Reference counting = ofArguments
                ? ofArguments(output.get(), layers)
                : fromNought(output.get(), firstCalls(layers, output.get()));
        String inputLayer = input.get().layer();
        return inputOf(layers, inputLayer)
                .map(sizes ->
                        new ModelTemplate(name, Kind.FUNCTIONAL, counted, Optional.of(sizes), inputLayer, counting));
    }

    /** Empty where the input's own shape is not supported. */
    private Optional<Input> inputOf(List<LayerTemplate> layers, String name) {
        Optional<Content> content = layers.stream()
                .filter(layer -> layer.name().equals(name))
                .map(LayerTemplate::content)
                .findFirst();
        if (content.isPresent() ? !(content.get() instanceof Input) : unsupported.isEmpty()) {
            throw damaged("input_layers names '" + name + "', which is no InputLayer");
        }
        return content.map(Input.class::cast);
    }

    /** Keras before 3.9 writes a list of one reference, later a bare one. */
    private Optional<Reference> onlyReference(String model, JsonNode config, String field) {
        JsonNode references = config.path(field);
        boolean bare = references.path(0).isTextual();
        if (!bare && references.size() != 1) {
            unsupported.add(references.size() + " " + field + " instead of one", model);
            return Optional.empty();
        }
        return Optional.of(InboundNodes.reference(bare ? references : references.path(0)));
    }

    /**
     * The same calls, counted from 0. Keras 1 and 2 count a nested model's from 1 where the model itself was built from
     * an input, that being its first call; the lowest number that the file has is the first.
     */
    private static List<LayerTemplate> fromNought(List<LayerTemplate> layers, Reference output, boolean ofArguments) {
        if (ofArguments) {
            return layers;
        }
        Map<String, Integer> firstCalls = firstCalls(layers, output);
        return layers.stream()
                .map(layer -> layer.withCalls(layer.calls().stream()
                        .map(inputs -> inputs.stream()
                                .map(reference -> fromNought(reference, firstCalls))
                                .toList())
                        .toList()))
                .toList();
    }

    private static Reference fromNought(Reference reference, Map<String, Integer> firstCalls) {
        return new Reference(reference.layer(), reference.call() - firstCalls.getOrDefault(reference.layer(), 0));
    }

    /** The lowest number by which each nested model is referred to. */
    private static Map<String, Integer> firstCalls(List<LayerTemplate> layers, Reference output) {
        Map<String, Integer> firstCalls = new HashMap<>();
        Set<String> nested = new HashSet<>();
        layers.stream().filter(layer -> layer.content() instanceof Nested).forEach(layer -> nested.add(layer.name()));
        List<Reference> all = new ArrayList<>(List.of(output));
        layers.forEach(layer -> layer.calls().forEach(all::addAll));
        all.stream()
                .filter(reference -> nested.contains(reference.layer()))
                .forEach(reference -> firstCalls.merge(reference.layer(), reference.call(), Math::min));
        return firstCalls;
    }

    /** Keras 3 counts a nested functional model's calls from 1 in {@code output_layers}, and from 0 elsewhere. */
    private static Reference ofArguments(Reference output, List<LayerTemplate> layers) {
        boolean nestedFunctional = layers.stream()
                .anyMatch(layer -> layer.name().equals(output.layer())
                        && layer.content() instanceof Nested nested
                        && nested.model().kind() == Kind.FUNCTIONAL);
        return nestedFunctional && output.call() > 0 ? new Reference(output.layer(), output.call() - 1) : output;
    }

    private static FormatException damaged(String reason) {
        return new FormatException(NetworkConfigReader.PLACE, reason, Advice.SAVE_AGAIN);
    }
}
