package dev.resnet4j.formats.onnx;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/** The names of a graph's values and operators, each given once: ONNX asks for that, and for names that are not empty. */
final class Names {
    private final Set<String> taken = new HashSet<>();

    /** The wanted name, or where it is taken the same with a number at its end. */
    String unique(String wanted) {
        String base = wanted.isEmpty() ? "unnamed" : encodable(wanted);
        String name = base;
        for (int number = 1; !taken.add(name); number++) {
            name = base + "_" + number;
        }
        return name;
    }

    /** Half a surrogate pair has no place in UTF-8, and would be changed on the way into the file. */
    private static String encodable(String name) {
        return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
