package dev.resnet4j.cli;

import java.util.List;

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
}
