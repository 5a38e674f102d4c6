package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Gathers all that a file's layers ask for and resnet4j does not have, so that it can be said at once. */
final class Unsupported {
    private static final int MOST_KINDS_NAMED = 20;
    private static final int MOST_LAYERS_NAMED = 8;

    private final Map<String, List<String>> layersByKind = new LinkedHashMap<>();

    /**
     * @param kind what is not supported: {@code Conv1D}, {@code groups 2}
     * @param layer the name of the layer that asks for it
     */
    void add(String kind, String layer) {
        layersByKind.computeIfAbsent(kind, ignored -> new ArrayList<>()).add(layer);
    }

    /** @throws FormatException that names everything, if there is anything */
    void throwIfAny() {
        if (layersByKind.isEmpty()) {
            return;
        }
        String all = layersByKind.entrySet().stream()
                .limit(MOST_KINDS_NAMED)
                .map(entry -> entry.getKey() + " (" + layers(entry.getValue()) + ")")
                .collect(Collectors.joining(", "));
        String more = layersByKind.size() > MOST_KINDS_NAMED
                ? " and " + (layersByKind.size() - MOST_KINDS_NAMED) + " more"
                : "";
        throw new FormatException(
                KerasFile.CONFIG_ENTRY, "resnet4j does not support " + all + more, Advice.SUPPORTED_ONLY);
    }

    private static String layers(List<String> names) {
        String named = names.stream().limit(MOST_LAYERS_NAMED).collect(Collectors.joining(", "));
        int more = names.size() - MOST_LAYERS_NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }
}
