package dev.resnet4j.engine.metrics;

/**
 * The 95 % confidence interval of a proportion, such as an accuracy: Wilson's score interval without correction for
 * continuity (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", 1927). Unlike the
 * normal approximation it stays in [0, 1] and holds for few samples and for proportions near 0 and 1.
 *
 * @param lower in [0, 1]
 * @param upper in [0, 1], not below {@code lower}
 */
public record WilsonInterval(double lower, double upper) {
    /** The normal distribution's quantile of 0.975. */
    private static final double Z = 1.959963984540054;

    /**
     * The interval around {@code successes / trials}.
     *
     * @throws IllegalArgumentException if there is no trial, or the successes are not from 0 to {@code trials}
     */
    public static WilsonInterval of(int successes, int trials) {
        if (trials < 1 || successes < 0 || successes > trials) {
            throw new IllegalArgumentException(successes + " successes in " + trials + " trials");
        }
        double n = trials;
        double proportion = successes / n;
        double weight = 1 / (1 + Z * Z / n);
        double centre = weight * (proportion + Z * Z / (2 * n));
        double halfWidth = weight * Z * Math.sqrt(proportion * (1 - proportion) / n + Z * Z / (4 * n * n));
        // At both ends the formula gives 0 and 1 but for rounding.
        double lower = successes == 0 ? 0 : centre - halfWidth;
        double upper = successes == trials ? 1 : centre + halfWidth;
        return new WilsonInterval(lower, upper);
    }
}
