package dev.resnet4j.cli;

/** This Java cannot draw: it has no fonts or was installed without its graphics libraries. */
final class DrawingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DrawingException(Throwable cause) {
        super(cause.toString(), cause);
    }

    /** What is wrong and what to do. */
    String advice() {
        return "this Java cannot draw (" + getMessage() + "); install its graphics libraries and a font, such as"
                + " fontconfig and DejaVu";
    }
}
