package dev.resnet4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.model.layer.WeightName;
import dev.resnet4j.model.tensor.NdArray;
import java.util.Map;

/** How far numbers are apart: by the largest difference, measured by the largest number expected. */
final class Closeness {
    /** The largest similarity, and a rounding more. Not a number lies above it in AssertJ's order. */
    static final double SAME_DIRECTION = 1 + 1e-9;

    private Closeness() {}

    static void requireClose(String what, NdArray actual, NdArray expected, double relativeTolerance) {
        requireWithin(what, actual, expected, relativeTolerance * largest(expected));
    }

    static void requireClose(
            String what, Map<WeightName, NdArray> actual, Map<WeightName, NdArray> expected, double relativeTolerance) {
        assertThat(actual.keySet()).as(what).containsExactlyInAnyOrderElementsOf(expected.keySet());
        expected.forEach(
                (name, array) -> requireClose(what + " of " + name, actual.get(name), array, relativeTolerance));
    }

    static void requireWithin(String what, NdArray actual, NdArray expected, double tolerance) {
        assertThat(actual.shape()).as("shape of " + what).isEqualTo(expected.shape());
        assertThat(largestDifference(actual, expected))
                .as("largest difference in " + what + ", whose largest number is " + largest(expected))
                .isLessThanOrEqualTo(tolerance);
    }

    static double largest(NdArray array) {
        double largest = 0;
        for (float value : array.values()) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** Not a number where one of the numbers is not. */
    private static double largestDifference(NdArray actual, NdArray expected) {
        double largest = 0;
        for (int index = 0; index < expected.values().length; index++) {
            largest = Math.max(largest, Math.abs((double) actual.values()[index] - expected.values()[index]));
        }
        return largest;
    }

    /** The root of the sum of squares. */
    static double length(NdArray array) {
        return Math.sqrt(product(array, array));
    }

    /** 1 where two arrays point the same way. */
    static double cosineSimilarity(NdArray actual, NdArray expected) {
        return product(actual, expected) / (length(actual) * length(expected));
    }

    /** 1 where two sets of arrays point the same way, all their numbers taken together. */
    static double cosineSimilarity(Map<WeightName, NdArray> actual, Map<WeightName, NdArray> expected) {
        return product(actual, expected) / Math.sqrt(product(actual, actual) * product(expected, expected));
    }

    private static double product(Map<WeightName, NdArray> first, Map<WeightName, NdArray> second) {
        return first.keySet().stream()
                .mapToDouble(name -> product(first.get(name), second.get(name)))
                .sum();
    }

    private static double product(NdArray first, NdArray second) {
        double product = 0;
        for (int index = 0; index < first.values().length; index++) {
            product += (double) first.values()[index] * second.values()[index];
        }
        return product;
    }
}
