package dev.resnet4j.formats.pytorch;

import dev.resnet4j.formats.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the state dict in what was saved, which may be a checkpoint of a training around it. */
final class StateDictFinder {
    /** The names under which training programs save it, the most usual first. */
    private static final List<String> WRAPPERS = List.of("state_dict", "model_state_dict", "model", "net");

    /** What {@code torch.nn.DataParallel} and {@code torch.compile} put before every name. */
    private static final List<String> PREFIXES = List.of("module.", "_orig_mod.");

    private StateDictFinder() {}

    /**
     * The tensors of the state dict by their names, without the prefixes that all of them share.
     *
     * @throws FormatException if there is none, or it holds other things than tensors
     */
    static Map<String, TensorView> find(Object object) {
        PickleDict stateDict = stateDict(object);
        Map<String, TensorView> tensors = new LinkedHashMap<>();
        List<String> others = new ArrayList<>();
        stateDict.entries().forEach((key, value) -> {
            if (key instanceof String name && value instanceof TensorView tensor) {
                tensors.put(name, tensor);
            } else {
                others.add(key instanceof List<?> ? "?" : "'" + key + "'");
            }
        });
        if (tensors.isEmpty() || !others.isEmpty()) {
            throw new FormatException(
                    "state dict",
                    tensors.isEmpty()
                            ? "there are no tensors in it, nor in a dict under one of " + WRAPPERS
                            : "beside " + tensors.size() + " tensors it holds what is none: "
                                    + String.join(", ", others),
                    "in PyTorch, save the state dict alone: torch.save(model.state_dict(), file)");
        }
        return withoutPrefixes(tensors);
    }

    private static PickleDict stateDict(Object object) {
        if (!(object instanceof PickleDict dict)) {
            throw new FormatException(
                    "state dict",
                    "what was saved is no dict",
                    "in PyTorch, save the state dict: torch.save(model.state_dict(), file)");
        }
        return WRAPPERS.stream()
                .flatMap(name -> dict.dict(name).stream())
                .findFirst()
                .orElse(dict);
    }

    private static Map<String, TensorView> withoutPrefixes(Map<String, TensorView> tensors) {
        Map<String, TensorView> bare = tensors;
        while (true) {
            Map<String, TensorView> named = bare;
            Stream<String> shared = PREFIXES.stream()
                    .filter(prefix -> named.keySet().stream().allMatch(name -> name.startsWith(prefix)));
            String prefix = shared.findFirst().orElse("");
            if (prefix.isEmpty()) {
                return bare;
            }
            bare = new LinkedHashMap<>();
            for (Map.Entry<String, TensorView> tensor : named.entrySet()) {
                bare.put(tensor.getKey().substring(prefix.length()), tensor.getValue());
            }
        }
    }
}
