package dev.resnet4j.formats.keras;

import dev.resnet4j.formats.Advice;
import dev.resnet4j.formats.FormatException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Gathers all that a file's layers ask for and resnet4j does not have, so that it can be said at once. */
final class Unsupported {
    private static final int MOST_KINDS_NAMED = 20;
    private static final int MOST_LAYERS_NAMED = 8;
    private static final String GIVE_INPUT_SHAPE = "give the input shape: height, width and channels";

    private final Map<String, Set<String>> layersByKind = new LinkedHashMap<>();
    private boolean openInput;

    /**
     * @param kind what is not supported: {@code Conv1D}, {@code groups 2}
     * @param layer the name of the layer that asks for it
     */
    void add(String kind, String layer) {
        layersByKind.computeIfAbsent(kind, ignored -> new LinkedHashSet<>()).add(layer);
    }

    /** Notes that pictures may have any size, which whoever reads the file can mend. */
    void addOpenInput(String sizes, String layer) {
        openInput = true;
        add("an input of open size " + sizes, layer);
    }

    boolean isEmpty() {
        return layersByKind.isEmpty();
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
        String advice = openInput ? GIVE_INPUT_SHAPE : "";
        if (!openInput || layersByKind.size() > 1) {
            advice = (advice.isEmpty() ? "" : advice + "; ") + Advice.SUPPORTED_ONLY;
        }
        throw new FormatException(NetworkConfigReader.PLACE, "resnet4j does not support " + all + more, advice);
    }

    private static String layers(Set<String> names) {
        String named = names.stream().limit(MOST_LAYERS_NAMED).collect(Collectors.joining(", "));
        int more = names.size() - MOST_LAYERS_NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }
}
