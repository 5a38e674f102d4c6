package dev.resnet4j.benchmarks.race;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Task;
import java.util.List;
import java.util.Locale;

/**
 * What came of several sizes, as rows of Markdown for people and as one line of JSON for programs.
 *
 * @param task what was raced in
 * @param precision of the convolutions
 * @param points one a row
 */
record GrowthReport(Task task, NumberFormat precision, List<GrowthPoint> points) {
    private static final String HEAD = """
            | size | batch | resnet4j, pictures/s | limit, pictures/s | resnet4j, GFLOP/s | limit, GFLOP/s | share of the limit |
            |---|---|---|---|---|---|---|
            """;

    /** Median (smallest to largest) over the rounds; medians of GFLOP/s. */
    String table() {
        StringBuilder table = new StringBuilder(HEAD);
        for (GrowthPoint point : points) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %dx%d | %d | %s | %s | %.0f | %.0f | %s |%n",
                    point.turn().side(),
                    point.turn().side(),
                    point.turn().batch(),
                    point.picturesPerSecond(Entrant.RESNET4J).text("%.1f"),
                    point.picturesPerSecond(Entrant.LIMIT).text("%.1f"),
                    point.gigaflops(Entrant.RESNET4J),
                    point.gigaflops(Entrant.LIMIT),
                    point.shareOfLimit().text("%.2f")));
        }
        return table.toString();
    }

    /** Medians over the rounds. */
    String json() {
        ObjectNode json = Json.object();
        json.put("task", task.toString());
        json.put("precision", precision.toString());
        points.forEach(point -> json.withArray("points").add(json(point)));
        return Json.line(json);
    }

    private static ObjectNode json(GrowthPoint point) {
        ObjectNode json = Json.object();
        json.put("batch", point.turn().batch());
        json.put("size", point.turn().side());
        json.put(
                "pictures_per_second",
                Json.rounded(point.picturesPerSecond(Entrant.RESNET4J).median(), 2));
        json.put("limit", Json.rounded(point.picturesPerSecond(Entrant.LIMIT).median(), 2));
        json.put("gigaflops", Json.rounded(point.gigaflops(Entrant.RESNET4J), 1));
        json.put("limit_gigaflops", Json.rounded(point.gigaflops(Entrant.LIMIT), 1));
        json.put("share_of_limit", Json.rounded(point.shareOfLimit().median(), 4));
        return json;
    }
}
