package dev.resnet4j.formats.tensorboard;

import dev.resnet4j.formats.tensorboard.proto.HistogramProto;
import java.util.Optional;

/** Counts numbers in buckets of equal width, as TensorBoard's own histograms do. */
final class Histogram {
    private static final int BUCKETS = 30;

    private final float[] values;
    private double smallest = Double.POSITIVE_INFINITY;
    private double largest = Double.NEGATIVE_INFINITY;
    private int count;
    private double sum;
    private double sumOfSquares;

    private Histogram(float[] values) {
        this.values = values;
        for (float value : values) {
            if (Float.isFinite(value)) {
                smallest = Math.min(smallest, value);
                largest = Math.max(largest, value);
                count++;
                sum += value;
                sumOfSquares += (double) value * value;
            }
        }
    }

    /** Empty where no value is finite. */
    static Optional<HistogramProto> of(float[] values) {
        Histogram histogram = new Histogram(values);
        return histogram.count == 0 ? Optional.empty() : Optional.of(histogram.message());
    }

    private HistogramProto message() {
        HistogramProto.Builder message = HistogramProto.newBuilder()
                .setMin(smallest)
                .setMax(largest)
                .setNum(count)
                .setSum(sum)
                .setSumSquares(sumOfSquares);
        if (smallest == largest) {
            return message.addBucketLimit(largest).addBucket(count).build();
        }
        int[] counts = counts();
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            double end = bucket == BUCKETS - 1 ? largest : smallest + (largest - smallest) * (bucket + 1) / BUCKETS;
            message.addBucketLimit(end).addBucket(counts[bucket]);
        }
        return message.build();
    }

    private int[] counts() {
        int[] counts = new int[BUCKETS];
        double perWidth = BUCKETS / (largest - smallest);
        for (float value : values) {
            if (Float.isFinite(value)) {
                counts[Math.min(BUCKETS - 1, (int) ((value - smallest) * perWidth))]++;
            }
        }
        return counts;
    }
}
