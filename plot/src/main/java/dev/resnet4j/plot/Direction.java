package dev.resnet4j.plot;

/** Which way a network runs on the page: Keras's and Graphviz's {@code rankdir}. */
public enum Direction {
    /** The input at the top. */
    TOP_TO_BOTTOM("TB"),
    /** The input at the left. */
    LEFT_TO_RIGHT("LR");

    private final String graphvizName;

    Direction(String graphvizName) {
        this.graphvizName = graphvizName;
    }

    /** Graphviz's word: {@code TB} or {@code LR}. */
    public String graphvizName() {
        return graphvizName;
    }
}
