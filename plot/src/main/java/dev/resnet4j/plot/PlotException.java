package dev.resnet4j.plot;

/** A network cannot be drawn as asked. The message is one line that says why, and what to do. */
public final class PlotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlotException(String message) {
        super(message);
    }
}
