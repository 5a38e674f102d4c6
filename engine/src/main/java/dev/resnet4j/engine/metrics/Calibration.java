package dev.resnet4j.engine.metrics;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether a classifier is right as often as it claims: its answers grouped by their confidence, the probability of the
 * class chosen. After C. Guo, G. Pleiss, Y. Sun and K. Q. Weinberger, "On Calibration of Modern Neural Networks", 2017.
 *
 * @param bins of equal width, from confidence 0 to 1
 */
public record Calibration(List<Bin> bins) {
    /** As many as Guo et al. take. */
    public static final int USUAL_BINS = 15;

    /** Takes a copy of the list. */
    public Calibration {
        bins = List.copyOf(bins);
    }

    /**
     * Groups answers. Bin m of M holds the confidences in ((m - 1) / M, m / M], the first one also 0.
     *
     * @param confidences of the answers, each in [0, 1]
     * @param right whether each answer is right
     * @param bins how many groups, at least 1
     * @throws IllegalArgumentException if there is no bin, a confidence is out of range, or the lists differ in length
     */
    public static Calibration of(List<Double> confidences, List<Boolean> right, int bins) {
        if (confidences.size() != right.size()) {
            throw new IllegalArgumentException(confidences.size() + " confidences but " + right.size() + " answers");
        }
        if (bins < 1) {
            throw new IllegalArgumentException("at least one bin is needed, got " + bins);
        }
        int[] counts = new int[bins];
        int[] hits = new int[bins];
        double[] sums = new double[bins];
        for (int index = 0; index < confidences.size(); index++) {
            double confidence = confidences.get(index);
            if (!(confidence >= 0 && confidence <= 1)) {
                throw new IllegalArgumentException("a confidence is from 0 to 1, got " + confidence);
            }
            int bin = Math.max(0, (int) Math.ceil(confidence * bins) - 1);
            counts[bin]++;
            hits[bin] += right.get(index) ? 1 : 0;
            sums[bin] += confidence;
        }
        return new Calibration(IntStream.range(0, bins)
                .mapToObj(bin -> new Bin(
                        (double) bin / bins,
                        (bin + 1.0) / bins,
                        counts[bin],
                        counts[bin] == 0 ? 0 : sums[bin] / counts[bin],
                        counts[bin] == 0 ? 0 : (double) hits[bin] / counts[bin]))
                .toList());
    }

    /** ECE: the mean gap between confidence and accuracy, each bin weighted by its share of the answers; in [0, 1]. */
    public double expectedError() {
        long answers = bins.stream().mapToLong(Bin::count).sum();
        double weighted =
                bins.stream().mapToDouble(bin -> bin.count() * bin.gap()).sum();
        return answers == 0 ? 0 : weighted / answers;
    }

    /** MCE: the largest gap between confidence and accuracy of any bin; in [0, 1]. */
    public double maximumError() {
        return bins.stream().mapToDouble(Bin::gap).max().orElse(0);
    }

    /**
     * The answers of like confidence.
     *
     * @param lower end of the confidences, not among them but for 0
     * @param upper end of the confidences, among them
     * @param count how many answers
     * @param confidence their mean confidence; 0 where there is none
     * @param accuracy share of them that is right; 0 where there is none
     */
    public record Bin(double lower, double upper, int count, double confidence, double accuracy) {
        /** How far accuracy and mean confidence are apart. */
        public double gap() {
            return Math.abs(accuracy - confidence);
        }
    }
}
