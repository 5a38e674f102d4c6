package dev.resnet4j.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.resnet4j.model.layer.Network;
import dev.resnet4j.model.resnet.ResNet50;
import dev.resnet4j.model.tensor.Shape;
import dev.resnet4j.plot.Drawing.Edge;
import dev.resnet4j.plot.Picture.Area;
import dev.resnet4j.plot.Picture.Cell;
import dev.resnet4j.plot.Picture.Frame;
import dev.resnet4j.plot.Picture.Lane;
import dev.resnet4j.plot.Picture.PlacedBox;
import dev.resnet4j.plot.Picture.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayeredLayoutTest {
    private static final Offset<Double> CLOSE = Offset.offset(.01);

    static Stream<Arguments> drawings() {
        PlotOptions plain = new PlotOptions().withExpandNested(true);
        PlotOptions full = plain.withShapes(true).withDataTypes(true).withLayerActivations(true);
        List<Network> networks = List.of(
                resNet50(),
                Networks.chain(3),
                Networks.nested(),
                Networks.deeplyNested(),
                Networks.shared(),
                Networks.crossing(),
                Networks.dense(8));
        return networks.stream()
                .flatMap(network -> Stream.of(plain, full)
                        .flatMap(options -> Stream.of(Direction.values())
                                .map(direction -> Arguments.of(network.name(), network, options, direction))));
    }

    @ParameterizedTest(name = "{0} {3} {2}")
    @MethodSource("drawings")
    void everythingHasItsPlace(String name, Network network, PlotOptions options, Direction direction) {
        Drawing drawing = NetworkDrawing.of(network, options);
        Picture picture = LayeredLayout.of(drawing, direction);

        assertThat(picture.lanes())
                .extracting(lane -> new Edge(lane.from(), lane.to()))
                .isEqualTo(drawing.edges());
        everythingIsInsideTheCanvas(picture);
        boxesDoNotOverlap(picture);
        textsFitIntoTheirCells(picture);
        Map<String, Area> areas = picture.boxes().stream().collect(Collectors.toMap(PlacedBox::id, PlacedBox::area));
        for (Lane lane : picture.lanes()) {
            runsAlongTheAxes(lane);
            leavesAndArrivesAtTheMiddleOfASide(lane, areas, direction);
            crossesNoBox(lane, picture);
        }
        lanesOfDifferentBoxesShareNoStretchButTheLast(picture);
    }

    private static void everythingIsInsideTheCanvas(Picture picture) {
        List<Point> corners = new ArrayList<>();
        Stream.concat(
                        picture.boxes().stream().map(PlacedBox::area),
                        picture.frames().stream().map(Frame::area))
                .forEach(area -> {
                    corners.add(new Point(area.x(), area.y()));
                    corners.add(new Point(area.x() + area.width(), area.y() + area.height()));
                });
        picture.lanes().forEach(lane -> corners.addAll(lane.points()));
        assertThat(corners)
                .allMatch(corner -> corner.x() >= 0
                        && corner.y() >= 0
                        && corner.x() <= picture.width()
                        && corner.y() <= picture.height());
    }

    private static void boxesDoNotOverlap(Picture picture) {
        for (PlacedBox box : picture.boxes()) {
            assertThat(picture.boxes())
                    .filteredOn(other -> !other.equals(box))
                    .noneMatch(other -> overlap(box.area(), other.area()));
        }
    }

    private static void textsFitIntoTheirCells(Picture picture) {
        for (PlacedBox box : picture.boxes()) {
            assertThat(box.cells())
                    .allMatch(cell -> Lettering.width(cell.text()) < cell.area().width());
            double covered = box.cells().stream()
                    .map(Cell::area)
                    .mapToDouble(area -> area.width() * area.height())
                    .sum();
            assertThat(covered).isCloseTo(box.area().width() * box.area().height(), CLOSE);
        }
    }

    private static void runsAlongTheAxes(Lane lane) {
        for (Area stretch : stretches(lane)) {
            assertThat(Math.min(stretch.width(), stretch.height()))
                    .as("%s", lane)
                    .isZero();
        }
    }

    private static void leavesAndArrivesAtTheMiddleOfASide(Lane lane, Map<String, Area> areas, Direction direction) {
        Area from = areas.get(lane.from());
        Area to = areas.get(lane.to());
        Point start = lane.points().get(0);
        Point end = lane.points().get(lane.points().size() - 1);
        boolean down = direction == Direction.TOP_TO_BOTTOM;
        assertThat(start.x()).isCloseTo(down ? from.x() + from.width() / 2 : from.x() + from.width(), CLOSE);
        assertThat(start.y()).isCloseTo(down ? from.y() + from.height() : from.y() + from.height() / 2, CLOSE);
        assertThat(end.x()).isCloseTo(down ? to.x() + to.width() / 2 : to.x(), CLOSE);
        assertThat(end.y()).isCloseTo(down ? to.y() : to.y() + to.height() / 2, CLOSE);
    }

    private static void crossesNoBox(Lane lane, Picture picture) {
        for (Area stretch : stretches(lane)) {
            assertThat(picture.boxes()).noneMatch(box -> overlap(stretch, box.area()));
        }
    }

    /** Two lanes on one line would leave open which goes where; at their arrow head they may meet. */
    private static void lanesOfDifferentBoxesShareNoStretchButTheLast(Picture picture) {
        record Stretch(String from, String to, Area area) {}
        List<Stretch> stretches = picture.lanes().stream()
                .flatMap(lane -> stretches(lane).stream().map(area -> new Stretch(lane.from(), lane.to(), area)))
                .toList();
        for (Stretch one : stretches) {
            assertThat(stretches)
                    .filteredOn(other ->
                            !other.from().equals(one.from()) && !other.to().equals(one.to()))
                    .noneMatch(other -> sharedLength(one.area(), other.area()) > .01);
        }
    }

    private static double sharedLength(Area one, Area other) {
        double across = Math.min(one.x() + one.width(), other.x() + other.width()) - Math.max(one.x(), other.x());
        double down = Math.min(one.y() + one.height(), other.y() + other.height()) - Math.max(one.y(), other.y());
        return across < 0 || down < 0 ? 0 : Math.max(across, down);
    }

    private static List<Area> stretches(Lane lane) {
        List<Area> stretches = new ArrayList<>();
        for (int end = 1; end < lane.points().size(); end++) {
            Point from = lane.points().get(end - 1);
            Point to = lane.points().get(end);
            stretches.add(new Area(
                    Math.min(from.x(), to.x()),
                    Math.min(from.y(), to.y()),
                    Math.abs(to.x() - from.x()),
                    Math.abs(to.y() - from.y())));
        }
        return stretches;
    }

    private static boolean overlap(Area one, Area other) {
        double slack = .01;
        return one.x() + one.width() > other.x() + slack
                && other.x() + other.width() > one.x() + slack
                && one.y() + one.height() > other.y() + slack
                && other.y() + other.height() > one.y() + slack;
    }

    @Test
    void framesHoldTheirBoxesAndNoOthers() {
        PlotOptions options = new PlotOptions().withExpandNested(true);
        Picture picture = LayeredLayout.of(NetworkDrawing.of(Networks.nested(), options), Direction.TOP_TO_BOTTOM);

        Area frame = picture.frames().get(0).area();
        assertThat(picture.boxes())
                .filteredOn(box -> overlap(frame, box.area()))
                .extracting(PlacedBox::id)
                .containsExactlyInAnyOrder("input_layer'", "relu", "conv", "add");
    }

    @Test
    void aFrameIsWideEnoughForItsTitle() {
        Drawing.Cluster cluster = new Drawing.Cluster(
                "c", "a title much longer than the box below it", List.of(new Drawing.Box("b", List.of(List.of("b")))));
        Picture picture = LayeredLayout.of(new Drawing("n", List.of(cluster), List.of()), Direction.TOP_TO_BOTTOM);

        Frame frame = picture.frames().get(0);
        assertThat(frame.area().width()).isGreaterThan(Lettering.width(frame.title()));
    }

    @Test
    void theMainPathOfAResidualNetworkRunsStraight() {
        Picture picture = LayeredLayout.of(NetworkDrawing.of(resNet50(), new PlotOptions()), Direction.TOP_TO_BOTTOM);

        Map<Double, Long> columns = picture.boxes().stream()
                .map(box -> box.area().x() + box.area().width() / 2)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        // All but the convolution and normalisation of the four shortcuts that change shape.
        assertThat(columns.values()).contains(177L - 4 * 2);
    }

    @Test
    void aNetworkIsDrawnTheSameEachTime() {
        Drawing drawing = NetworkDrawing.of(resNet50(), new PlotOptions());

        assertThat(LayeredLayout.of(drawing, Direction.TOP_TO_BOTTOM))
                .isEqualTo(LayeredLayout.of(drawing, Direction.TOP_TO_BOTTOM));
    }

    @Test
    void laysOutAThousandLayersInBoundedTime() {
        Drawing drawing = NetworkDrawing.of(Networks.chain(1000), new PlotOptions());

        Picture picture = Assertions.assertTimeout(
                Duration.ofSeconds(60), () -> LayeredLayout.of(drawing, Direction.TOP_TO_BOTTOM));

        assertThat(picture.boxes()).hasSize(1001);
    }

    @Test
    void refusesMoreLanesThanCanBeLaidOut() {
        Drawing drawing = NetworkDrawing.of(Networks.dense(80), new PlotOptions());

        assertThatThrownBy(() -> LayeredLayout.of(drawing, Direction.TOP_TO_BOTTOM))
                .isInstanceOf(PlotException.class)
                .hasMessageContaining("more than the 20,000")
                .hasMessageContaining("write DOT");
    }

    private static Network resNet50() {
        return ResNet50.build(Shape.of(64, 64, 3), 6, 0);
    }
}
