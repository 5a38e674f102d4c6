package dev.resnet4j.engine.onednn;

import java.util.Map;

/**
 * The numbers that a {@link PredictionPlan} works in.
 *
 * @param ends of the feature maps that it takes and makes
 * @param inside of feature maps and kernels between them
 * @param ranges of feature maps, by their nodes' names, where convolutions are to be worked out in bytes; those that take or
 *     make one without a range are not
 */
public record PredictionNumbers(NumberType ends, NumberType inside, Map<String, ValueRange> ranges) {
    /** The same throughout. */
    public static PredictionNumbers of(NumberType numbers) {
        return new PredictionNumbers(numbers, numbers, Map.of());
    }

    /** Bytes, and where there are none, bfloat16 if the processor can, between ends in 32 bits. */
    public static PredictionNumbers bytes(Map<String, ValueRange> ranges) {
        NumberType inside = OneDnn.convolves(NumberType.BFLOAT16) ? NumberType.BFLOAT16 : NumberType.FLOAT;
        return new PredictionNumbers(NumberType.FLOAT, inside, Map.copyOf(ranges));
    }
}
