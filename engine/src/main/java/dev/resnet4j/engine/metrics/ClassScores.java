package dev.resnet4j.engine.metrics;

/**
 * How well one class is told from the others, or the mean over classes.
 *
 * @param support pictures of the class
 * @param precision share of the pictures taken for the class that are of it, in [0, 1]; 0 where none was taken for it
 * @param recall share of the class's pictures that were taken for it, in [0, 1]; 0 where it has none
 * @param f1 harmonic mean of precision and recall, in [0, 1]; 0 where both are 0
 */
public record ClassScores(int support, double precision, double recall, double f1) {
    /** From counts; a score whose denominator is 0 is 0, as scikit-learn has it. */
    static ClassScores of(int hits, int actual, int predicted) {
        return new ClassScores(
                actual, share(hits, predicted), share(hits, actual), share(2 * (long) hits, (long) actual + predicted));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
