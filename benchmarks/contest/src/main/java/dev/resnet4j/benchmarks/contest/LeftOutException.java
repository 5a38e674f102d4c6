package dev.resnet4j.benchmarks.contest;

/** A contestant cannot do what the turn asks; the message says why. */
public final class LeftOutException extends RuntimeException {
    public LeftOutException(String message) {
        super(message);
    }
}
