package dev.resnet4j.benchmarks.race;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.resnet4j.benchmarks.contest.Turn;
import java.util.Locale;

/**
 * A race's result as a table for people, and as one line of JSON for programs.
 *
 * @param turn what was asked of each entrant
 * @param result what came of it; resnet4j is in it
 */
record RaceReport(Turn turn, RaceResult result) {
    private static final String ROW = "%-15s %-27s %-25s %s%n";

    /** A row for each entrant. */
    String table() {
        StringBuilder table = new StringBuilder();
        table.append(String.format(
                Locale.ROOT, ROW, "median (range)", "pictures/s", "resnet4j's ratio to it", "share of the limit"));
        for (Entrant entrant : result.speeds().keySet()) {
            table.append(String.format(
                    Locale.ROOT,
                    ROW,
                    entrant,
                    result.speed(entrant).text("%.1f"),
                    entrant.isPeer() ? result.ratio(Entrant.RESNET4J, entrant).text("%.2f") : "",
                    shareOfLimit(entrant)));
        }
        return table.toString();
    }

    private String shareOfLimit(Entrant entrant) {
        if (entrant == Entrant.LIMIT) {
            double median = result.speed(Entrant.LIMIT).median();
            return String.format(Locale.ROOT, "convolutions alone, %.0f GFLOP/s", turn.operations() * median / 1e9);
        }
        return result.has(Entrant.LIMIT) ? result.ratio(entrant, Entrant.LIMIT).text("%.2f") : "";
    }

    /** Medians over the rounds. */
    String json() {
        ObjectNode json = Json.object();
        json.put("task", turn.task().toString());
        json.put("precision", turn.precision().toString());
        json.put("batch", turn.batch());
        json.put("size", turn.side());
        json.put("rounds", result.speeds().get(Entrant.RESNET4J).size());
        ObjectNode speeds = json.putObject("pictures_per_second");
        result.speeds().keySet().stream()
                .filter(entrant -> entrant != Entrant.LIMIT)
                .forEach(entrant -> speeds.put(
                        entrant.toString(), Json.rounded(result.speed(entrant).median(), 2)));
        result.fastestPeer().ifPresent(peer -> {
            json.put(
                    "ratio_to_fastest_peer",
                    Json.rounded(result.ratio(Entrant.RESNET4J, peer).median(), 4));
            json.put("fastest_peer", peer.toString());
        });
        if (result.has(Entrant.LIMIT)) {
            json.put(
                    "share_of_limit",
                    Json.rounded(result.ratio(Entrant.RESNET4J, Entrant.LIMIT).median(), 4));
            json.put("limit", Json.rounded(result.speed(Entrant.LIMIT).median(), 2));
        }
        return Json.line(json);
    }
}
