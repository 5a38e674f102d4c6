package dev.resnet4j.engine.onednn;

/** From the smallest to the largest number that a feature map was seen to have. */
public record ValueRange(float smallest, float largest) {
    /** What both were seen to have. */
    public ValueRange and(ValueRange other) {
        return new ValueRange(Math.min(smallest, other.smallest), Math.max(largest, other.largest));
    }
}
