package dev.resnet4j.cli;

import java.util.List;
import java.util.stream.IntStream;

/** Names as people read them. */
final class NamesText {
    private static final int SHOWN = 12;

    private NamesText() {}

    /** The first few of some names, such as a thousand. */
    static String firstOf(List<String> names) {
        return names.size() <= SHOWN
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, SHOWN)) + " and " + (names.size() - SHOWN) + " more";
    }

    /** The first few of some names, and the first that is not in its place in others, where that comes later. */
    static String withDifference(List<String> names, List<String> others) {
        return IntStream.range(SHOWN, names.size())
                .filter(place -> place >= others.size() || !names.get(place).equals(others.get(place)))
                .mapToObj(place -> firstOf(names) + " (number " + (place + 1) + " is " + names.get(place) + ")")
                .findFirst()
                .orElseGet(() -> firstOf(names));
    }
}
