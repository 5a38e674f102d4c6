package dev.resnet4j.benchmarks.race;

import java.util.List;
import java.util.Locale;

/**
 * What the rounds came to.
 *
 * @param sorted at least one number, from small to large
 */
record Figures(List<Double> sorted) {
    Figures {
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("there are no numbers to tell of");
        }
        sorted = sorted.stream().sorted().toList();
    }

    /** Half of the numbers are larger; between the two in the middle where there is no one in the middle. */
    double median() {
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double minimum() {
        return sorted.get(0);
    }

    double maximum() {
        return sorted.get(sorted.size() - 1);
    }

    /** Median, smallest and largest in a form such as {@code %6.1f}. */
    String text(String form) {
        return String.format(Locale.ROOT, form + " (" + form + " to " + form + ")", median(), minimum(), maximum());
    }
}
