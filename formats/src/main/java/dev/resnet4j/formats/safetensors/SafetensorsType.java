package dev.resnet4j.formats.safetensors;

import dev.resnet4j.formats.ElementType;
import java.util.Map;
import java.util.Optional;

/** The names of the types in a header. */
final class SafetensorsType {
    private static final Map<String, ElementType> BY_NAME = Map.of(
            "F64", ElementType.FLOAT64,
            "F32", ElementType.FLOAT32,
            "F16", ElementType.FLOAT16,
            "BF16", ElementType.BFLOAT16,
            "I64", ElementType.INT64);

    private SafetensorsType() {}

    static Optional<ElementType> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    static String nameOf(ElementType type) {
        return BY_NAME.entrySet().stream()
                .filter(named -> named.getValue() == type)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
