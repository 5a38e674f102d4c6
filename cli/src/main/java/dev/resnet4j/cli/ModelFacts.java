package dev.resnet4j.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.resnet4j.engine.Model;
import dev.resnet4j.model.training.Compilation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a model's file says of the model, for people to read. */
final class ModelFacts {
    private final Map<String, String> facts = new LinkedHashMap<>();

    private ModelFacts() {}

    /** Each fact by its name: the network, how pixels become numbers, and the settings of its training. */
    static Map<String, String> of(Model model) {
        ModelFacts of = new ModelFacts();
        of.facts.put("network", model.network().name());
        of.facts.put(
                "parameters", String.format(Locale.ROOT, "%,d", model.network().parameters()));
        of.facts.put("input", model.network().inputShape().toString());
        of.facts.put("preprocessing", model.preprocessing().toString());
        of.facts.put("epochs trained", String.valueOf(model.history().epochs().size()));
        model.compilation().map(Compilation::loss).ifPresent(loss -> of.facts.put("loss", loss.toString()));
        new TreeMap<>(model.settings()).forEach(of::add);
        return of.facts;
    }

    /** A setting that is a record in JSON, such as the recipe, becomes a fact for each of its parts. */
    private void add(String name, String value) {
        if (!value.startsWith("{")) {
            facts.put(name, value);
            return;
        }
        try {
            add(name, RecordJson.MAPPER.readTree(value));
        } catch (JsonProcessingException notJson) {
            facts.put(name, value);
        }
    }

    private void add(String name, JsonNode value) {
        if (value.isObject() && !value.isEmpty()) {
            value.properties().forEach(part -> add(name + " " + part.getKey().replace('_', ' '), part.getValue()));
        } else {
            facts.put(name, value.isTextual() ? value.textValue() : value.toString());
        }
    }
}
