package dev.resnet4j.benchmarks.race;

import static org.assertj.core.api.Assertions.assertThat;

import dev.resnet4j.benchmarks.contest.NumberFormat;
import dev.resnet4j.benchmarks.contest.Task;
import dev.resnet4j.benchmarks.contest.Turn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RaceReportTest {
    private static final Turn TURN = new Turn(Task.TRAINING, NumberFormat.FP32, 32, 64, 8, "");

    @Test
    void takesTheRatioRoundByRoundAndTheFastestPeerByItsMedian() {
        Map<Entrant, List<Double>> speeds = new LinkedHashMap<>();
        speeds.put(Entrant.RESNET4J, List.of(60.0, 30.0, 66.0));
        speeds.put(Entrant.LIBTORCH, List.of(50.0, 20.0, 60.0));
        speeds.put(Entrant.TENSORFLOW, List.of(75.0, 40.0, 70.0));
        speeds.put(Entrant.LIMIT, List.of(120.0, 50.0, 110.0));

        assertThat(new RaceReport(TURN, new RaceResult(speeds)).json())
                .isEqualTo("{\"task\":\"training\",\"precision\":\"fp32\",\"batch\":32,\"size\":64,\"rounds\":3,"
                        + "\"pictures_per_second\":{\"resnet4j\":60.00,\"libtorch\":50.00,\"tensorflow\":70.00},"
                        + "\"ratio_to_fastest_peer\":0.8000,\"fastest_peer\":\"tensorflow\","
                        + "\"share_of_limit\":0.6000,\"limit\":110.00}");
    }

    @Test
    void leavesOutWhatNobodyRan() {
        RaceResult alone = new RaceResult(Map.of(Entrant.RESNET4J, List.of(60.0, 62.0)));

        assertThat(new RaceReport(TURN, alone).json())
                .isEqualTo("{\"task\":\"training\",\"precision\":\"fp32\",\"batch\":32,\"size\":64,\"rounds\":2,"
                        + "\"pictures_per_second\":{\"resnet4j\":61.00}}");
    }
}
