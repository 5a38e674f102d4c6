package dev.resnet4j.model.layer;

/**
 * From where to where a number is drawn, each as likely as the other.
 *
 * @param lower the smallest, finite
 * @param upper the largest, finite and not below
 */
public record Interval(double lower, double upper) {
    /** @throws InvalidNetworkException if the interval is empty or not finite */
    public Interval {
        if (!(lower <= upper) || Double.isInfinite(lower) || Double.isInfinite(upper)) {
            throw new InvalidNetworkException(
                    "a range must run from a finite number to one not below it, got " + lower + " to " + upper);
        }
    }

    /** Whether it lies in another. */
    boolean isWithin(double lowest, double highest) {
        return lower >= lowest && upper <= highest;
    }

    /** From {@code -bound} to {@code bound}: what one number means in Keras's augmentation layers. */
    public static Interval around(double bound) {
        return new Interval(-bound, bound);
    }
}
