package dev.resnet4j.plot;

import java.util.List;

/**
 * What is to be drawn of a network, without places on a page.
 *
 * @param name the network's name
 * @param elements boxes, and frames around boxes
 * @param edges the arrows between boxes, wherever in the frames these are
 */
record Drawing(String name, List<Element> elements, List<Edge> edges) {
    Drawing {
        elements = List.copyOf(elements);
        edges = List.copyOf(edges);
    }

    /** A box or a frame. */
    sealed interface Element permits Box, Cluster {}

    /**
     * One layer.
     *
     * @param id tells it from all others of the drawing
     * @param fields its text, cut by lines as Graphviz's record shape cuts it: fields side by side, the texts of one field
     *     below each other; the other way round where the network runs from left to right
     */
    record Box(String id, List<List<String>> fields) implements Element {
        Box {
            fields = fields.stream().map(List::copyOf).toList();
        }
    }

    /**
     * A nested network: a frame around what is inside.
     *
     * @param id tells it from all others of the drawing
     * @param title stands in the frame's upper left corner
     * @param elements what is inside
     */
    record Cluster(String id, String title, List<Element> elements) implements Element {
        Cluster {
            elements = List.copyOf(elements);
        }
    }

    /**
     * An arrow.
     *
     * @param from the id of the box whose output is taken
     * @param to the id of the box that takes it
     */
    record Edge(String from, String to) {}
}
