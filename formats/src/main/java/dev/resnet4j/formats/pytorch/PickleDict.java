package dev.resnet4j.formats.pytorch;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Python's {@code dict} and {@code OrderedDict}, in the order of first insertion. */
final class PickleDict {
    private final Map<Object, Object> entries = new LinkedHashMap<>();

    /** @param arguments of {@code OrderedDict}: none, or one list of pairs, as Python 2 wrote it */
    static PickleDict ofPairs(List<?> arguments) {
        PickleDict dict = new PickleDict();
        if (arguments.isEmpty()) {
            return dict;
        }
        if (!(arguments.get(0) instanceof List<?> pairs)) {
            throw new IllegalArgumentException("an OrderedDict of something else than pairs");
        }
        for (Object pair : pairs) {
            if (!(pair instanceof List<?> keyAndValue) || keyAndValue.size() != 2) {
                throw new IllegalArgumentException("an OrderedDict of something else than pairs");
            }
            dict.put(keyAndValue.get(0), keyAndValue.get(1));
        }
        return dict;
    }

    /**
     * Adds or replaces.
     *
     * @throws IllegalArgumentException if the key is no plain value; to compare containers could take forever
     */
    void put(Object key, Object value) {
        boolean plain = key instanceof String
                || key instanceof Long
                || key instanceof BigInteger
                || key instanceof Double
                || key instanceof Boolean
                || key == Unread.VALUE;
        if (!plain) {
            throw new IllegalArgumentException("a dict with a key that is neither text nor number");
        }
        entries.put(key, value);
    }

    Map<Object, Object> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** The dict under a name, if there is one. */
    Optional<PickleDict> dict(String name) {
        return entries.get(name) instanceof PickleDict dict ? Optional.of(dict) : Optional.empty();
    }
}
