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
import java.util.Map;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.math.KVector;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.options.SizeConstraint;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Gives a drawing its places on a page, by ELK's layered algorithm: boxes in ranks, lanes between them. */
final class LayeredLayout {
    private static final double MARGIN = 12;
    private static final double TITLE_HEIGHT = 22;
    private static final double BETWEEN_RANKS = 26;
    private static final double BETWEEN_BOXES = 24;
    private static final double BETWEEN_LANES = 14;

    static {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    private final Direction direction;
    private final Map<String, ElkNode> elkNodes = new HashMap<>();
    private final Map<Edge, ElkEdge> elkEdges = new HashMap<>();
    private final Map<String, BoxTable> tables = new HashMap<>();

    private LayeredLayout(Direction direction) {
        this.direction = direction;
    }

    static Picture of(Drawing drawing, Direction direction) {
        return new LayeredLayout(direction).picture(drawing);
    }

    private Picture picture(Drawing drawing) {
        ElkNode graph = ElkGraphUtil.createGraph();
        configure(graph);
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN));
        drawing.elements().forEach(element -> add(element, graph));
        for (Edge edge : drawing.edges()) {
            elkEdges.put(edge, ElkGraphUtil.createSimpleEdge(elkNodes.get(edge.from()), elkNodes.get(edge.to())));
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
        // One way out of a box and one in: the main path runs straight, shortcuts leave and join it at its side.
        graph.setProperty(LayeredOptions.MERGE_EDGES, true);
        graph.setProperty(LayeredOptions.NODE_PLACEMENT_STRATEGY, NodePlacementStrategy.BRANDES_KOEPF);
        // The main path stands before its shortcut in a network's order, so all shortcuts are on the same side.
        graph.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
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
        } else if (element instanceof Cluster cluster) {
            configure(elkNode);
            elkNode.setProperty(LayeredOptions.PADDING, new ElkPadding(MARGIN + TITLE_HEIGHT, MARGIN, MARGIN, MARGIN));
            elkNode.setProperty(LayeredOptions.NODE_SIZE_CONSTRAINTS, SizeConstraint.minimumSize());
            elkNode.setProperty(
                    LayeredOptions.NODE_SIZE_MINIMUM, new KVector(Lettering.width(cluster.title()) + 2 * MARGIN, 0));
            elkNodes.put(cluster.id(), elkNode);
            cluster.elements().forEach(inner -> add(inner, elkNode));
        }
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
