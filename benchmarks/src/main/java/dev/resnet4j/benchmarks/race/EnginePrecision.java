package dev.resnet4j.benchmarks.race;

import dev.resnet4j.benchmarks.contest.LeftOutException;
import dev.resnet4j.benchmarks.contest.Turn;
import dev.resnet4j.engine.Precision;
import java.util.Arrays;

/** resnet4j's word for what a turn asks for. */
final class EnginePrecision {
    private EnginePrecision() {}

    static Precision of(Turn turn) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision.name().equals(turn.precision().name()))
                .findFirst()
                .orElseThrow(() -> new LeftOutException("it has no " + turn.precision()));
    }
}
