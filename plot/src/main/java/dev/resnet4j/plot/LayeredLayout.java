package dev.resnet4j.plot;

import dev.resnet4j.plot.Drawing.Box;
import dev.resnet4j.plot.Drawing.Cluster;
import dev.resnet4j.plot.Drawing.Edge;
import dev.resnet4j.plot.Drawing.Element;
import dev.resnet4j.plot.Picture.Area;
import dev.resnet4j.plot.Picture.Cell;
import dev.resnet4j.plot.Picture.Frame;
import dev.resnet4j.plot.Picture.Lane;
import dev.resnet4j.plot.Picture.PlacedBox;
import dev.resnet4j.plot.Picture.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.CycleBreakingStrategy;
import org.eclipse.elk.alg.layered.options.FixedAlignment;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Gives a drawing its places on a page, by ELK's layered algorithm: boxes in ranks, lanes between them. */
final class LayeredLayout {
    private static final double MARGIN = 12;
    private static final double TITLE_HEIGHT = 22;
    private static final double BETWEEN_RANKS = 26;
    private static final double BETWEEN_BOXES = 24;
    private static final double BETWEEN_LANES = 14;

    private static final long MOST_PASSED = 20_000;
    private static final String INSTEAD = "write DOT, which has no places, and lay it out with Graphviz";

    static {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    private final Direction direction;
    private final Map<String, ElkNode> elkNodes = new HashMap<>();
    private final Map<String, ElkPort> exits = new HashMap<>();
    private final Map<Edge, ElkEdge> elkEdges = new HashMap<>();
    private final Map<String, BoxTable> tables = new HashMap<>();

    private LayeredLayout(Direction direction) {
        this.direction = direction;
    }

    /** @throws PlotException if the drawing is too large */
    static Picture of(Drawing drawing, Direction direction) {
        requireModestSize(drawing);
        try {
            return new LayeredLayout(direction).picture(drawing);
        } catch (StackOverflowError | OutOfMemoryError problem) {
            throw new PlotException(
                    "the network has too many layers to be laid out with the memory that there is: " + INSTEAD);
        }
    }

    /** ELK's time grows with the ranks that the lanes pass, and much faster than they do. */
    private static void requireModestSize(Drawing drawing) {
        Map<String, Integer> places = new HashMap<>();
        number(drawing.elements(), places);
        long passed = drawing.edges().stream()
                .mapToLong(edge -> Math.abs(places.get(edge.to()) - places.get(edge.from())))
                .sum();
        if (passed > MOST_PASSED) {
            throw new PlotException(String.format(
                    Locale.ROOT,
                    "the network's %,d connections pass %,d layers on their way, more than the %,d that can be laid out"
                            + " in good time: %s",
                    drawing.edges().size(),
                    passed,
                    MOST_PASSED,
                    INSTEAD));
        }
    }

    private static void number(List<Element> elements, Map<String, Integer> places) {
        for (Element element : elements) {
            if (element instanceof Box box) {
                places.put(box.id(), places.size());
            } else if (element instanceof Cluster cluster) {
                number(cluster.elements(), places);
            }
        }
    }

    private Picture picture(Drawing drawing) {
        ElkNode graph = ElkGraphUtil.createGraph();
        configure(graph);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN));
        drawing.elements().forEach(element -> add(element, graph));
        PortSide entrySide = PortSide.fromDirection(elkDirection()).opposed();
        for (Edge edge : drawing.edges()) {
            elkEdges.put(
                    edge,
                    ElkGraphUtil.createSimpleEdge(exits.get(edge.from()), port(elkNodes.get(edge.to()), entrySide)));
        }
        new RecursiveGraphLayoutEngine().layout(graph, new BasicProgressMonitor());

        List<PlacedBox> boxes = new ArrayList<>();
        List<Frame> frames = new ArrayList<>();
        drawing.elements().forEach(element -> place(element, boxes, frames));
        List<Lane> lanes = drawing.edges().stream().map(this::lane).toList();
        return new Picture(graph.getWidth(), graph.getHeight(), boxes, frames, lanes);
    }

    private void configure(ElkNode graph) {
        graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        graph.setProperty(LayeredOptions.DIRECTION, elkDirection());
        graph.setProperty(LayeredOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        // A layer that is called several times may take what comes from itself: that arrow alone runs back.
        graph.setProperty(LayeredOptions.CYCLE_BREAKING_STRATEGY, CycleBreakingStrategy.DEPTH_FIRST);
        // Of two ways to a box the main path, whose port comes first, stays straight; all shortcuts are on one side.
        graph.setProperty(LayeredOptions.NODE_PLACEMENT_BK_FIXED_ALIGNMENT, FixedAlignment.LEFTUP);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN_BOXES);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN_RANKS);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, BETWEEN_LANES);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE, BETWEEN_LANES);
    }

    private org.eclipse.elk.core.options.Direction elkDirection() {
        return switch (direction) {
            case TOP_TO_BOTTOM -> org.eclipse.elk.core.options.Direction.DOWN;
            case LEFT_TO_RIGHT -> org.eclipse.elk.core.options.Direction.RIGHT;
        };
    }

    private void add(Element element, ElkNode parent) {
        ElkNode elkNode = ElkGraphUtil.createNode(parent);
        if (element instanceof Box box) {
            BoxTable table = BoxTable.of(box, direction);
            elkNode.setDimensions(table.width(), table.height());
            tables.put(box.id(), table);
            elkNodes.put(box.id(), elkNode);
            elkNode.setProperty(LayeredOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_POS);
            exits.put(box.id(), port(elkNode, PortSide.fromDirection(elkDirection())));
        } else if (element instanceof Cluster cluster) {
            configure(elkNode);
            elkNodes.put(cluster.id(), elkNode);
            cluster.elements().forEach(inner -> add(inner, elkNode));
            double besides = besides(cluster);
            elkNode.setProperty(
                    LayeredOptions.PADDING, new ElkPadding(MARGIN + TITLE_HEIGHT, besides, MARGIN, besides));
        }
    }

    /** The room left and right of what is in a frame: more than usual where the title is wider than all of it. */
    private double besides(Cluster cluster) {
        double title = Lettering.width(cluster.title()) + 2 * MARGIN;
        return Math.max(MARGIN, Math.ceil((title - widestBox(cluster.elements())) / 2));
    }

    private double widestBox(List<Element> elements) {
        double widest = 0;
        for (Element element : elements) {
            if (element instanceof Box box) {
                widest = Math.max(widest, tables.get(box.id()).width());
            } else if (element instanceof Cluster cluster) {
                widest = Math.max(widest, widestBox(cluster.elements()));
            }
        }
        return widest;
    }

    /**
     * In the middle of a side, so that the main path runs straight and shortcuts leave and join it. All arrows from a box
     * start at one port: they may share a lane. Each arrow to a box has a port of its own: arrows that do not come from the
     * same box never share one.
     */
    private ElkPort port(ElkNode elkNode, PortSide side) {
        ElkPort port = ElkGraphUtil.createPort(elkNode);
        port.setProperty(LayeredOptions.PORT_SIDE, side);
        double width = elkNode.getWidth();
        double height = elkNode.getHeight();
        switch (direction) {
            case TOP_TO_BOTTOM -> port.setLocation(width / 2, side == PortSide.NORTH ? 0 : height);
            case LEFT_TO_RIGHT -> port.setLocation(side == PortSide.WEST ? 0 : width, height / 2);
        }
        return port;
    }

    private void place(Element element, List<PlacedBox> boxes, List<Frame> frames) {
        if (element instanceof Box box) {
            Area area = area(elkNodes.get(box.id()));
            List<Cell> cells = tables.get(box.id()).cells().stream()
                    .map(cell -> new Cell(cell.text(), cell.area().movedBy(area.x(), area.y())))
                    .toList();
            boxes.add(new PlacedBox(box.id(), area, cells));
        } else if (element instanceof Cluster cluster) {
            frames.add(new Frame(cluster.title(), area(elkNodes.get(cluster.id()))));
            cluster.elements().forEach(inner -> place(inner, boxes, frames));
        }
    }

    private static Area area(ElkNode elkNode) {
        Point corner = corner(elkNode);
        return new Area(corner.x(), corner.y(), elkNode.getWidth(), elkNode.getHeight());
    }

    /** Its upper left corner on the page; ELK counts from the corner of the node around it. */
    private static Point corner(ElkNode elkNode) {
        double x = 0;
        double y = 0;
        for (ElkNode node = elkNode; node != null; node = node.getParent()) {
            x += node.getX();
            y += node.getY();
        }
        return new Point(x, y);
    }

    private Lane lane(Edge edge) {
        ElkEdge elkEdge = elkEdges.get(edge);
        Point corner = corner(elkEdge.getContainingNode());
        ElkEdgeSection section = elkEdge.getSections().get(0);
        List<Point> points = new ArrayList<>();
        points.add(new Point(corner.x() + section.getStartX(), corner.y() + section.getStartY()));
        section.getBendPoints()
                .forEach(bend -> points.add(new Point(corner.x() + bend.getX(), corner.y() + bend.getY())));
        points.add(new Point(corner.x() + section.getEndX(), corner.y() + section.getEndY()));
        return new Lane(edge.from(), edge.to(), points);
    }
}
