package dev.resnet4j.cli;

import java.math.BigDecimal;
import java.math.MathContext;

/** A learning rate in words: as many digits as matter. */
final class RateText {
    private static final MathContext TWO_DIGITS = new MathContext(2);

    private RateText() {}

    /** Rounded to two digits: a number that options take. */
    static double rounded(double rate) {
        return new BigDecimal(rate).round(TWO_DIGITS).doubleValue();
    }
}
