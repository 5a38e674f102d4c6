package dev.resnet4j.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthReportTest {
    private static final List<GrowthPoint> POINTS =
            Axis.SIZE.places().stream().map(GrowthReportTest::point).toList();

    /** Half of the limit, which is the pictures' side. */
    private static GrowthPoint point(PictureBatch size) {
        Turn turn = new Turn(Task.PREDICTION, NumberFormat.FP32, size.batch(), size.side(), 2, "");
        double limit = size.side();
        return new GrowthPoint(
                turn,
                new RaceResult(
                        Map.of(Entrant.RESNET4J, List.of(limit / 2, limit / 2), Entrant.LIMIT, List.of(limit, limit))));
    }

    @Test
    void hasARowAndAnObjectForEachSize() {
        GrowthReport report = new GrowthReport(Task.PREDICTION, NumberFormat.FP32, POINTS.subList(3, 4));

        assertThat(report.table().lines().skip(2))
                .containsExactly("| 224x224 | 8 | 112.0 (112.0 to 112.0) | 224.0 (224.0 to 224.0) | 858 | 1717 |"
                        + " 0.50 (0.50 to 0.50) |");
        assertThat(report.json())
                .isEqualTo("{\"task\":\"prediction\",\"precision\":\"fp32\",\"points\":[{\"batch\":8,\"size\":224,"
                        + "\"pictures_per_second\":112.00,\"limit\":224.00,\"gigaflops\":858.4,"
                        + "\"limit_gigaflops\":1716.9,\"share_of_limit\":0.5000}]}");
    }

    @Test
    void isDrawn(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("new").resolve("growth.png");

        GrowthPlot.write(out, "ResNet-50", List.of(Axis.SIZE), POINTS);

        assertThat(Files.size(out)).isPositive();
    }
}
